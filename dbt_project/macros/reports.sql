{# The dimensions with a report of their own: a row for each member and year. #}
{% macro reported_dimensions() -%}
    {{ return(['donor', 'donor_group', 'region', 'sector', 'modality', 'funding_source']) }}
{%- endmacro %}

{# The report of such a dimension. #}
{% macro members_report(dimension) -%}
    {{ return(
        'rpt_donor_approvals_by_year' if dimension == 'donor'
        else 'rpt_' ~ dimension ~ '_shares_by_year'
    ) }}
{%- endmacro %}

{# The primary key of that report. #}
{% macro members_key(dimension) -%}
    {{ return('donor_approval_id' if dimension == 'donor' else dimension ~ '_share_id') }}
{%- endmacro %}

{#
  The condition that a row of rpt_agreement_provisions is among those that a figure asks about:
  agreements of its period; "agreements renewed" asks only about those that were renewed.
#}
{% macro is_asked_about(figures, provisions) -%}
    {{ provisions }}.agreement_date
        between {{ figures }}.start_date and {{ figures }}.end_date
    and (
        {{ figures }}.measure = 'agreements'
        or (
            {{ figures }}.measure = 'agreements renewed'
            and {{ provisions }}.agreement_status = 'renewed'
        )
    )
{%- endmacro %}

{#
  The condition that a row of rpt_funding_source_shares_by_year is among those that a figure of
  funding sources adds up: those of its years and its measure.
#}
{% macro is_source_asked_for(figures, reports) -%}
    {{ reports }}.approval_year between {{ figures }}.start_year and {{ figures }}.end_year
    and case {{ figures }}.measure
        when 'assessed' then {{ reports }}.funding_source_id = 'regular-budget'
        when 'total voluntary' then {{ reports }}.funding_source_id <> 'regular-budget'
        else {{ reports }}.funding_source_id = 'rbsa'
    end
{%- endmacro %}

{# The columns of rpt_approvals_by_rate_set that add up approvals by the rates of its set. #}
{% macro revalued_columns() -%}
    {{ return([
        'approval_count', 'amount_usd', 'rate_effect_usd', 'unconverted_count',
        'unconverted_usd', 'unvalued_count'
    ]) }}
{%- endmacro %}

{#
  The operands of computed columns as rows for `values`. `reports` maps the name of a report to its
  columns: name, operation, operands, each with the relation of its row behind it where it is another.
#}
{% macro operand_rows(reports) -%}
    {%- for report, columns in reports.items() %}
    {%- set is_last_report = loop.last %}
    {%- for column, operation, operands in columns %}
    {%- set is_last_column = loop.last %}
    {%- for operand in operands %}
        (
            '{{ report }}', '{{ column }}', {{ loop.index }}, '{{ operation }}',
            '{{ operand.split(' ')[0] }}', '{{ (operand ~ ' row').split(' ')[1] }}'
        )
    {%- if not (is_last_report and is_last_column and loop.last) %},{% endif %}
    {%- endfor %}
    {%- endfor %}
    {%- endfor %}
{%- endmacro %}
