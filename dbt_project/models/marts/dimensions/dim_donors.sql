with

donors as (

    select * from {{ ref('int_donors_described') }}

),

described as (

    select
        donor_id,
        donor_name,
        donor_group,
        is_state,
        iso3_code,
        is_mapped
    from donors

)

select * from described
