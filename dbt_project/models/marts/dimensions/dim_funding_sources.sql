with

funding_sources as (

    select * from {{ ref('funding_sources') }}

),

mapped as (

    select
        funding_source_id,
        funding_source_name,
        is_approval = 'yes' as is_approval,
        true as is_mapped
    from funding_sources
    where funding_source_id not in ('not-stated', 'unmapped')

),

unknown as (

    select
        'not-stated' as funding_source_id,
        'Not stated' as funding_source_name,
        true as is_approval,
        false as is_mapped
    union all
    select
        'unmapped' as funding_source_id,
        'Unmapped' as funding_source_name,
        true as is_approval,
        false as is_mapped

),

unioned as (

    select * from mapped
    union all
    select * from unknown

)

select * from unioned
