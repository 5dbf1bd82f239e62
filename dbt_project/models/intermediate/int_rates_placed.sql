-- Every rate that a file states, in its set and the period that it holds for. A set that nobody
-- has declared keeps its own name, folded, and is never the chosen one.
with

rates as (

    select * from {{ ref('stg_lake__rates') }}
    where units_per_usd > 0

),

offices as (

    select * from {{ ref('offices') }}

),

aliases as (

    select * from {{ ref('int_members_aliased') }}
    where dimension = 'rate_set'

),

rate_sets as (

    select * from {{ ref('rate_sets') }}

),

named as (

    select
        rates.*,
        {{ month_number('rates.rate_month_date') }} as month_number,
        nullif(
            {{ folded('coalesce(rates.rate_set, offices.default_rate_set)') }}, ''
        ) as folded_name
    from rates
    left join offices on rates.office_id = offices.office_id

),

placed as (

    select
        named.file_sha256,
        named.source_id,
        named.file_name,
        named.sheet_name,
        named.record_number,
        named.release_number,
        named.currency_code,
        named.units_per_usd,
        named.rate_month_date,
        named.exported_at,
        named.known_from_at,
        named.ended_at,
        coalesce(aliases.member_id, named.folded_name, 'not-stated') as rate_set_id,
        coalesce(rate_sets.is_chosen = 'yes', false) as is_chosen,
        coalesce(rate_sets.period_months, 1) as period_months,
        named.month_number - named.month_number % coalesce(rate_sets.period_months, 1)
            as first_month_number
    from named
    left join aliases on named.folded_name = aliases.folded_name
    left join rate_sets on aliases.member_id = rate_sets.rate_set_id

)

select * from placed
