-- What was known of each approval at each moment at which it may have changed, of some twice the same.
{%- set touched = 'int_versions_touched' %}
{%- set needed = [
    'approval_id', 'statement_number', 'approval_date', 'approval_month_date', 'currency_code',
    'amount_original', 'amount_usd', 'exchange_rate', 'is_converted', 'recipient_id',
    'donor_id', 'base_region_id', 'base_sector_id', 'base_donor_group'
] %}
with

rates as (

    select * from {{ ref('int_rates_dated') }}
    where is_chosen

),

classifications as (

    select * from {{ ref('int_classifications_dated') }}

),

-- A version that was replaced at the moment it came was never known.
versions as (

    select
        {{ needed | join(', ') }},
        known_from_at as moment_at
    from {{ ref('int_approvals_enriched') }}
    where
        (known_to_at is null or known_from_at < known_to_at)
        and {{ is_touched('approval_id', touched) }}
    union all
    select
        statements.{{ needed | join(', statements.') }},
        moments.known_from_at as moment_at
    from {{ ref('int_versions_moments') }} as moments
    inner join {{ touched_rows('int_approvals_enriched', touched) }} as statements
        on
            moments.approval_id = statements.approval_id
            and {{ is_within('moments.known_from_at', 'statements') }}

),

moments as (

    select
        approval_id,
        known_from_at as moment_at
    from {{ ref('int_approvals_enriched') }}
    where {{ is_touched('approval_id', touched) }}
    union all
    select
        approval_id,
        known_from_at as moment_at
    from {{ ref('int_versions_moments') }}

),

-- An approval may lose against several others.
lost as (

    select
        moments.approval_id,
        moments.moment_at,
        max(duplicates.decision_id) as duplicate_decision_id
    from moments
    inner join {{ ref('int_duplicates_dated') }} as duplicates
        on
            moments.approval_id = duplicates.approval_id
            and {{ is_within('moments.moment_at', 'duplicates') }}
    group by moments.approval_id, moments.moment_at

)

select
    versions.approval_id,
    versions.moment_at as known_from_at,
    versions.statement_number,
    {{ classified_columns('versions') }},
    lost.approval_id is not null as is_duplicate,
    lost.duplicate_decision_id,
    rates.known_from_at as rate_known_from_at,
    case when versions.is_converted then rates.units_per_usd else versions.exchange_rate end
        as exchange_rate,
    case
        when versions.is_converted
            then {{ exact_ratio('versions.amount_original', 'rates.units_per_usd') }}
        else versions.amount_usd
    end as amount_usd
from versions
left join rates
    on
        case when versions.is_converted then versions.currency_code end
        = rates.currency_code
        and versions.approval_month_date = rates.rate_month_date
        and {{ is_within('versions.moment_at', 'rates') }}
left join lost
    on versions.approval_id = lost.approval_id and versions.moment_at = lost.moment_at
{{ classified_joins('versions', 'versions.moment_at') }}
