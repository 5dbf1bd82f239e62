with

recipients as (

    select * from {{ ref('recipients') }}

),

mapped as (

    select
        recipient_id,
        recipient_name,
        recipient_type,
        region_id,
        true as is_mapped
    from recipients
    where recipient_id not in ('not-stated', 'unmapped')

),

unknown as (

    select
        'not-stated' as recipient_id,
        'Not stated' as recipient_name,
        'unknown' as recipient_type,
        cast(null as string) as region_id,
        false as is_mapped
    union all
    select
        'unmapped' as recipient_id,
        'Unmapped' as recipient_name,
        'unknown' as recipient_type,
        cast(null as string) as region_id,
        false as is_mapped

),

unioned as (

    select * from mapped
    union all
    select * from unknown

)

select * from unioned
