with

versions as (

    select * from {{ ref('int_approvals_versioned') }}

),

records as (

    select * from {{ ref('int_approvals_identified') }}
    where not is_repeated_reference

),

classified as (

    select * from {{ ref('int_approvals_classified') }}

),

converted as (

    select * from {{ ref('int_approvals_converted') }}

),

enriched as (

    select
        ---------- ids
        {{ hashed(['versions.approval_id', 'versions.version_number']) }}
            as approval_version_id,
        versions.approval_id,
        records.office_id,
        records.identity_basis,
        records.office_reference,
        records.project_symbol,
        records.repeat_number,
        records.agreement_reference,
        classified.donor_id,
        classified.recipient_id,
        classified.region_id,
        classified.sector_id,
        classified.funding_source_id,
        classified.modality_id,
        records.decision_id,

        ---------- strings
        records.office_role,
        records.project_title,
        records.status,
        coalesce(records.negotiation, 'not-stated') as negotiation,
        records.dwcp_outcome,
        records.gender_marker,
        records.tripartism_marker,
        records.remarks,
        records.usd_basis,
        records.currency_code,
        converted.rate_set,
        records.warning_codes,
        versions.version_kind,

        ---------- numerics
        versions.version_number,
        records.amount_original,
        converted.exchange_rate,
        converted.amount_usd,

        ---------- booleans
        versions.is_withdrawn,
        versions.is_current,
        records.is_synthetic,

        ---------- dates and timestamps
        records.approval_date,
        cast(extract(year from records.approval_date) as integer) as approval_year,
        converted.rate_month_date,
        records.start_date,
        records.end_date,
        versions.known_from_at,
        versions.known_to_at,

        ---------- provenance
        versions.file_sha256,
        versions.file_name,
        case when not versions.is_withdrawn then records.sheet_name end as sheet_name,
        case when not versions.is_withdrawn then records.record_number end
            as record_number
    from versions
    inner join records
        on
            versions.approval_id = records.approval_id
            and versions.record_file_sha256 = records.file_sha256
    inner join classified on records.record_id = classified.record_id
    inner join converted on records.record_id = converted.record_id

)

select * from enriched
