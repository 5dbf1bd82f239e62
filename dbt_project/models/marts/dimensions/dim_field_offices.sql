with

offices as (

    select * from {{ ref('offices') }}

),

described as (

    select
        ---------- ids
        office_id,
        region_id,

        ---------- strings
        office_name,
        office_role,
        time_zone,
        language as language_code,
        cadence,
        coverage,
        usd_basis,
        reference_scope,

        ---------- booleans
        is_synthetic = 'yes' as is_synthetic
    from offices

)

select * from described
