{%- set parents = [
    ('recipient', 'region_id'), ('region', 'region_id'), ('sector', 'sector_id'),
    ('donor', 'donor_group')
] %}

with

classifications as (

    select * from {{ ref('int_classifications_dated') }}
    where known_to_at is null

),

members as (

    {%- for dimension, attribute in parents %}
    {% if not loop.first %}union all{% endif %}
    select
        '{{ dimension }}' as dimension,
        {{ dimension }}_id as member_id,
        '{{ attribute }}' as attribute,
        {{ attribute }} as value
    from {{ ref(dimension ~ 's') }}
    {%- if dimension in ('region', 'sector') %}
    where known_from is null or {{ is_known('known_from') }}
    {%- endif %}
    union all
    select
        '{{ dimension }}' as dimension,
        {{ dimension }}_id as member_id,
        'name' as attribute,
        {{ dimension }}_name as value
    from {{ ref('dim_' ~ dimension ~ 's') }}
    {%- endfor %}

),

described as (

    select
        {{ hashed([
            'members.dimension', 'members.member_id', 'members.attribute',
            'classifications.valid_from_date'
        ]) }} as classification_id,
        members.dimension,
        members.member_id,
        members.attribute,
        coalesce(classifications.value, members.value) as value,
        nullif(classifications.valid_from_date, cast('0001-01-01' as date))
            as valid_from_date,
        nullif(classifications.valid_to_date, cast('9999-12-31' as date)) as valid_to_date,
        nullif(cast(classifications.known_from_at as date), cast('0001-01-01' as date))
            as known_from_date,
        classifications.reason,
        coalesce(classifications.is_today, true) as is_today
    from members
    left join classifications
        on
            members.dimension = classifications.dimension
            and members.member_id = classifications.member_id
            and members.attribute = classifications.attribute

)

select * from described
