-- Every two approvals that are, or may be, one, as now known, and what was decided of them: by
-- a rule, by two people, or not yet.
with

dated as (

    select * from {{ ref('int_duplicates_dated') }}
    where known_to_at is null and decision_id is null

),

judged as (

    select * from {{ ref('int_duplicates_judged') }}
    where known_to_at is null

),

suspected as (

    select * from {{ ref('int_duplicates_suspected') }}

),

unioned as (

    select
        pair_id,
        approval_id,
        counted_approval_id,
        'reported_twice' as suspicion,
        'counts_once' as decision,
        case
            when counted_role = 'field'
                then 'negotiated locally: the row of the field office counts'
            else 'negotiated centrally: the row of headquarters counts'
        end as reason,
        'rule' as decided_by,
        cast(null as string) as decision_id,
        is_disputed,
        known_from_at
    from dated
    union all
    select
        pair_id,
        approval_id,
        counted_approval_id,
        suspicion,
        decision,
        reason,
        decided_by,
        decision_id,
        false as is_disputed,
        known_from_at
    from judged
    union all
    select
        pair_id,
        approval_id,
        counted_approval_id,
        suspicion,
        'undecided' as decision,
        case suspicion
            when 'two_symbols'
                then 'same donor, amount, currency, date and title under two symbols'
            when 'two_offices'
                then 'two offices report the same donor, amount, currency, date and title'
            else 'the office reports the same donor, amount, currency, date and title twice'
        end as reason,
        cast(null as string) as decided_by,
        cast(null as string) as decision_id,
        false as is_disputed,
        known_from_at
    from suspected

)

select * from unioned
