with

offices as (

    select * from {{ ref('offices') }}

),

files as (

    select * from {{ ref('stg_lake__files') }}

),

declared as (

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

),

-- A file named on the command line may belong to an office that nobody has declared yet.
undeclared as (

    select distinct
        files.office_id,
        cast(null as string) as region_id,
        files.office_id || ' (not declared in offices.csv)' as office_name,
        'field' as office_role,
        'UTC' as time_zone,
        cast(null as string) as language_code,
        'irregular' as cadence,
        'delta' as coverage,
        'rates' as usd_basis,
        'repeatable' as reference_scope,
        false as is_synthetic
    from files
    left join declared on files.office_id = declared.office_id
    where declared.office_id is null

),

described as (

    select * from declared
    union all
    select * from undeclared

)

select * from described
