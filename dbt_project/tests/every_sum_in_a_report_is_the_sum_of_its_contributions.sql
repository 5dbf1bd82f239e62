{%- set sums = {
    'rpt_approvals_by_year': ('approval_year', [
        'approval_count', 'amount_usd', 'previous_year_usd', 'two_year_usd',
        'previous_two_year_usd', 'biennium_usd', 'unconverted_count', 'quarantined_count',
        'quarantined_usd', 'undecided_count', 'undecided_usd'
    ]),
    'rpt_approvals_by_two_year_window': ('window_end_year', ['amount_usd', 'previous_window_usd']),
    'rpt_approvals_by_biennium': ('biennium_start_year', [
        'approval_count', 'amount_usd', 'previous_biennium_usd'
    ]),
    'rpt_dwcp_contribution_by_biennium': ('biennium_start_year', ['amount_usd', 'dwcp_usd']),
    'rpt_local_mobilisation_by_year': ('approval_year', [
        'amount_usd', 'local_usd', 'central_usd', 'not_stated_usd'
    ]),
    'rpt_appraisal_screening_by_year': ('approval_year', [
        'approval_count', 'amount_usd', 'dwcp_count', 'gender_count', 'gender_stated_count',
        'tripartism_count', 'tripartism_stated_count', 'all_three_count'
    ]),
    'rpt_approvals_in_constant_prices': ('constant_price_id', ['amount_usd']),
    'rpt_approvals_by_rate_set': ('approvals_by_rate_set_id', ['chosen_usd']),
    'rpt_approval_forecasts': ('forecast_id', [
        'forecast_usd', 'approved_then_usd', 'local_usd', 'actual_usd'
    ]),
    'rpt_reclassified_shares_by_year': ('reclassified_share_id', [
        'then_approval_count', 'then_usd', 'today_approval_count', 'today_usd', 'year_amount_usd'
    ]),
    'rpt_office_scorecard': ('office_id', ['approval_count', 'amount_usd']),
} %}
{%- set shown = ['approval_count', 'amount_usd', 'previous_year_usd', 'year_amount_usd'] %}
{%- for dimension in reported_dimensions() %}
{%- do sums.update({members_report(dimension): (members_key(dimension), shown)}) %}
{%- endfor %}
with

printed as (

    {%- for report, (key, columns) in sums.items() %}
    {%- set outer = loop %}
    {%- for column in columns %}
    {% if not (outer.first and loop.first) %}union all{% endif %}
    select
        '{{ report }}' as report_name,
        cast({{ key }} as string) as row_id,
        '{{ column }}' as column_name,
        cast({{ column }} as decimal(38, 2)) as printed_value
    from {{ ref(report) }}
    where {{ column }} is not null
    {%- endfor %}
    {%- endfor %}

),

contributed as (

    select
        dimension,
        member_id,
        approval_year,
        sum(amount_usd) as amount_usd,
        sum(row_count) as row_count
    from {{ ref('lineage_contributions') }}
    group by dimension, member_id, approval_year

),

added as (

    select
        cells.report_name,
        cells.row_id,
        cells.column_name,
        sum(case
            when cells.column_name like '%_count' then contributed.row_count
            else contributed.amount_usd
        end) as added_value
    from {{ ref('lineage_cells') }} as cells
    left join contributed
        on
            cells.dimension = contributed.dimension
            and cells.member_id = contributed.member_id
            and cells.approval_year = contributed.approval_year
    where cells.report_name <> 'rpt_approvals_by_rate_set' or cells.column_name = 'chosen_usd'
    group by cells.report_name, cells.row_id, cells.column_name

)

select
    printed.*,
    added.added_value
from printed
full outer join added
    on
        printed.report_name = added.report_name
        and printed.row_id = added.row_id
        and printed.column_name = added.column_name
where
    printed.report_name is null
    or added.report_name is null
    or printed.printed_value <> coalesce(added.added_value, 0)
