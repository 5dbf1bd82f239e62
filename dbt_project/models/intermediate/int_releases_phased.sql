-- The phases of each approval of which a record was let out of quarantine: in each of them the
-- same released records hold. The first ends where the first release begins.
with

released as (

    select * from {{ ref('int_approvals_identified') }}
    where decision_id is not null and not is_repeated_reference

),

bounds as (

    select
        approval_id,
        released_at as phase_from_at
    from released
    union
    select
        approval_id,
        ended_at as phase_from_at
    from released
    where ended_at is not null
    union
    select
        approval_id,
        cast('0001-01-01' as timestamp) as phase_from_at
    from released

),

phased as (

    select
        approval_id,
        row_number() over phases - 1 as phase_number,
        phase_from_at,
        coalesce(
            lead(phase_from_at) over phases, cast('9999-12-31' as timestamp)
        ) as phase_to_at
    from bounds
    window phases as (partition by approval_id order by phase_from_at)

)

select * from phased
