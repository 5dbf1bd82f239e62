{# The condition that columns are what `before_<column>` says they were. #}
{% macro all_alike(columns) -%}
    {%- for column in columns -%}
        {{ column }} is not distinct from before_{{ column }}
        {%- if not loop.last %} and {% endif -%}
    {%- endfor -%}
{%- endmacro %}

{# The fields that say under which member an approval counts. #}
{% macro classified_fields() -%}
    {{ return([
        'donor_id', 'recipient_id', 'region_id', 'sector_id', 'donor_group_id',
        'funding_source_id', 'modality_id', 'negotiation'
    ]) }}
{%- endmacro %}

{# The fields of an approval whose change from one version to the next is a restatement. #}
{% macro restated_fields() -%}
    {{ return([
        'status', 'version_kind', 'amount_original', 'currency_code', 'exchange_rate',
        'effective_usd', 'approval_date'
    ] + classified_fields() + ['project_symbol', 'project_title']) }}
{%- endmacro %}
