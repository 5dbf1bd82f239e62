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

{#
  What came with a version: the approval itself, what its statement brought, or what was said of it
  by others.
#}
{% macro version_kind(number, changed_by, statement) -%}
    case
        when {{ number }} = 1 then 'new'
        when {{ changed_by }} = 'statement' then {{ statement }}.version_kind
        else {{ changed_by }}
    end
{%- endmacro %}

{# Whether a version adds to the total of its year; null where there is no such version. #}
{% macro has_effect(statement, is_duplicate, amount_usd, funding_source) -%}
    (
        not {{ statement }}.is_withdrawn
        and {{ statement }}.status in ('approved', 'revised')
        and not {{ is_duplicate }}
        and {{ amount_usd }} is not null
        and coalesce({{ funding_source }}.is_approval, 'yes') <> 'no'
    )
{%- endmacro %}
