-- What was known of an approval, and from when. A record of a file is known with the file; one
-- let out of quarantine while that holds: with each phase all that was said is read anew. What
-- was replaced at the moment it came was never known.
with

said as (

    select * from {{ ref('int_approvals_said') }}

),

phases as (

    select * from {{ ref('int_releases_phased') }}

),

moments as (

    select
        said.*,
        coalesce(phases.phase_to_at, cast('9999-12-31' as timestamp)) as phase_to_at,
        greatest(
            said.exported_at, coalesce(phases.phase_from_at, said.exported_at)
        ) as known_at
    from said
    left join phases
        on
            said.approval_id = phases.approval_id
            and said.phase_number = phases.phase_number

),

followed as (

    select
        *,
        lead(known_at) over (
            partition by approval_id, phase_number order by source_order
        ) as followed_at
    from moments

),

compared as (

    select
        *,
        lag(is_withdrawn) over earlier as was_withdrawn,
        lag(office_id) over earlier as office_before,
        lag(source_order) over earlier as order_before,
        lag(record_id) over earlier as record_before,
        lag(content_hash) over earlier as content_before
    from followed
    where known_at < phase_to_at and known_at is distinct from followed_at
    window earlier as (partition by approval_id order by phase_number, source_order)

),

-- By silence what was known is withdrawn; of what was never known nothing can be withdrawn.
dated as (

    select
        approval_id,
        phase_number,
        source_order,
        is_withdrawn,
        known_at,
        coalesce(office_id, office_before) as office_id,
        case when record_id is null then order_before else source_order end as said_order,
        coalesce(record_id, record_before) as record_id,
        coalesce(content_hash, content_before) as content_hash
    from compared
    where record_id is not null or not was_withdrawn

)

select * from dated
