with

versions as (

    select * from {{ ref('int_versions_effective') }}
    where {{ is_touched('approval_id', 'int_versions_touched') }}

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
        donor_group_id,
        funding_source_id,
        modality_id,

        ---------- strings
        version_kind,
        change_reason,
        status,
        negotiation,
        currency_code,
        rate_set,

        ---------- numerics
        version_number,
        amount_original,
        exchange_rate,
        amount_usd,
        effective_usd,

        ---------- booleans
        is_withdrawn,
        is_duplicate,
        is_effective,
        is_current,
        is_synthetic,

        ---------- dates and timestamps
        approval_date,
        approval_year,
        rate_month_date,
        rate_known_from_at,
        known_from_at,
        known_to_at,

        ---------- provenance
        file_sha256,
        file_name,
        sheet_name,
        record_number,
        cause_file_sha256,
        cause_file_name,
        cause_sheet_name,
        cause_record_number,
        cause_decision_id,
        decision_id,
        duplicate_decision_id
    from versions

)

select * from described
