-- What was known of each approval, interval by interval, by what it differs from the one before
-- (`changed_by`) and what had been known then. Texts are joined to it where they are shown.
{%- set compared = {
    'statement_number': 'statement_before', 'is_duplicate': 'duplicate_before',
    'exchange_rate': 'rate_before', 'region_id': 'region_before',
    'sector_id': 'sector_before', 'donor_group_id': 'donor_group_before'
} %}
with

known as (

    select * from {{ ref('int_versions_weighed') }}

),

compared as (

    select
        *,
        {% for column, before in compared.items() -%}
        lag({{ column }}) over earlier as {{ before }},
        {% endfor -%}
        lag(amount_usd) over earlier as amount_before
    from known
    window earlier as (partition by approval_id order by known_from_at)

),

described as (

    select
        *,
        case
            when (statement_number is distinct from statement_before) then 'statement'
            when (is_duplicate is distinct from duplicate_before)
                then case when is_duplicate then 'duplicate' else 'counted' end
            when (exchange_rate is distinct from rate_before) then 'revalued'
            when (region_id is distinct from region_before) then 'reclassified'
            when (sector_id is distinct from sector_before) then 'reclassified'
            when (donor_group_id is distinct from donor_group_before) then 'reclassified'
        end as changed_by
    from compared

),

changed as (

    select
        *,
        row_number() over later as version_number,
        lead(known_from_at) over later as known_to_at,
        lag(changed_by) over later as before_changed_by
    from described
    where changed_by is not null
    window later as (partition by approval_id order by known_from_at)

)

select
    {{ hashed(['approval_id', 'version_number']) }} as approval_version_id,
    *
from changed
