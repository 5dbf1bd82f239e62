with

recipients as (

    select * from {{ ref('recipients') }}

),

-- A recipient has its region, and the region may be part of another one since.
classifications as (

    select * from {{ ref('int_classifications_dated') }}
    where is_today and attribute = 'region_id'

),

mapped as (

    select
        recipients.recipient_id,
        recipients.recipient_name,
        recipients.recipient_type,
        coalesce(regions_as.value, recipients_as.value, recipients.region_id) as region_id,
        true as is_mapped
    from recipients
    left join classifications as recipients_as
        on
            recipients.recipient_id = recipients_as.member_id
            and recipients_as.dimension = 'recipient'
    left join classifications as regions_as
        on
            coalesce(recipients_as.value, recipients.region_id) = regions_as.member_id
            and regions_as.dimension = 'region'
    where recipients.recipient_id not in ('not-stated', 'unmapped')

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
