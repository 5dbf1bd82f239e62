{# The cells of a JSON array of texts, one row each: a set-returning expression. #}
{% macro json_cells(text) -%}
    {{ return(adapter.dispatch('json_cells', 'approvals')(text)) }}
{%- endmacro %}

{% macro duckdb__json_cells(text) -%}
    unnest(from_json({{ text }}, '["varchar"]'))
{%- endmacro %}

{# A JSON array of texts with null in place of every cell whose position is not in the list. #}
{% macro masked_cells(cells, positions) -%}
    {{ return(adapter.dispatch('masked_cells', 'approvals')(cells, positions)) }}
{%- endmacro %}

{% macro duckdb__masked_cells(cells, positions) -%}
    cast(to_json(list_transform(
        from_json({{ cells }}, '["varchar"]'),
        lambda cell, number:
            case when list_contains({{ positions }}, number - 1) then cell end
    )) as varchar)
{%- endmacro %}

{#
  The letters over a column, as a spreadsheet names it: AB for the position 27, counted from 0.
  Of one of several tables beside each other, named `Sheet1!F:J`, positions start at its first
  letters.
#}
{% macro column_letters(sheet_name, position) -%}
    {{ return(adapter.dispatch('column_letters', 'approvals')(sheet_name, position)) }}
{%- endmacro %}

{% macro duckdb__column_letters(sheet_name, position) -%}
    {%- set first = "regexp_extract(" ~ sheet_name ~ ", '!([A-Z]{1,3}):[A-Z]{1,3}$', 1)" -%}
    {%- set number -%}
    ({{ position }} + list_reduce(
        list_prepend(0, list_transform(
            string_split({{ first }}, ''), lambda sign: greatest(ascii(sign) - 64, 0)
        )),
        lambda total, digit: total * 26 + digit
    ) - case when {{ first }} = '' then 0 else 1 end)
    {%- endset -%}
    case when {{ number }} >= 702 then chr(64 + ({{ number }} - 26) // 676) else '' end
    || case
        when {{ number }} >= 26 then chr(65 + ({{ number }} - 26) // 26 % 26) else ''
    end
    || chr(65 + {{ number }} % 26)
{%- endmacro %}

{# The text of one key of a JSON object; null where it has none. #}
{% macro json_value(text, key) -%}
    {{ return(adapter.dispatch('json_value', 'approvals')(text, key)) }}
{%- endmacro %}

{% macro duckdb__json_value(text, key) -%}
    json_extract_string({{ text }}, '$.{{ key }}')
{%- endmacro %}
