-- What each record says that tells which approval it speaks of. The office's own reference
-- decides; without one the project symbol; without that the facts that an office does not revise.
with

approvals as (

    select * from {{ ref('stg_lake__approvals') }}

),

offices as (

    select * from {{ ref('offices') }}

),

keyed as (

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

)

select * from keyed
