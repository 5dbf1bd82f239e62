with

versions as (

    select * from {{ ref('int_approvals_enriched') }}

),

described as (

    select
        ---------- ids
        approval_version_id,
        approval_id,
        office_id,
        project_symbol,
        donor_id,
        recipient_id,
        region_id,
        sector_id,
        funding_source_id,
        modality_id,

        ---------- strings
        version_kind,
        status,
        negotiation,
        currency_code,

        ---------- numerics
        version_number,
        amount_original,
        exchange_rate,
        amount_usd,

        ---------- booleans
        is_withdrawn,
        is_current,
        is_synthetic,

        ---------- dates and timestamps
        approval_date,
        approval_year,
        known_from_at,
        known_to_at,

        ---------- provenance
        file_sha256,
        file_name,
        sheet_name,
        record_number,
        decision_id
    from versions

)

select * from described
