-- Which approval a record speaks of. Repeats inside one export are numbered and never collapsed,
-- unless the office says that its references are unique: then a repeat is a duplicate.
with

records as (

    select * from {{ ref('int_approvals_keyed') }}
    where decision_id is not null or {{ is_touched('file_sha256', 'int_files_new') }}

),

released as (

    select * from {{ ref('int_releases_numbered') }}

),

placed as (

    select * from {{ ref('int_records_placed') }}

),

numbered as (

    select
        records.*,
        coalesce(released.position_in_export, placed.position_in_export, 1)
            as position_in_export,
        released.is_repeated_reference as is_release_repeated
    from records
    left join released on records.decision_id = released.decision_id
    left join placed
        on
            records.source_id = placed.source_id
            and records.sheet_name = placed.sheet_name
            and records.record_number = placed.record_number

),

identified as (

    select
        *,
        case when is_reference_unique then 1 else position_in_export end as repeat_number,
        coalesce(is_release_repeated, is_reference_unique and position_in_export > 1)
            as is_repeated_reference,
        {{ hashed([
            'office_id', 'identity_basis', 'identity_value',
            'case when is_reference_unique then 1 else position_in_export end'
        ]) }} as approval_id,
        coalesce(
            decision_id, {{ hashed(['file_sha256', 'sheet_name', 'record_number']) }}
        ) as record_id,
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
