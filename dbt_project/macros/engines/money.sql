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
    {%- set above = approvals.duckdb__smallest_units(numerator, 2) ~ ' * ' ~ scale -%}
    {%- set below = approvals.duckdb__smallest_units(denominator, 8) -%}
    cast(
        cast(
            sign({{ numerator }}) * sign({{ denominator }})
            * ((2 * {{ above }} + {{ below }}) // nullif(2 * {{ below }}, 0))
            as decimal(20, 0)
        ) * cast(0.01 as decimal(3, 2)) as decimal(18, 2)
    )
{%- endmacro %}

{#
  The size of a decimal, counted in units of its last place: 12.34 with 2 places is 1234.
  Whole and rest apart: a cast of the decimal as it stands divides numbers of 128 bits, which takes
  six times as long. Whole numbers that are no decimals are exact up to 2^53.
#}
{% macro duckdb__smallest_units(value, places) -%}
    {%- set units = 10 ** places -%}
    (
        cast(floor(abs({{ value }})) as hugeint) * {{ units }}
        + cast(
            cast(abs({{ value }}) - floor(abs({{ value }})) as decimal(18, 8)) * {{ units }}
            as bigint
        )
    )
{%- endmacro %}

{# The percentage that `part` is of `whole`, 0 to 100, two decimals. #}
{% macro percentage(part, whole) -%}
    {{ approvals.exact_ratio(part, whole, 100) }}
{%- endmacro %}
