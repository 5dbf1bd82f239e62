{#
  A name folded for comparison: lower case, no accents, only letters and digits of any script.
  Engines differ in how they strip accents and name the classes of letters.
#}
{% macro folded(text) -%}
    {{ return(adapter.dispatch('folded', 'approvals')(text)) }}
{%- endmacro %}

{% macro duckdb__folded(text) -%}
    regexp_replace(lower(strip_accents({{ text }})), '[^\p{L}\p{N}]+', '', 'g')
{%- endmacro %}

{# An md5 over texts; null counts as the empty text, and the separator keeps neighbours apart. #}
{% macro hashed(expressions) -%}
    md5({{ approvals.texts_joined(expressions) }})
{%- endmacro %}

{# One function for all texts: a chain of || copies what it has so far at each link. #}
{% macro texts_joined(expressions) -%}
    concat(
        {%- for expression in expressions %}
        coalesce(cast({{ expression }} as string), '')
        {%- if not loop.last %}, '|',{% endif -%}
        {%- endfor %}
    )
{%- endmacro %}

{#
  The same as a number, which is quicker to make and to compare. For what stays inside a build:
  engines make different numbers of a text.
#}
{% macro hash_number(expressions) -%}
    {{ return(adapter.dispatch('hash_number', 'approvals')(expressions)) }}
{%- endmacro %}

{% macro duckdb__hash_number(expressions) -%}
    md5_number({{ approvals.texts_joined(expressions) }})
{%- endmacro %}

{# The members of a list written with semicolons, sorted, without blanks around them. #}
{% macro sorted_list(text) -%}
    {{ return(adapter.dispatch('sorted_list', 'approvals')(text)) }}
{%- endmacro %}

{% macro duckdb__sorted_list(text) -%}
    array_to_string(
        list_sort(list_transform(string_split({{ text }}, ';'), lambda part: trim(part))),
        ';'
    )
{%- endmacro %}

{# The texts of a group for which a condition holds, sorted and joined by semicolons. #}
{% macro joined_names(expression, condition) -%}
    {{ return(adapter.dispatch('joined_names', 'approvals')(expression, condition)) }}
{%- endmacro %}

{% macro duckdb__joined_names(expression, condition) -%}
    string_agg({{ expression }}, ';' order by {{ expression }})
    filter (where {{ condition }})
{%- endmacro %}

{# The values of a group as one list. #}
{% macro listed(expression) -%}
    {{ return(adapter.dispatch('listed', 'approvals')(expression)) }}
{%- endmacro %}

{% macro duckdb__listed(expression) -%}
    list({{ expression }})
{%- endmacro %}
