-- The rows of reports that say figures by themselves, but for those of members.
{#- Measure, report, key, column, period, dimension, member: in the words of a figure. -#}
{%- set year = 'cast(approval_year as string)' %}
{%- set on_year = year ~ " || ' vs ' || cast(approval_year - 1 as string)" %}
{%- set on_window = "window_name || ' vs ' || cast(window_end_year - 3 as string) || '-'
    || cast(window_end_year - 2 as string)" %}
{%- set years = 'rpt_approvals_by_year' %}
{%- set windows = 'rpt_approvals_by_two_year_window' %}
{%- set mobilisation = 'rpt_local_mobilisation_by_year' %}
{%- set contributions = 'rpt_dwcp_contribution_by_biennium' %}
{%- set total, all = "'total'", "'all'" %}
{%- set measures = [
    ('approvals', years, 'approval_year', 'amount_usd', year, total, all),
    ('approvals change', years, 'approval_year', 'change_pct', on_year, total, all),
    ('approvals record', years, 'approval_year', 'is_record', year, total, all),
    ('approvals growth', windows, 'window_end_year', 'change_pct', on_window, total, all),
    ('locally mobilised share', mobilisation, 'approval_year', 'local_share_pct', year,
        "'mobilisation'", "'local'"),
    ('approvals forecast', 'rpt_approval_forecasts', 'forecast_id', 'expected_usd',
        'cast(forecast_year as string)', 'reports.dimension', 'member_name'),
    ('target share', contributions, 'biennium_start_year', 'target_pct',
        "cast(biennium_start_year as string) || '-'
        || cast(biennium_start_year + 1 as string)",
        "'dwcp'", "'direct contribution to DWCP outcomes'"),
] %}

with

figures as (

    select * from {{ ref('dim_published_figures') }}

),

unioned as (

    {%- for measure, report, key, column, period, dimension, member in measures %}
    select
        figures.figure_id,
        'value' as combination,
        '{{ report }}' as report_name,
        cast(reports.{{ key }} as string) as row_id,
        '{{ column }}' as column_name
    from figures
    inner join {{ ref(report) }} as reports
        on figures.period = {{ period }}
    where
        figures.measure = '{{ measure }}'
        and figures.dimension = {{ dimension }}
        and figures.member = {{ member }}
        and reports.{{ column }} is not null
    {% if not loop.last %}union all{% endif %}
    {%- endfor %}

)

select * from unioned
