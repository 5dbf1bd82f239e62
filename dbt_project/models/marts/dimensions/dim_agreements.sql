with

agreements as (

    select * from {{ ref('int_agreements_known') }}
    where known_to_at is null

),

donors as (

    select * from {{ ref('dim_donors') }}

),

offices as (

    select * from {{ ref('dim_field_offices') }}

),

described as (

    select
        ---------- ids
        agreements.agreement_id,
        agreements.agreement_reference,
        agreements.donor_id,
        agreements.office_id,

        ---------- strings
        agreements.agreement_title,
        donors.donor_name,
        agreements.agreement_status,
        agreements.currency_code,

        ---------- numerics
        agreements.amount_original,

        ---------- booleans
        agreements.is_multi_annual,
        agreements.has_gender_reference,
        agreements.has_gender_allocation,
        agreements.has_social_partner_allocation,
        coalesce(offices.is_synthetic, false) as is_synthetic,

        ---------- dates and timestamps
        agreements.agreement_date,
        agreements.agreement_year,
        agreements.signed_date,
        agreements.start_date,
        agreements.end_date,
        agreements.known_from_at,

        ---------- provenance
        agreements.file_sha256,
        agreements.file_name,
        agreements.sheet_name,
        agreements.record_number
    from agreements
    left join donors on agreements.donor_id = donors.donor_id
    left join offices on agreements.office_id = offices.office_id

)

select * from described
