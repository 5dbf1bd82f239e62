-- The rows from which sums and means over years come, and sums over funding sources: all rows of
-- a report that the figure speaks of. A figure without data has none. Of a member within a
-- funding source only its part of the row counts.
{%- set of_approvals = "('approvals', 'approvals average', 'voluntary non-core')" %}

with

figures as (

    select
        registered.*,
        case
            when registered.is_per_year or registered.measure = 'approvals average' then 'mean'
            else 'sum'
        end as combination
    from {{ ref('dim_published_figures') }} as registered
    inner join {{ ref('rpt_published_figures') }} as printed
        on registered.figure_id = printed.figure_id
    where
        printed.value is not null
        -- One year of a member is a row of its own.
        and (
            registered.measure <> 'approvals'
            or registered.start_year < registered.end_year
            or registered.is_per_year
        )

),

unioned as (

    select
        figures.figure_id,
        figures.combination,
        'rpt_approvals_by_year' as report_name,
        cast(reports.approval_year as string) as row_id,
        cast(null as string) as member_id,
        cast(null as string) as part_dimension
    from figures
    inner join {{ ref('rpt_approvals_by_year') }} as reports
        on reports.approval_year between figures.start_year and figures.end_year
    where figures.measure in {{ of_approvals }} and figures.member_dimension = 'total'
    {%- for dimension in reported_dimensions() %}
    union all
    select
        figures.figure_id,
        figures.combination,
        '{{ members_report(dimension) }}' as report_name,
        reports.{{ members_key(dimension) }} as row_id,
        cast(null as string) as member_id,
        cast(null as string) as part_dimension
    from figures
    inner join {{ ref(members_report(dimension)) }} as reports
        on
            reports.approval_year between figures.start_year and figures.end_year
            and figures.member_id = reports.{{ dimension }}_id
    where
        figures.measure in {{ of_approvals }}
        and figures.member_dimension = '{{ dimension }}'
    {%- endfor %}
    union all
    select
        figures.figure_id,
        figures.combination,
        'rpt_funding_source_shares_by_year' as report_name,
        reports.funding_source_share_id as row_id,
        case when figures.member_dimension <> 'total' then figures.member_id end as member_id,
        nullif(figures.member_dimension, 'total') as part_dimension
    from figures
    inner join {{ ref('rpt_funding_source_shares_by_year') }} as reports
        on {{ is_source_asked_for('figures', 'reports') }}
    where
        figures.measure in ('RBSA', 'RBSA contributions', 'assessed', 'total voluntary')
        and figures.member_dimension in (
            'total', 'donor', 'donor_group', 'region', 'sector', 'modality', 'funding_source'
        )

)

select
    *,
    'amount_usd' as column_name
from unioned
