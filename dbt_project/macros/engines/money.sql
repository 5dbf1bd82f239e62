{#
  Exact division of decimals to two places, rounded half away from zero.
  DuckDB divides decimals as doubles, so there the division is done on whole numbers: half a
  unit is added before cutting off. Null where the divisor is null or 0: nothing is ever
  converted by 0. The numerator has two decimals, the denominator at most eight.
#}
{% macro exact_ratio(numerator, denominator, factor=1) -%}
    {{ return(adapter.dispatch('exact_ratio', 'approvals')(
        numerator, denominator, factor
    )) }}
{%- endmacro %}

{% macro duckdb__exact_ratio(numerator, denominator, factor) -%}
    {#- Hundredths of the result are hundredths of the numerator times this, over 1e8ths. -#}
    {%- set scale = factor * 100000000 -%}
    {%- set above -%}
    abs(cast(cast({{ numerator }} as decimal(20, 2)) * 100 as hugeint)) * {{ scale }}
    {%- endset -%}
    {%- set below -%}
    abs(cast(cast({{ denominator }} as decimal(28, 8)) * 100000000 as hugeint))
    {%- endset -%}
    cast(
        cast(
            sign({{ numerator }}) * sign({{ denominator }})
            * ((2 * {{ above }} + {{ below }}) // nullif(2 * {{ below }}, 0))
            as decimal(20, 0)
        ) * cast(0.01 as decimal(3, 2)) as decimal(18, 2)
    )
{%- endmacro %}

{# The percentage that `part` is of `whole`, 0 to 100, two decimals. #}
{% macro percentage(part, whole) -%}
    {{ approvals.exact_ratio(part, whole, 100) }}
{%- endmacro %}
