-- Approvals that may be one with another: their facts are the same and their titles alike. No
-- rule is certain of it; both count until people decide. A title is compared with its neighbour
-- in the alphabet, and an approval with the first known of its neighbourhood: never all with all.
with

alike as (

    select * from {{ ref('int_duplicates_alike') }}

),

offices as (

    select * from {{ ref('offices') }}

),

judged as (

    select pair_id from {{ ref('int_duplicates_judged') }}
    where known_to_at is null

),

neighbours as (

    select
        *,
        lag(title) over (
            partition by facts_id order by title, first_known_at, approval_id
        ) as title_before
    from alike

),

neighbourhoods as (

    select
        *,
        sum(
            case when {{ is_alike('title', 'title_before') }} then 0 else 1 end
        ) over (
            partition by facts_id order by title, first_known_at, approval_id
        ) as neighbourhood
    from neighbours

),

ranked as (

    select
        *,
        row_number() over (
            partition by facts_id, neighbourhood order by first_known_at, approval_id
        ) as place
    from neighbourhoods

),

paired as (

    select
        {{ pair_of('firsts.approval_id', 'others.approval_id') }} as pair_id,
        firsts.approval_id as counted_approval_id,
        others.approval_id,
        others.approval_year,
        others.amount_usd,
        case
            when firsts.symbol <> others.symbol then 'two_symbols'
            when firsts.office_id <> others.office_id then 'two_offices'
            else 'same_row'
        end as suspicion,
        others.first_known_at as known_from_at,
        coalesce(offices.reference_scope = 'repeatable', false)
        and firsts.office_id = others.office_id
            as is_repeatable
    from ranked as firsts
    inner join ranked as others
        on
            firsts.facts_id = others.facts_id
            and firsts.neighbourhood = others.neighbourhood
            and firsts.place = 1
            and others.place > 1
    left join offices on others.office_id = offices.office_id

)

-- What an office may repeat is no suspicion, unless it stands under two symbols.
select
    pair_id,
    counted_approval_id,
    approval_id,
    approval_year,
    amount_usd,
    suspicion,
    known_from_at
from paired
where
    (suspicion = 'two_symbols' or not is_repeatable)
    and pair_id not in (select judged.pair_id from judged)
