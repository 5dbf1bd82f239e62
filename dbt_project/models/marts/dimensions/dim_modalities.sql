with

modalities as (

    select * from {{ ref('modalities') }}

),

mapped as (

    select
        modality_id,
        modality_name,
        is_pooled = 'yes' as is_pooled,
        true as is_mapped
    from modalities
    where modality_id not in ('not-stated', 'unmapped')

),

unknown as (

    select
        'not-stated' as modality_id,
        'Not stated' as modality_name,
        false as is_pooled,
        false as is_mapped
    union all
    select
        'unmapped' as modality_id,
        'Unmapped' as modality_name,
        false as is_pooled,
        false as is_mapped

),

unioned as (

    select * from mapped
    union all
    select * from unknown

)

select * from unioned
