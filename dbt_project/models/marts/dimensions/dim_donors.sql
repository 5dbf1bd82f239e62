with

donors as (

    select * from {{ ref('int_donors_described') }}

),

classifications as (

    select * from {{ ref('int_classifications_dated') }}
    where is_today and attribute = 'donor_group'

),

described as (

    select
        donors.donor_id,
        donors.donor_name,
        coalesce(classifications.value, donors.donor_group) as donor_group,
        donors.is_state,
        donors.iso3_code,
        donors.is_mapped
    from donors
    left join classifications on donors.donor_id = classifications.member_id

)

select * from described
