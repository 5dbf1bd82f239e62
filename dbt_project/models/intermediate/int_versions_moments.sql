-- Every moment, beside those of its statements, at which something became known that may change what
-- is known of an approval: a rate, a decision which counts, or a classification of a member.
{%- set members = {
    'recipient': 'recipient_id', 'region': 'base_region_id', 'sector': 'base_sector_id',
    'donor': 'donor_id'
} %}
{%- set edges = ['known_from_at', 'known_to_at'] %}

with

versions as (

    select * from {{ ref('int_approvals_enriched') }}
    where {{ is_touched('approval_id', 'int_versions_touched') }}

),

-- A rate that ended without another counts no longer.
rates as (

    {%- for edge in edges %}
    {% if not loop.first %}union{% endif %}
    select
        currency_code,
        rate_month_date,
        {{ edge }} as moment_at
    from {{ ref('int_rates_dated') }}
    where is_chosen and {{ edge }} is not null
    {%- endfor %}

),

duplicates as (

    select * from {{ ref('int_duplicates_dated') }}

),

classifications as (

    select * from {{ ref('int_classifications_dated') }}
    where attribute <> 'name'

),

-- Of a recipient that was put into a region, what is said of that region is said too.
reclassified as (

    select
        dimension,
        member_id,
        known_from_at
    from classifications
    union
    select
        recipients.dimension,
        recipients.member_id,
        regions.known_from_at
    from classifications as recipients
    inner join classifications as regions
        on recipients.value = regions.member_id and regions.dimension = 'region'
    where recipients.dimension = 'recipient'

),

moments as (

    select
        versions.approval_id,
        rates.moment_at as known_from_at
    from versions
    inner join rates
        on
            versions.currency_code = rates.currency_code
            and versions.approval_month_date = rates.rate_month_date
    where versions.is_converted and rates.moment_at > versions.known_from_at
    {%- for edge in edges %}
    union
    select
        approval_id,
        {{ edge }} as known_from_at
    from duplicates
    where {{ edge }} is not null
    {%- endfor %}
    {%- for dimension, member in members.items() %}
    union
    select
        versions.approval_id,
        reclassified.known_from_at
    from versions
    inner join reclassified
        on
            versions.{{ member }} = reclassified.member_id
            and versions.known_from_at < reclassified.known_from_at
    where reclassified.dimension = '{{ dimension }}'
    {%- endfor %}

)

select * from moments
