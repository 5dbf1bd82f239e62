with

approvals as (

    select * from {{ ref('int_approvals_decided') }}

),

described as (

    select
        ---------- ids
        approval_id,
        office_id,
        identity_basis,
        office_reference,
        project_symbol,
        repeat_number,
        agreement_reference,
        donor_id,
        recipient_id,
        region_id,
        sector_id,
        donor_group_id,
        today_region_id,
        today_sector_id,
        today_donor_group_id,
        funding_source_id,
        modality_id,

        ---------- strings
        project_title,
        status,
        negotiation,
        dwcp_outcome,
        gender_marker,
        tripartism_marker,
        remarks,
        usd_basis,
        currency_code,
        rate_set,
        not_counted_reason,
        warning_codes,

        ---------- numerics
        amount_original,
        exchange_rate,
        amount_usd,

        ---------- booleans
        is_counted,
        is_withdrawn,
        dwcp_outcome is not null as has_dwcp_outcome,
        is_synthetic,

        ---------- dates and timestamps
        approval_date,
        rate_month_date,
        rate_known_from_at,
        start_date,
        end_date,
        approval_year,
        {{ biennium_start('approval_year') }} as biennium_start_year,
        version_number,
        known_from_at,

        ---------- provenance
        file_sha256,
        file_name,
        sheet_name,
        record_number,
        decision_id
    from approvals

)

select * from described
