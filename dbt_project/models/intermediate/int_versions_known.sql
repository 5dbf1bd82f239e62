-- What was known of each approval, interval by interval.
{%- set followed = {
    'statement_number': 'statement_before', 'is_duplicate': 'duplicate_before',
    'exchange_rate': 'rate_before', 'region_id': 'region_before', 'sector_id': 'sector_before',
    'donor_group': 'donor_group_before'
} %}
with

known as (

    select * from {{ ref('int_versions_weighed') }}

),

compared as (

    select
        *,
        {%- for column, before in followed.items() %}
        lag({{ column }}) over earlier as {{ before }}
        {%- if not loop.last %},{% endif %}
        {%- endfor %}
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
        {%- for column, before in followed.items() %}
        {% if not loop.first %}or {% endif %}{{ column }} is distinct from {{ before }}
        {%- endfor %}
    window later as (partition by approval_id order by known_from_at)

)

select
    {{ hashed(['approval_id', 'version_number']) }} as approval_version_id,
    *
from changed
