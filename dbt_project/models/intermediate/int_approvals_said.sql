-- What each source said of an approval: a record, or by its silence a withdrawal of what was
-- last said. A phase in which nothing was said yet begins with silence too.
with

stated as (

    select * from {{ ref('int_approvals_stated') }}

),

sources as (

    select * from {{ ref('int_sources_sequenced') }}

),

phases as (

    select * from {{ ref('int_releases_phased') }}

),

said as (

    select
        approval_id,
        phase_number,
        office_id,
        source_order,
        record_id,
        content_hash,
        false as is_withdrawn
    from stated
    where record_id is not null
    union all
    select
        withdrawn.approval_id,
        withdrawn.phase_number,
        withdrawn.office_id,
        withdrawn.withdrawn_order as source_order,
        recorded.record_id,
        recorded.content_hash,
        true as is_withdrawn
    from stated as withdrawn
    inner join stated as recorded
        on
            withdrawn.approval_id = recorded.approval_id
            and withdrawn.phase_number = recorded.phase_number
            and withdrawn.record_order = recorded.source_order
    where withdrawn.withdrawn_order is not null

),

heard as (

    select
        said.*,
        sources.exported_at
    from said
    inner join sources
        on said.office_id = sources.office_id and said.source_order = sources.source_order
    union all
    select
        approval_id,
        phase_number,
        cast(null as string) as office_id,
        0 as source_order,
        cast(null as string) as record_id,
        cast(null as string) as content_hash,
        true as is_withdrawn,
        phase_from_at as exported_at
    from phases
    where phase_number > 0

)

select * from heard
