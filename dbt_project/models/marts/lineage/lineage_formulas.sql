{#- How the columns that are no sums are made of others: report, column, operation, operands.
    An operand stands in the same row unless a relation is written behind it. -#}
{%- set reports = {
    'rpt_approvals_by_year': [
        ('change_usd', 'difference', ['amount_usd', 'previous_year_usd']),
        ('change_pct', 'change', ['amount_usd', 'previous_year_usd']),
        ('is_record', 'exceeds', ['amount_usd', 'amount_usd earlier']),
        ('is_highest', 'exceeds', ['amount_usd', 'amount_usd others']),
        ('two_year_change_pct', 'change', ['two_year_usd', 'previous_two_year_usd']),
        ('amount_with_quarantine_usd', 'total', ['amount_usd', 'quarantined_usd']),
        ('amount_without_undecided_usd', 'difference', ['amount_usd', 'undecided_usd']),
    ],
    'rpt_approvals_by_two_year_window': [
        ('change_usd', 'difference', ['amount_usd', 'previous_window_usd']),
        ('change_pct', 'change', ['amount_usd', 'previous_window_usd']),
    ],
    'rpt_approvals_by_biennium': [
        ('change_usd', 'difference', ['amount_usd', 'previous_biennium_usd']),
        ('change_pct', 'change', ['amount_usd', 'previous_biennium_usd']),
    ],
    'rpt_local_mobilisation_by_year': [
        ('local_share_pct', 'percentage', ['local_usd', 'amount_usd']),
        ('central_share_pct', 'percentage', ['central_usd', 'amount_usd']),
        ('not_stated_share_pct', 'percentage', ['not_stated_usd', 'amount_usd']),
        ('share_residual_pct', 'residual',
            ['local_share_pct', 'central_share_pct', 'not_stated_share_pct']),
        ('local_share_change', 'difference', ['local_share_pct', 'local_share_pct previous']),
    ],
    'rpt_appraisal_screening_by_year': [
        ('dwcp_pct', 'percentage', ['dwcp_count', 'approval_count']),
        ('gender_pct', 'percentage', ['gender_count', 'approval_count']),
        ('tripartism_pct', 'percentage', ['tripartism_count', 'approval_count']),
        ('all_three_pct', 'percentage', ['all_three_count', 'approval_count']),
    ],
    'rpt_dwcp_contribution_by_biennium': [
        ('contribution_pct', 'percentage', ['dwcp_usd', 'amount_usd']),
        ('target_pct', 'reference', ['target_source']),
        ('gap_pct', 'difference', ['contribution_pct', 'target_pct']),
    ],
    'rpt_approval_forecasts': [
        ('expected_usd', 'total', ['forecast_usd', 'approved_then_usd']),
        ('local_share_pct', 'percentage', ['local_usd', 'expected_usd']),
        ('error_usd', 'difference', ['actual_usd', 'expected_usd']),
        ('error_pct', 'change', ['actual_usd', 'expected_usd']),
    ],
    'rpt_approvals_in_constant_prices': [
        ('constant_usd', 'deflated', ['amount_usd', 'base_price_index', 'price_index']),
        ('change_pct', 'change', ['amount_usd', 'amount_usd previous']),
        ('previous_constant_usd', 'value', ['constant_usd previous']),
        ('change_constant_usd', 'difference', ['constant_usd', 'previous_constant_usd']),
        ('change_constant_pct', 'change', ['constant_usd', 'previous_constant_usd']),
        ('base_price_index', 'reference', ['deflator_series']),
        ('price_index', 'reference', ['deflator_series']),
    ],
    'rpt_approvals_by_rate_set': [
        ('difference_usd', 'difference', ['amount_usd', 'chosen_usd']),
        ('difference_pct', 'change', ['amount_usd', 'chosen_usd']),
        ('coverage_effect_usd', 'difference', ['difference_usd', 'rate_effect_usd']),
        ('amount_with_unconverted_usd', 'total', ['amount_usd', 'unconverted_usd']),
    ],
    'rpt_reclassified_shares_by_year': [
        ('then_share_pct', 'percentage', ['then_usd', 'year_amount_usd']),
        ('today_share_pct', 'percentage', ['today_usd', 'year_amount_usd']),
        ('moved_usd', 'difference', ['today_usd', 'then_usd']),
    ],
} %}
{%- for column in revalued_columns() %}
{%- do reports['rpt_approvals_by_rate_set'].append((column, 'revalued', ['rate_set_id'])) %}
{%- endfor %}
{%- for dimension in reported_dimensions() %}
{%- do reports.update({members_report(dimension): [
    ('share_pct', 'percentage', ['amount_usd', 'year_amount_usd']),
    ('share_residual_pct', 'residual', ['share_pct period']),
    ('amount_rank', 'rank', ['amount_usd', 'amount_usd period']),
    ('change_usd', 'difference', ['amount_usd', 'previous_year_usd']),
    ('change_pct', 'change', ['amount_usd', 'previous_year_usd']),
]}) %}
{%- endfor %}

with

listed as (

    select
        operands.report_name,
        operands.column_name,
        cast(operands.operand_number as integer) as operand_number,
        operands.operation,
        operands.operand_column,
        operands.operand_rows
    from (
        values {{ operand_rows(reports) }}
    ) as operands (
        report_name, column_name, operand_number, operation, operand_column, operand_rows
    )

)

select * from listed
