with

sectors as (

    select * from {{ ref('sectors') }}

),

mapped as (

    select
        sector_id,
        sector_name,
        cast(valid_from as date) as valid_from_date,
        cast(valid_to as date) as valid_to_date,
        true as is_mapped
    from sectors
    where
        sector_id not in ('not-stated', 'unmapped')
        and (known_from is null or {{ is_known('known_from') }})

),

unknown as (

    select
        'not-stated' as sector_id,
        'Not stated' as sector_name,
        cast(null as date) as valid_from_date,
        cast(null as date) as valid_to_date,
        false as is_mapped
    union all
    select
        'unmapped' as sector_id,
        'Unmapped' as sector_name,
        cast(null as date) as valid_from_date,
        cast(null as date) as valid_to_date,
        false as is_mapped

),

unioned as (

    select * from mapped
    union all
    select * from unknown

)

select * from unioned
