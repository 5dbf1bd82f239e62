{# Why what is known of an approval changes (docs/history.md). #}
{% macro change_reasons() -%}
    {{ return([
        'new_report', 'late_report', 'revision', 'correction', 'reclassification',
        'withdrawal', 'reinstatement', 'exchange_rate', 'double_count'
    ]) }}
{%- endmacro %}

{#
  Whether a value agrees with the figure as printed: a number by the operator and the tolerance, a
  list as a set, a flag or a year as text.
#}
{% macro agrees_with_figure(value, figure) -%}
    case
        when {{ value }}.value_text is not null
            then
                {{ sorted_list(value ~ '.value_text') }}
                = {{ sorted_list(figure ~ '.expected_value') }}
        when {{ figure }}.operator in ('=', '~=')
            then
                abs({{ value }}.value_number - {{ figure }}.expected_number)
                <= {{ figure }}.tolerance_number
        when {{ figure }}.operator = '>'
            then {{ value }}.value_number > {{ figure }}.expected_number
        when {{ figure }}.operator = '<'
            then {{ value }}.value_number < {{ figure }}.expected_number
        when {{ figure }}.operator = '>~'
            then
                {{ value }}.value_number > {{ figure }}.expected_number
                and {{ value }}.value_number
                <= {{ figure }}.expected_number + {{ figure }}.tolerance_number
        else false
    end
{%- endmacro %}
