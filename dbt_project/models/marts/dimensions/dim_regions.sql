with

regions as (

    select * from {{ ref('regions') }}

),

mapped as (

    select
        region_id,
        region_name,
        is_interregional = 'yes' as is_interregional,
        cast(valid_from as date) as valid_from_date,
        cast(valid_to as date) as valid_to_date,
        true as is_mapped
    from regions
    where
        region_id not in ('not-stated', 'unmapped')
        and (known_from is null or {{ is_known('known_from') }})

),

unknown as (

    select
        'not-stated' as region_id,
        'Not stated' as region_name,
        false as is_interregional,
        cast(null as date) as valid_from_date,
        cast(null as date) as valid_to_date,
        false as is_mapped
    union all
    select
        'unmapped' as region_id,
        'Unmapped' as region_name,
        false as is_interregional,
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
