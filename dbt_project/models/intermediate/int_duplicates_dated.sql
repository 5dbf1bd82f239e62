-- The same project symbol reported by headquarters and by a field office is one approval: the
-- side that negotiated it counts, local the field office's row, central the headquarters'.
-- Headquarters' word decides where the two disagree, and the decision is marked as disputed, at
-- every moment at which either side said something new. What two people have decided goes before.
{%- set sides = ['symbol', 'is_forecast', 'decided_at'] %}
with

alive as (

    select * from {{ ref('int_duplicates_spoken_of') }}

),

sides as (

    select
        symbol,
        is_forecast,
        decided_at,
        min(case when office_role = 'headquarters' then nullif(negotiation, 'not-stated') end)
            as headquarters_word,
        min(case when office_role = 'field' then nullif(negotiation, 'not-stated') end)
            as field_word
    from alive
    group by symbol, is_forecast, decided_at
    having count(distinct office_role) = 2

),

decided as (

    select
        *,
        case
            when coalesce(headquarters_word, field_word) = 'local' then 'field'
            else 'headquarters'
        end as counted_role,
        coalesce(headquarters_word <> field_word, false) as is_disputed
    from sides

),

counted as (

    select
        {% for column in sides + ['is_disputed', 'counted_role'] -%}
        decided.{{ column }},
        {% endfor -%}
        min(alive.approval_id) as counted_approval_id
    from decided
    inner join alive
        on
            decided.symbol = alive.symbol
            and decided.is_forecast = alive.is_forecast
            and decided.decided_at = alive.decided_at
            and decided.counted_role = alive.office_role
    group by all

),

losing as (

    select
        {{ hashed(['alive.approval_id', 'alive.decided_at']) }} as duplicate_version_id,
        {{ pair_of('alive.approval_id', 'counted.counted_approval_id') }} as pair_id,
        alive.approval_id,
        counted.counted_approval_id,
        counted.counted_role,
        counted.is_disputed,
        alive.decided_at as known_from_at,
        alive.decided_to_at as known_to_at
    from counted
    inner join alive
        on
            counted.symbol = alive.symbol
            and counted.is_forecast = alive.is_forecast
            and counted.decided_at = alive.decided_at
            and counted.counted_role <> alive.office_role

)

select
    losing.*,
    cast(null as string) as decision_id
from losing
left join {{ ref('int_duplicates_judged') }} as judged
    on losing.pair_id = judged.pair_id and {{ is_within('losing.known_from_at', 'judged') }}
where judged.pair_id is null
union all
select
    {% for id in ['duplicate_version_id', 'pair_id', 'approval_id', 'counted_approval_id'] -%}
    {{ id }},
    {% endfor -%}
    cast(null as string) as counted_role,
    false as is_disputed,
    known_from_at,
    known_to_at,
    decision_id
from {{ ref('int_duplicates_judged') }}
where decision <> 'legitimate_repeat'
