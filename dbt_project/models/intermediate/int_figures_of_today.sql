-- The rows from which the figures of regions, sectors and donor groups come in the classification
-- of today. "every region" stands on the rows of all regions, of which the least counts; of a
-- member within a funding source only its part of the row counts.
{%- set classified = classified_dimensions() | join("', '") %}
{%- set reclassified = 'rpt_reclassified_shares_by_year' %}
{%- set of_sources = "('RBSA', 'RBSA contributions', 'assessed', 'total voluntary')" %}
{%- set spoken_of = 'figures.start_year and figures.end_year' %}
{%- set compared = 'figures.compared_start_year and figures.compared_end_year' %}
{%- set own = 'figures.member_id = reports.member_id' %}
{%- set others = 'figures.member_id <> reports.member_id' %}
{%- set every = "figures.member like 'every %'
    and reports.member_id not in ('unmapped', 'not-stated')" %}
{%- set rows_of = [
    ('value', 1, 'today_usd', spoken_of, own),
    ('sum', 1, 'today_usd', spoken_of, own),
    ('mean', 1, 'today_usd', spoken_of, own),
    ('percentage', 1, 'today_usd', spoken_of, own),
    ('percentage', 2, 'year_amount_usd', spoken_of, own),
    ('rank', 1, 'today_usd', spoken_of, own),
    ('rank', 2, 'today_usd', spoken_of, others),
    ('change', 1, 'today_usd', spoken_of, own),
    ('change', 2, 'today_usd', compared, own),
    ('least change', 1, 'today_usd', spoken_of, every),
    ('least change', 2, 'today_usd', compared, every),
] %}

with

figures as (

    select
        registered.*,
        registered.measure in {{ of_sources }} as is_of_sources,
        case
            when registered.measure = 'approvals share' then 'percentage'
            when registered.measure = 'approvals rank' then 'rank'
            when registered.measure not in ('approvals change', 'approvals growth')
                then case
                    when registered.is_per_year or registered.measure = 'approvals average'
                        then 'mean'
                    when
                        registered.start_year < registered.end_year
                        or registered.measure in {{ of_sources }}
                        then 'sum'
                    else 'value'
                end
            when registered.member like 'every %' then 'least change'
            else 'change'
        end as combination
    from {{ ref('dim_published_figures') }} as registered
    inner join {{ ref('rpt_published_figures') }} as printed
        on registered.figure_id = printed.figure_id
    where
        printed.value_today is not null
        and registered.member_dimension in ('{{ classified }}')

),

unioned as (

    {%- for combination, operand, column, period, condition in rows_of %}
    select
        figures.figure_id,
        figures.combination,
        '{{ reclassified }}' as report_name,
        reports.reclassified_share_id as row_id,
        '{{ column }}' as column_name,
        {{ operand }} as operand_number,
        reports.member_id,
        cast(null as string) as part_dimension
    from figures
    inner join {{ ref(reclassified) }} as reports
        on
            figures.member_dimension = reports.dimension
            and reports.approval_year between {{ period }}
    where
        figures.combination = '{{ combination }}'
        and not figures.is_of_sources
        and {{ condition }}
    union all
    {%- endfor %}
    select
        figures.figure_id,
        figures.combination,
        'rpt_funding_source_shares_by_year' as report_name,
        reports.funding_source_share_id as row_id,
        'amount_usd' as column_name,
        1 as operand_number,
        figures.member_id,
        figures.member_dimension || '_today' as part_dimension
    from figures
    inner join {{ ref('rpt_funding_source_shares_by_year') }} as reports
        on {{ is_source_asked_for('figures', 'reports') }}
    where figures.is_of_sources

)

select * from unioned
