-- What has been said of the members of dimensions, as far as it is known. Before the day on which
-- a region or sector was introduced its name stood for nothing.
{%- set first_day = "cast('0001-01-01' as date)" %}

with

said as (

    select
        dimension,
        member_id,
        attribute,
        value,
        valid_from,
        valid_to,
        coalesce(known_from, {{ first_day }}) as known_date,
        reason
    from {{ ref('classifications') }}
    {%- for dimension in ['region', 'sector'] %}
    {%- for value, known in [("'unmapped'", first_day), (dimension ~ '_id', 'known_from')] %}
    union all
    select
        '{{ dimension }}' as dimension,
        {{ dimension }}_id as member_id,
        '{{ dimension }}_id' as attribute,
        {{ value }} as value,
        cast(null as date) as valid_from,
        cast(null as date) as valid_to,
        {{ known }} as known_date,
        'introduced' as reason
    from {{ ref(dimension ~ 's') }}
    where known_from is not null
    {%- endfor %}
    {%- endfor %}

)

select
    dimension,
    member_id,
    attribute,
    value,
    coalesce(valid_from, {{ first_day }}) as first_date,
    coalesce(valid_to, cast('9999-12-31' as date)) as last_date,
    known_date,
    reason
from said
where {{ is_known('known_date') }}
