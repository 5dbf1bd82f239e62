with

source as (

    {{ lake_rows('approvals') }}

),

files as (

    select
        file_sha256,
        file_name
    from {{ ref('stg_lake__files') }}

),

-- A row without a manifest was never committed.
committed as (

    select
        ---------- ids
        source.file_sha256,
        source.office_id,
        source.office_reference,
        source.project_symbol,
        source.agreement_reference,
        source.decision_id,
        coalesce(source.decision_id, source.file_sha256) as source_id,

        ---------- strings
        files.file_name,
        source.sheet_name,
        source.warning_codes,
        source.project_title,
        source.donor_name,
        source.donor_type,
        source.recipient_name,
        source.region_name,
        source.sector_name,
        source.funding_source_name,
        source.modality_name,
        source.dwcp_outcome,
        source.gender_marker,
        source.tripartism_marker,
        source.remarks,
        source.negotiation,
        source.status,
        source.currency_code,

        ---------- numerics
        source.record_number,
        source.release_number,
        source.amount_original,
        source.exchange_rate_reported,
        source.amount_usd_reported,

        ---------- dates and timestamps
        source.approval_date,
        source.start_date,
        source.end_date,
        {{ utc_timestamp('source.reported_at') }} as reported_at,
        source.released_at,
        source.ended_at
    from source
    inner join files on source.file_sha256 = files.file_sha256
    -- Money moved on an approval is no approval: such records stay in the lake alone.
    where source.status <> 'payment'

)

select * from committed
