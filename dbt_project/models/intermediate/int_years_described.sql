-- Every year between the first and the last that any mart speaks of, with or without data.
with

approvals as (

    select
        approval_year,
        is_counted
    from {{ ref('int_approvals_decided') }}
    where approval_year is not null

),

agreements as (

    select agreement_year from {{ ref('int_agreements_known') }}
    where known_to_at is null and agreement_year is not null

),

targets as (

    select * from {{ ref('targets') }}

),

mentioned as (

    select approval_year from approvals
    union all
    select agreement_year as approval_year from agreements
    union all
    select period_start_year as approval_year from targets
    union all
    select period_end_year as approval_year from targets

),

span as (

    select
        min(approval_year) as first_year,
        max(approval_year) as last_year
    from mentioned

),

listed as (

    select
        cast({{ numbers_between('first_year', 'last_year') }} as integer)
            as approval_year
    from span
    where first_year is not null

),

counted as (

    select approval_year from approvals
    where is_counted
    group by approval_year

),

described as (

    select
        listed.approval_year,
        {{ biennium_start('listed.approval_year') }} as biennium_start_year,
        {{ biennium_name(biennium_start('listed.approval_year')) }} as biennium_name,
        cast(listed.approval_year - 1 as string) || '-'
        || cast(listed.approval_year as string) as two_year_window_name,
        listed.approval_year % 2 = 1 as is_biennium_end,
        counted.approval_year is not null as has_approvals
    from listed
    left join counted on listed.approval_year = counted.approval_year

)

select * from described
