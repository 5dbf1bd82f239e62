with

source as (

    {{ lake_rows('agreements') }}

),

files as (

    select * from {{ ref('stg_lake__files') }}

),

committed as (

    select
        ---------- ids
        source.file_sha256,
        coalesce(source.decision_id, source.file_sha256) as source_id,
        source.office_id,
        source.agreement_reference,

        ---------- strings
        source.sheet_name,
        source.donor_name,
        source.agreement_title,
        source.agreement_status,
        source.currency_code,
        files.file_name,

        ---------- numerics
        source.record_number,
        source.release_number,
        source.amount_original,

        ---------- booleans (null where the office does not say)
        source.multi_annual = 'yes' as is_multi_annual,
        source.gender_reference = 'yes' as has_gender_reference,
        source.gender_allocation = 'yes' as has_gender_allocation,
        source.social_partner_allocation = 'yes' as has_social_partner_allocation,

        ---------- dates and timestamps
        source.signed_date,
        source.start_date,
        source.end_date,
        files.exported_at,
        greatest(
            files.exported_at, coalesce(source.released_at, files.exported_at)
        ) as known_from_at,
        source.ended_at
    from source
    inner join files on source.file_sha256 = files.file_sha256

)

select * from committed
where ended_at is null or known_from_at < ended_at
