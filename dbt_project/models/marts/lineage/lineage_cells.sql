{#- By report and column of sums: the dimension and member that are added up, and the years,
    counted from the year in the row. Of what is revalued, whose approvals go in. -#}
{%- set year = ('approval_year', 'approval_year') %}
{%- set window = ('window_end_year', 'window_end_year') %}
{%- set biennium = ('biennium_start_year', 'biennium_start_year') %}
{%- set of_biennium = ('approval_year', 'biennium_start_year') %}
{%- set all = "'all'" %}
{%- set sums = [
    ('rpt_approvals_by_year', year, 'approval_count', 'total', all, [0]),
    ('rpt_approvals_by_year', year, 'amount_usd', 'total', all, [0]),
    ('rpt_approvals_by_year', year, 'previous_year_usd', 'total', all, [-1]),
    ('rpt_approvals_by_year', year, 'two_year_usd', 'total', all, [0, -1]),
    ('rpt_approvals_by_year', year, 'previous_two_year_usd', 'total', all, [-2, -3]),
    ('rpt_approvals_by_year', of_biennium, 'biennium_usd', 'total', all, [0, 1]),
    ('rpt_approvals_by_year', year, 'unconverted_count', 'unconverted', all, [0]),
    ('rpt_approvals_by_year', year, 'undecided_count', 'undecided', all, [0]),
    ('rpt_approvals_by_year', year, 'undecided_usd', 'undecided', all, [0]),
    ('rpt_approvals_by_year', year, 'quarantined_count', 'quarantine', all, [0]),
    ('rpt_approvals_by_year', year, 'quarantined_usd', 'quarantine', all, [0]),
    ('rpt_approvals_by_two_year_window', window, 'amount_usd', 'total', all, [0, -1]),
    ('rpt_approvals_by_two_year_window', window, 'previous_window_usd', 'total', all,
        [-2, -3]),
    ('rpt_approvals_by_biennium', biennium, 'approval_count', 'total', all, [0, 1]),
    ('rpt_approvals_by_biennium', biennium, 'amount_usd', 'total', all, [0, 1]),
    ('rpt_approvals_by_biennium', biennium, 'previous_biennium_usd', 'total', all,
        [-2, -1]),
    ('rpt_dwcp_contribution_by_biennium', biennium, 'amount_usd', 'total', all, [0, 1]),
    ('rpt_dwcp_contribution_by_biennium', biennium, 'dwcp_usd', 'dwcp_outcome',
        "'stated'", [0, 1]),
    ('rpt_local_mobilisation_by_year', year, 'amount_usd', 'total', all, [0]),
    ('rpt_approvals_in_constant_prices', ('constant_price_id', 'approval_year'),
        'amount_usd', 'total', all, [0]),
    ('rpt_appraisal_screening_by_year', year, 'approval_count', 'total', all, [0]),
    ('rpt_appraisal_screening_by_year', year, 'amount_usd', 'total', all, [0]),
    ('rpt_appraisal_screening_by_year', year, 'dwcp_count', 'dwcp_outcome', "'stated'",
        [0]),
    ('rpt_appraisal_screening_by_year', year, 'all_three_count', 'all_three', "'yes'",
        [0]),
] %}
{%- for side in ['local', 'central', 'not-stated'] %}
{%- do sums.append(('rpt_local_mobilisation_by_year', year, side | replace('-', '_')
    ~ '_usd', 'negotiation', "'" ~ side ~ "'", [0])) %}
{%- endfor %}
{%- set by_rate_set = 'rpt_approvals_by_rate_set' %}
{%- set in_set = ('approvals_by_rate_set_id', 'approval_year') %}
{%- do sums.append((by_rate_set, in_set, 'chosen_usd', 'total', all, [0])) %}
{%- for column in revalued_columns() %}
{%- for dimension in ['total', 'unconverted'] %}
{%- do sums.append((by_rate_set, in_set, column, dimension, all, [0])) %}
{%- endfor %}
{%- endfor %}
{%- for marker in ['gender', 'tripartism'] %}
{%- for answer, count in [('yes', ''), ('yes', '_stated'), ('no', '_stated')] %}
{%- do sums.append(('rpt_appraisal_screening_by_year', year, marker ~ count ~ '_count',
    marker ~ '_marker', "'" ~ answer ~ "'", [0])) %}
{%- endfor %}
{%- endfor %}

with

members as (

    select * from {{ ref('int_cells_of_members') }}

),

unioned as (

    {%- for report, (key, base), column, dimension, member, offsets in sums %}
    {%- set outer = loop %}
    {%- for offset in offsets %}
    {% if not (outer.first and loop.first) %}union all{% endif %}
    select
        '{{ report }}' as report_name,
        cast({{ key }} as string) as row_id,
        '{{ column }}' as column_name,
        '{{ dimension }}' as dimension,
        {{ member }} as member_id,
        {{ base }} + {{ offset }} as approval_year
    from {{ ref(report) }}
    where {{ column }} is not null
    {%- endfor %}
    {%- endfor %}
    union all
    select * from members

)

select
    report_name,
    row_id,
    column_name,
    dimension,
    member_id,
    cast(approval_year as integer) as approval_year
from unioned
