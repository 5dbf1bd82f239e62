-- What counts, by dimension, member and year.
with

contributions as (

    select * from {{ ref('int_members_contributed') }}
    where
        excluded_reason is null
        and dimension in (
            'donor', 'donor_group', 'recipient', 'region', 'sector', 'modality',
            'funding_source', 'donor_group_today', 'region_today', 'sector_today'
        )

),

summed as (

    select
        dimension,
        member_id,
        approval_year,
        count(*) as approval_count,
        cast(sum(amount_usd) as decimal(38, 2)) as amount_usd
    from contributions
    group by dimension, member_id, approval_year

)

select * from summed
