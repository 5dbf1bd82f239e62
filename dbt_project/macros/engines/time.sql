{# A timestamp in UTC without a zone, from one with a zone or from ISO 8601 text. #}
{% macro utc_timestamp(expression) -%}
    {{ return(adapter.dispatch('utc_timestamp', 'approvals')(expression)) }}
{%- endmacro %}

{% macro duckdb__utc_timestamp(expression) -%}
    cast(cast({{ expression }} as timestamptz) at time zone 'UTC' as timestamp)
{%- endmacro %}

{#
  The condition that a file was known at the end of the day `known_at`; true when it is not set.
  Only a date may pass: `--vars` is pasted into the SQL.
#}
{% macro is_known(timestamp) -%}
    {%- set known_at = var('known_at') -%}
    {%- if known_at is none -%}
        true
    {%- elif modules.re.fullmatch('[0-9]{4}-[0-9]{2}-[0-9]{2}', known_at | string) -%}
        cast({{ timestamp }} as date) <= cast('{{ known_at }}' as date)
    {%- else -%}
        {{ exceptions.raise_compiler_error('known_at must be a date, YYYY-MM-DD') }}
    {%- endif -%}
{%- endmacro %}

{# One row per whole number from the first to the last, in a column named `number`. #}
{% macro numbers_between(first, last) -%}
    {{ return(adapter.dispatch('numbers_between', 'approvals')(first, last)) }}
{%- endmacro %}

{% macro duckdb__numbers_between(first, last) -%}
    unnest(generate_series({{ first }}, {{ last }}))
{%- endmacro %}

{# The first year of the ILO's even-odd biennium that a year belongs to. #}
{% macro biennium_start(year) -%}
    ({{ year }} - {{ year }} % 2)
{%- endmacro %}

{# A biennium as the ILO writes it: 2006-07. #}
{% macro biennium_name(start_year) -%}
    cast({{ start_year }} as string) || '-'
    || right(cast({{ start_year }} + 1 as string), 2)
{%- endmacro %}

{# Whole days from one date to a later one; null where either is. #}
{% macro days_between(earlier, later) -%}
    {{ return(adapter.dispatch('days_between', 'approvals')(earlier, later)) }}
{%- endmacro %}

{% macro duckdb__days_between(earlier, later) -%}
    ({{ later }} - {{ earlier }})
{%- endmacro %}

{#
  The condition that a moment lies in a relation's interval of knowledge, as two comparisons: an
  `or` in a left join makes DuckDB compare every row with every other.
#}
{% macro is_within(moment, relation) -%}
    {{ moment }} >= {{ relation }}.known_from_at
    and {{ moment }} < coalesce({{ relation }}.known_to_at, cast('9999-12-31' as timestamp))
{%- endmacro %}

{# Months since the year 0, from a date: one number for each month of the calendar. #}
{% macro month_number(date) -%}
    (extract(year from {{ date }}) * 12 + extract(month from {{ date }}) - 1)
{%- endmacro %}

{# The first day of the month that a `month_number` counts. #}
{% macro month_of_number(number) -%}
    {{ return(adapter.dispatch('month_of_number', 'approvals')(number)) }}
{%- endmacro %}

{% macro duckdb__month_of_number(number) -%}
    make_date(({{ number }}) // 12, ({{ number }}) % 12 + 1, 1)
{%- endmacro %}

{# The day that lies so many whole days before a date. #}
{% macro days_before(date, days) -%}
    {{ return(adapter.dispatch('days_before', 'approvals')(date, days)) }}
{%- endmacro %}

{% macro duckdb__days_before(date, days) -%}
    ({{ date }} - {{ days }})
{%- endmacro %}
