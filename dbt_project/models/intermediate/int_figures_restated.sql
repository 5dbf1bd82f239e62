-- What moved since the day of the paper in the amounts of a figure, by reason: in those of its
-- member, over the periods that it speaks of and compares, and in those of all members.
with

figures as (

    select * from {{ ref('dim_published_figures') }}

),

moved as (

    select
        moved.*,
        figures.member like 'every %' or figures.member_id = moved.member_id as is_of_member
    from {{ ref('int_figures_moved') }} as moved
    inner join figures
        on
            moved.figure_id = figures.figure_id
            and (
                moved.approval_year between figures.start_year and figures.end_year
                or moved.approval_year between figures.compared_start_year
                and figures.compared_end_year
            )
    where moved.change_reason not in ('known_then', 'today')

),

by_reason as (

    select
        figure_id,
        change_reason,
        coalesce(sum(amount_usd) filter (where is_of_member), 0) as member_usd,
        sum(amount_usd) as all_members_usd
    from moved
    where amount_usd <> 0
    group by figure_id, change_reason

)

select
    figure_id,
    {% for reason in change_reasons() -%}
    cast(coalesce(
        sum(member_usd) filter (where change_reason = '{{ reason }}'), 0
    ) as decimal(38, 2)) as {{ reason }}_usd,
    {% endfor -%}
    cast(sum(member_usd) as decimal(38, 2)) as change_usd,
    cast(sum(all_members_usd) as decimal(38, 2)) as all_members_change_usd,
    {{ joined_names('change_reason', 'true') }} as change_reasons
from by_reason
group by figure_id
