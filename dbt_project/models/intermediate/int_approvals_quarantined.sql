-- A record in quarantine was not withdrawn: where one of its cells is the reference of an
-- approval that its office has reported, what was last known of that approval stands.
with

rejects as (

    select * from {{ ref('stg_lake__rejects') }}
    where dataset = 'approvals'

),

approvals as (

    select
        office_id,
        identity_value,
        approval_id,
        -- What a release that has ended let through is known no longer.
        bool_or(ended_at is null) as is_known
    from {{ ref('int_approvals_identified') }}
    where identity_basis <> 'natural_key'
    group by office_id, identity_value, approval_id

),

cells as (

    select
        file_sha256,
        office_id,
        sheet_name,
        record_number,
        {{ json_cells('raw_cells') }} as cell
    from rejects

),

recognised as (

    select
        cells.file_sha256,
        cells.office_id,
        cells.sheet_name,
        cells.record_number,
        approvals.approval_id,
        approvals.is_known
    from cells
    inner join approvals
        on
            cells.office_id = approvals.office_id
            and trim(cells.cell) = approvals.identity_value
    group by all

)

select * from recognised
