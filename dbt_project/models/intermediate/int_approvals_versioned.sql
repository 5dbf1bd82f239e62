-- One version for each thing that an office said and had not said before: an approval, a
-- change of it, its withdrawal. Stating it again unchanged makes no version.
with

events as (

    select * from {{ ref('int_approvals_dated') }}

),

sources as (

    select * from {{ ref('int_sources_sequenced') }}

),

compared as (

    select
        *,
        lag(content_hash) over (
            partition by approval_id order by phase_number, source_order
        ) as previous_hash,
        coalesce(lag(is_withdrawn) over (
            partition by approval_id order by phase_number, source_order
        ), false) as was_withdrawn
    from events

),

changes as (

    select
        *,
        row_number() over (
            partition by approval_id order by phase_number, source_order
        ) as version_number
    from compared
    where content_hash is distinct from previous_hash or is_withdrawn <> was_withdrawn

),

dated as (

    select
        changes.approval_id,
        changes.version_number,
        changes.is_withdrawn,
        case
            when changes.version_number = 1 then 'new'
            when changes.is_withdrawn then 'withdrawn'
            when changes.was_withdrawn then 'reinstated'
            else 'revised'
        end as version_kind,
        changes.known_at as known_from_at,
        lead(changes.known_at) over (
            partition by changes.approval_id order by changes.version_number
        ) as known_to_at,
        lead(changes.version_number) over (
            partition by changes.approval_id order by changes.version_number
        ) is null as is_current,
        said.file_sha256,
        said.file_name,
        changes.record_id
    from changes
    inner join sources as said
        on changes.office_id = said.office_id and changes.said_order = said.source_order

)

select * from dated
