-- The rate of each set, currency and month over knowledge time: a statement holds until a later
-- one says otherwise, and stating the same again is nothing new. A rate that holds for longer than
-- a month has a row for each month of its period.
{%- set key = ['rate_set_id', 'currency_code', 'first_month_number'] %}
{%- set columns = [
    'is_chosen', 'period_months', 'units_per_usd', 'source_id', 'file_sha256', 'file_name',
    'sheet_name', 'record_number'
] %}
{%- set latest_first = {
    'exported_at': 'desc', 'rate_month_date': 'desc', 'file_sha256': 'desc',
    'release_number': 'desc', 'sheet_name': 'desc', 'record_number': 'desc'
} %}

with

placed as (

    select * from {{ ref('int_rates_placed') }}

),

-- Of what one export states the later month of the period counts, then the record decides.
{{ counted_statements('placed', key, columns, latest_first) }},

compared as (

    select
        *,
        lag(units_per_usd) over (
            partition by {{ key | join(', ') }} order by moment_at
        ) as units_before
    from counted

),

changed as (

    select
        *,
        lead(moment_at) over (
            partition by {{ key | join(', ') }} order by moment_at
        ) as known_to_at
    from compared
    where units_per_usd is distinct from units_before

),

monthly as (

    select
        *,
        {{ numbers_between('first_month_number', 'first_month_number + period_months - 1') }}
            as month_number
    from changed
    where units_per_usd is not null

),

dated as (

    select
        {{ hashed(['rate_set_id', 'currency_code', 'month_number', 'moment_at']) }}
            as rate_version_id,
        rate_set_id as rate_set,
        is_chosen,
        currency_code,
        {{ month_of_number('month_number') }} as rate_month_date,
        {{ month_of_number('first_month_number') }} as holds_from_date,
        {{ days_before(month_of_number('first_month_number + period_months'), 1) }}
            as holds_to_date,
        units_per_usd,
        moment_at as known_from_at,
        known_to_at,
        file_sha256,
        file_name,
        sheet_name,
        record_number,
        nullif(source_id, file_sha256) as decision_id
    from monthly

)

select * from dated
