-- What was known of each approval, interval by interval.
with

versions as (

    select * from {{ ref('int_approvals_enriched') }}

),

rates as (

    select * from {{ ref('int_rates_dated') }}

),

moments as (

    select * from {{ ref('int_versions_moments') }}

),

-- A version that was replaced at the moment it came was never known.
known as (

    select
        versions.approval_id,
        moments.known_from_at,
        versions.statement_number,
        moments.is_duplicate,
        moments.duplicate_decision_id,
        {% for rate, own in [('units_per_usd', 'exchange_rate'), ('rate_set', 'rate_set')] -%}
        case when versions.is_converted then rates.{{ rate }} else versions.{{ own }} end
            as {{ own }},
        {% endfor -%}
        case when versions.is_converted then rates.rate_month_date end as rate_month_date,
        case
            when versions.is_converted
                then {{ exact_ratio('versions.amount_original', 'rates.units_per_usd') }}
            else versions.amount_usd
        end as amount_usd,
        {% for column in ['file_sha256', 'file_name', 'sheet_name', 'record_number'] -%}
        rates.{{ column }} as rate_{{ column }}
        {%- if not loop.last %},{% endif %}
        {% endfor %}
    from moments
    inner join versions
        on
            moments.approval_id = versions.approval_id
            and {{ is_within('moments.known_from_at', 'versions') }}
    left join rates
        on
            versions.is_converted
            and versions.currency_code = rates.currency_code
            and versions.approval_month_date = rates.rate_month_date
            and {{ is_within('moments.known_from_at', 'rates') }}

),

compared as (

    select
        *,
        lag(statement_number) over earlier as statement_before,
        lag(is_duplicate) over earlier as duplicate_before,
        lag(exchange_rate) over earlier as rate_before
    from known
    window earlier as (partition by approval_id order by known_from_at)

),

changed as (

    select
        *,
        row_number() over later as version_number,
        lead(known_from_at) over later as known_to_at
    from compared
    where
        statement_number is distinct from statement_before
        or is_duplicate is distinct from duplicate_before
        or exchange_rate is distinct from rate_before
    window later as (partition by approval_id order by known_from_at)

)

select
    {{ hashed(['approval_id', 'version_number']) }} as approval_version_id,
    *
from changed
