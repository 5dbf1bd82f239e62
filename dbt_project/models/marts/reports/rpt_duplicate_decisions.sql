with

duplicates as (

    select * from {{ ref('int_duplicates_decided') }}

),

repeats as (

    select * from {{ ref('int_repeats_decided') }}

),

approvals as (

    select * from {{ ref('int_approvals_decided') }}

),

records as (

    select * from {{ ref('int_approvals_identified') }}

),

reported_twice as (

    select
        {{ hashed(["'reported_twice'", 'duplicates.approval_id']) }}
            as duplicate_decision_id,
        'reported_twice' as decision,
        case
            when duplicates.counted_role = 'field'
                then 'negotiated locally: the row of the field office counts'
            else 'negotiated centrally: the row of headquarters counts'
        end as reason,
        other.project_symbol,
        other.office_reference,
        duplicates.counted_approval_id,
        duplicates.approval_id as other_approval_id,
        counted.office_id as counted_office_id,
        other.office_id as other_office_id,
        counted.amount_usd as counted_amount_usd,
        other.amount_usd as other_amount_usd,
        duplicates.is_disputed,
        other.file_sha256 as other_file_sha256,
        other.file_name as other_file_name,
        other.sheet_name as other_sheet_name,
        other.record_number as other_record_number
    from duplicates
    inner join approvals as other on duplicates.approval_id = other.approval_id
    inner join approvals as counted
        on duplicates.counted_approval_id = counted.approval_id

),

repeated as (

    select
        {{ hashed(['repeats.decision', 'repeats.record_id']) }}
            as duplicate_decision_id,
        repeats.decision,
        repeats.reason,
        records.project_symbol,
        records.office_reference,
        repeats.approval_id as counted_approval_id,
        repeats.approval_id as other_approval_id,
        records.office_id as counted_office_id,
        records.office_id as other_office_id,
        approvals.amount_usd as counted_amount_usd,
        cast(null as decimal(18, 2)) as other_amount_usd,
        false as is_disputed,
        records.file_sha256 as other_file_sha256,
        records.file_name as other_file_name,
        records.sheet_name as other_sheet_name,
        records.record_number as other_record_number
    from repeats
    inner join records on repeats.record_id = records.record_id
    left join approvals on repeats.approval_id = approvals.approval_id

),

unioned as (

    select * from reported_twice
    union all
    select * from repeated

)

select
    *,
    cast(other_amount_usd - counted_amount_usd as decimal(18, 2)) as difference_usd
from unioned
