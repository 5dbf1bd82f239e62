-- Every name, code or spelling by which a member of a dimension is known. An alias that is
-- written down wins over a name, a name over an id; the id decides between equals.
{%- set dimensions = {
    'donor': 'donors', 'recipient': 'recipients', 'region': 'regions', 'sector': 'sectors',
    'funding_source': 'funding_sources', 'modality': 'modalities', 'rate_set': 'rate_sets'
} %}

with

aliases as (

    select
        dimension,
        {{ folded('alias') }} as folded_name,
        member_id,
        1 as priority
    from {{ ref('aliases') }}

),

{% for dimension, seed in dimensions.items() %}
{{ seed }}_named as (

    select
        '{{ dimension }}' as dimension,
        {{ folded(dimension ~ '_name') }} as folded_name,
        {{ dimension }}_id as member_id,
        2 as priority
    from {{ ref(seed) }}
    union all
    select
        '{{ dimension }}' as dimension,
        {{ folded(dimension ~ '_id') }} as folded_name,
        {{ dimension }}_id as member_id,
        3 as priority
    from {{ ref(seed) }}

),

{% endfor %}
unioned as (

    select * from aliases
    {%- for seed in dimensions.values() %}
    union all
    select * from {{ seed }}_named
    {%- endfor %}

),

ranked as (

    select
        dimension,
        folded_name,
        member_id,
        row_number() over (
            partition by dimension, folded_name order by priority, member_id
        ) as preference
    from unioned
    where folded_name <> ''

),

preferred as (

    select
        dimension,
        folded_name,
        member_id
    from ranked
    where preference = 1

)

select * from preferred
