{#
  The rows of a table of the lake: those that its Parquet holds, and behind them the quarantined
  records that two people have let through, as the journal states them. Columns as docs/lake.md
  has them, and of a released record, which stands here once for each approval, `decision_id`,
  `released_at`, the number of the decision in the journal and, where the approval has ended,
  `ended_at`; null for the others.
#}
{% macro lake_rows(name) -%}
    {%- set fields = lake_fields()[name] -%}
    select
        file_sha256,
        office_id,
        sheet_name,
        record_number,
        warning_codes,
        {%- for field in fields %}
        {{ field }},
        {%- endfor %}
        cast(null as string) as decision_id,
        cast(null as bigint) as release_number,
        cast(null as timestamp) as released_at,
        cast(null as timestamp) as ended_at
    from {{ lake_table(name) }}
    union all
    select
        file_sha256,
        office_id,
        sheet_name,
        record_number,
        cast(null as string) as warning_codes,
        {%- for field, type in fields.items() %}
        cast({{ json_value('row_values', field) }} as {{ type }}) as {{ field }},
        {%- endfor %}
        decision_id,
        release_number,
        released_at,
        ended_at
    from {{ ref('stg_lake__released') }}
    where dataset = '{{ name }}'
{%- endmacro %}

{# The fields of each table of the lake with their types, in the order of its contract. #}
{% macro lake_fields() -%}
    {%- set money, rate = 'decimal(18, 2)', 'decimal(18, 8)' -%}
    {{ return({
        'approvals': {
            'project_symbol': 'string', 'project_title': 'string', 'donor_name': 'string',
            'donor_type': 'string', 'agreement_reference': 'string',
            'recipient_name': 'string', 'region_name': 'string', 'sector_name': 'string',
            'approval_date': 'date', 'amount_original': money, 'currency_code': 'string',
            'exchange_rate_reported': rate, 'amount_usd_reported': money,
            'negotiation': 'string', 'funding_source_name': 'string',
            'modality_name': 'string', 'dwcp_outcome': 'string', 'gender_marker': 'string',
            'tripartism_marker': 'string', 'start_date': 'date', 'end_date': 'date',
            'status': 'string', 'office_reference': 'string', 'remarks': 'string',
            'reported_at': 'timestamptz'
        },
        'rates': {
            'rate_set': 'string', 'currency_code': 'string', 'rate_month': 'date',
            'units_per_usd': rate
        },
        'agreements': {
            'agreement_reference': 'string', 'donor_name': 'string',
            'agreement_title': 'string', 'agreement_status': 'string',
            'signed_date': 'date', 'start_date': 'date', 'end_date': 'date',
            'multi_annual': 'string', 'gender_reference': 'string',
            'gender_allocation': 'string', 'social_partner_allocation': 'string',
            'amount_original': money, 'currency_code': 'string', 'remarks': 'string'
        }
    }) }}
{%- endmacro %}
