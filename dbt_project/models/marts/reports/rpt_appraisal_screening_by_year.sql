with

approvals as (

    select
        *,
        dwcp_outcome is not null as is_dwcp,
        gender_marker = 'yes' as is_gender,
        tripartism_marker = 'yes' as is_tripartism
    from {{ ref('int_approvals_decided') }}
    where is_counted

),

screened as (

    select
        approval_year,
        count(*) as approval_count,
        cast(sum(amount_usd) as decimal(38, 2)) as amount_usd,
        count(*) filter (where is_dwcp) as dwcp_count,
        count(*) filter (where is_gender is not null) as gender_stated_count,
        count(*) filter (where is_gender) as gender_count,
        count(*) filter (where is_tripartism is not null) as tripartism_stated_count,
        count(*) filter (where is_tripartism) as tripartism_count,
        count(*) filter (where is_dwcp and is_gender and is_tripartism)
            as all_three_count
    from approvals
    group by approval_year

),

measured as (

    select
        *,
        {{ percentage('dwcp_count', 'approval_count') }} as dwcp_pct,
        {{ percentage('gender_count', 'approval_count') }} as gender_pct,
        {{ percentage('tripartism_count', 'approval_count') }} as tripartism_pct,
        {{ percentage('all_three_count', 'approval_count') }} as all_three_pct
    from screened

)

select * from measured
