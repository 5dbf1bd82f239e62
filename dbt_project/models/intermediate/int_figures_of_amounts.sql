-- The values that amounts give: sums, averages, shares, ranks, growth and records, as known on
-- the day of the paper and now. "every region" is the one that grew least; what nobody stated is
-- no member.
with

figures as (

    select
        *,
        unit_factor * case
            when is_per_year or measure = 'approvals average' then end_year - start_year + 1
            else 1
        end as divisor
    from {{ ref('dim_published_figures') }}

),

members as (

    select * from {{ ref('int_figures_by_member') }}

),

named as (

    select
        figures.figure_id,
        members.knowledge,
        case
            when figures.measure in ('approvals share', 'locally mobilised share')
                then {{ percentage('members.amount_usd', 'members.all_usd') }}
            when figures.measure = 'approvals rank'
                then case when members.amount_usd <> 0 then members.position end
            when figures.measure in ('approvals change', 'approvals growth')
                then members.change_pct
            when figures.measure not in ('approvals record', 'locally mobilised share peak')
                then {{ exact_ratio('members.amount_usd', 'figures.divisor') }}
        end as value_number,
        case
            when figures.measure <> 'approvals record' then null
            when members.amount_usd > members.highest_before_usd then 'true'
            else 'false'
        end as value_text
    from figures
    inner join members
        on
            figures.figure_id = members.figure_id
            and figures.member_id = members.member_id

),

least as (

    select
        figures.figure_id,
        members.knowledge,
        min(members.change_pct) as value_number,
        cast(null as string) as value_text
    from figures
    inner join members on figures.figure_id = members.figure_id
    where
        figures.measure = 'approvals change'
        and figures.member like 'every %'
        and members.member_id not in ('unmapped', 'not-stated')
    group by figures.figure_id, members.knowledge

),

unioned as (

    select * from named
    union all
    select * from least

)

select * from unioned
where value_number is not null or value_text is not null
