-- Which approval a record speaks of. The office's own reference decides; without one the
-- project symbol; without that the facts that an office does not revise. Repeats inside one
-- export are numbered and never collapsed, unless the office says that its references are
-- unique: then a repeat is a duplicate.
with

approvals as (

    select * from {{ ref('stg_lake__approvals') }}

),

offices as (

    select * from {{ ref('offices') }}

),

described as (

    select
        approvals.*,
        offices.office_role,
        offices.usd_basis,
        coalesce(offices.is_synthetic = 'yes', false) as is_synthetic,
        case
            when approvals.office_reference is not null then 'office_reference'
            when approvals.project_symbol is not null then 'project_symbol'
            else 'natural_key'
        end as identity_basis,
        coalesce(
            approvals.office_reference,
            approvals.project_symbol,
            {{ hashed([
                'approvals.donor_name', 'approvals.recipient_name', 'approvals.region_name',
                'approvals.project_title', 'approvals.agreement_reference',
                'approvals.approval_date', 'approvals.currency_code'
            ]) }}
        ) as identity_value,
        (
            offices.reference_scope = 'unique'
            and approvals.office_reference is not null
        ) as is_reference_unique
    from approvals
    left join offices on approvals.office_id = offices.office_id

),

-- Of a repeated unique reference the record last touched by the office counts.
numbered as (

    select
        *,
        row_number() over (
            partition by file_sha256, identity_basis, identity_value
            order by
                case when is_reference_unique then reported_at end desc nulls last,
                sheet_name asc, record_number asc
        ) as position_in_export
    from described

),

identified as (

    select
        *,
        case when is_reference_unique then 1 else position_in_export end as repeat_number,
        is_reference_unique and position_in_export > 1 as is_repeated_reference,
        {{ hashed([
            'office_id', 'identity_basis', 'identity_value',
            'case when is_reference_unique then 1 else position_in_export end'
        ]) }} as approval_id,
        {{ hashed(['file_sha256', 'sheet_name', 'record_number']) }} as record_id,
        {{ hashed([
            'project_symbol', 'project_title', 'donor_name', 'agreement_reference',
            'recipient_name', 'region_name', 'sector_name', 'approval_date',
            'amount_original', 'currency_code', 'exchange_rate_reported',
            'amount_usd_reported', 'negotiation', 'funding_source_name', 'modality_name',
            'dwcp_outcome', 'gender_marker', 'tripartism_marker', 'start_date', 'end_date',
            'status', 'remarks'
        ]) }} as content_hash
    from numbered

)

select * from identified
