-- For each figure that approvals make: what each member of its dimension comes to in each year,
-- as known on the day of the paper, and what moved since, by reason; and, where members are
-- classified, what each comes to as now known in the classification of today.
with

figures as (

    select
        *,
        coalesce(as_of_date, cast('9999-12-31' as date)) as paper_date,
        measure in (
            'RBSA contributions', 'RBSA', 'assessed', 'voluntary non-core', 'total voluntary'
        ) as is_of_resources
    from {{ ref('dim_published_figures') }}
    where
        measure not like 'agreement%'
        and measure not in ('approvals forecast', 'target share', 'RBSA target')

),

-- The same for every paper; what counts among all resources, as there.
today as (

    {%- for dimension in classified_dimensions() %}
    select
        '{{ dimension }}' as dimension,
        today_{{ dimension }}_id as member_id,
        funding_source_id,
        approval_year,
        sum(amount_usd) as amount_usd,
        count(*) as approval_count
    from {{ ref('int_approvals_decided') }}
    where
        coalesce(not_counted_reason, 'not_an_approval') = 'not_an_approval'
        and approval_year is not null
    group by all
    {% if not loop.last %}union all{% endif %}
    {%- endfor %}

),

amounts as (

    select * from {{ ref('int_figures_amounts') }}
    union all
    select distinct
        figures.paper_date,
        'today' as change_reason,
        today.*
    from figures
    inner join today on figures.member_dimension = today.dimension

),

joined as (

    select
        figures.figure_id,
        amounts.member_id,
        amounts.approval_year,
        amounts.change_reason,
        amounts.amount_usd,
        amounts.approval_count,
        figures.is_of_resources,
        case
            when figures.measure = 'assessed' then amounts.funding_source_id = 'regular-budget'
            when figures.measure in ('RBSA', 'RBSA contributions')
                then amounts.funding_source_id = 'rbsa'
            when figures.measure = 'total voluntary'
                then amounts.funding_source_id <> 'regular-budget'
            when figures.member_dimension = 'funding_source' then true
            else coalesce(funding_sources.is_approval, 'yes') <> 'no'
        end as is_asked_for
    from figures
    inner join amounts
        on
            figures.paper_date = amounts.paper_date
            and figures.member_dimension = amounts.dimension
    left join {{ ref('funding_sources') }} as funding_sources
        on amounts.funding_source_id = funding_sources.funding_source_id

)

select
    figure_id,
    member_id,
    approval_year,
    change_reason,
    cast(
        coalesce(sum(amount_usd) filter (where is_asked_for), 0) as decimal(38, 2)
    ) as amount_usd,
    coalesce(sum(approval_count) filter (where is_asked_for), 0) as approval_count,
    coalesce(sum(approval_count) filter (where is_asked_for or is_of_resources), 0)
        as known_count
from joined
group by figure_id, member_id, approval_year, change_reason
