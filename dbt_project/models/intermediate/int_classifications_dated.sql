-- What was said of the members of dimensions: on which days it holds and when it was known. Of
-- several statements about one day the one that was made known last counts. Today is the last day
-- on which anything became known. A span without a value is as in the reference table.
{%- set last_day = "cast('9999-12-31' as date)" %}
{%- set member = ['dimension', 'member_id', 'attribute'] %}

with

said as (

    select * from {{ ref('int_classifications_said') }}

),

files as (

    select * from {{ ref('int_sources_sequenced') }}

),

today as (

    select greatest(
        (select max(cast(exported_at as date)) from files), (select max(known_date) from said)
    ) as today_date

),

bounds as (

    select
        {{ member | join(', ') }},
        first_date
    from said
    union
    select
        {{ member | join(', ') }},
        cast('0001-01-01' as date) as first_date
    from said
    union
    select
        {{ member | join(', ') }},
        last_date + 1 as first_date
    from said
    where last_date < {{ last_day }}

),

spans as (

    select
        *,
        coalesce(lead(first_date) over (
            partition by {{ member | join(', ') }} order by first_date
        ) - 1, {{ last_day }}) as last_date
    from bounds

),

dated as (

    select
        {{ hashed([
            'spans.dimension', 'spans.member_id', 'spans.attribute', 'spans.first_date',
            'said.known_date'
        ]) }} as classification_id,
        spans.dimension,
        spans.member_id,
        spans.attribute,
        said.value,
        spans.first_date as valid_from_date,
        spans.last_date as valid_to_date,
        cast(said.known_date as timestamp) as known_from_at,
        cast(lead(said.known_date) over (
            partition by spans.dimension, spans.member_id, spans.attribute, spans.first_date
            order by said.known_date
        ) as timestamp) as known_to_at,
        said.reason
    from spans
    left join said
        on
            spans.dimension = said.dimension
            and spans.member_id = said.member_id
            and spans.attribute = said.attribute
            and spans.first_date between said.first_date and said.last_date

)

select
    dated.*,
    dated.known_to_at is null
    and today.today_date between dated.valid_from_date and dated.valid_to_date as is_today
from dated
cross join today
