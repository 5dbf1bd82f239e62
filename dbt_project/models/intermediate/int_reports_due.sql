-- When an office could first have reported an approval of a day: the first of its exports that
-- was made after that day and states a period in which it lies.
with

approvals as (

    select
        office_id,
        approval_date
    from {{ ref('int_approvals_enriched') }}
    where approval_date is not null
    group by all

),

files as (

    select * from {{ ref('int_sources_sequenced') }}
    where period_start_date > cast('0001-01-01' as date)

),

due as (

    select
        approvals.office_id,
        approvals.approval_date,
        min(files.exported_at) as due_at
    from approvals
    inner join files
        on
            approvals.office_id = files.office_id
            and approvals.approval_date between
            files.period_start_date and files.period_end_date
            and approvals.approval_date < cast(files.exported_at as date)
    group by all

)

select * from due
