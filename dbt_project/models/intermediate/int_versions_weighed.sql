-- What was known of each approval at every moment at which it may have changed.
with

versions as (

    select * from {{ ref('int_approvals_enriched') }}

),

rates as (

    select * from {{ ref('int_rates_dated') }}
    where is_chosen

),

duplicates as (

    select * from {{ ref('int_duplicates_dated') }}

),

classifications as (

    select * from {{ ref('int_classifications_dated') }}

),

moments as (

    select * from {{ ref('int_versions_moments') }}

),

-- An approval may lose against several others.
lost as (

    select
        moments.approval_id,
        moments.known_from_at,
        max(duplicates.decision_id) as duplicate_decision_id
    from moments
    inner join duplicates
        on
            moments.approval_id = duplicates.approval_id
            and {{ is_within('moments.known_from_at', 'duplicates') }}
    group by moments.approval_id, moments.known_from_at

),

-- A version that was replaced at the moment it came was never known.
known as (

    select
        versions.approval_id,
        moments.known_from_at,
        versions.statement_number,
        {{ classified_columns('versions') }},
        lost.approval_id is not null as is_duplicate,
        lost.duplicate_decision_id,
        {% for rate, own in [('units_per_usd', 'exchange_rate'), ('rate_set', 'rate_set')] -%}
        case when versions.is_converted then rates.{{ rate }} else versions.{{ own }} end
            as {{ own }},
        {% endfor -%}
        case when versions.is_converted then rates.rate_month_date end as rate_month_date,
        rates.known_from_at as rate_known_from_at,
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
            case when versions.is_converted then versions.currency_code end
            = rates.currency_code
            and versions.approval_month_date = rates.rate_month_date
            and {{ is_within('moments.known_from_at', 'rates') }}
    left join lost
        on
            moments.approval_id = lost.approval_id
            and moments.known_from_at = lost.known_from_at
    {{ classified_joins('versions', 'moments.known_from_at') }}

)

select * from known
