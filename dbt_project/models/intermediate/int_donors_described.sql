with

donors as (

    select * from {{ ref('donors') }}

),

names as (

    select * from {{ ref('int_names_resolved') }}
    where dimension = 'donor' and not is_mapped

),

mapped as (

    select
        donor_id,
        donor_name,
        donor_group,
        is_state = 'yes' as is_state,
        iso3_code,
        true as is_mapped
    from donors

),

-- Of several spellings that fold to the same name the first in the alphabet is shown.
unmapped as (

    select
        member_id as donor_id,
        min(reported_name) as donor_name,
        'Unmapped' as donor_group,
        cast(null as boolean) as is_state,
        cast(null as string) as iso3_code,
        false as is_mapped
    from names
    where member_id <> 'not-stated'
    group by member_id

),

not_stated as (

    select
        'not-stated' as donor_id,
        'Not stated' as donor_name,
        'Not stated' as donor_group,
        cast(null as boolean) as is_state,
        cast(null as string) as iso3_code,
        false as is_mapped

),

unioned as (

    select * from mapped
    where donor_id <> 'not-stated'
    union all
    select * from unmapped
    union all
    select * from not_stated

)

select * from unioned
