-- Each statement of a partnership agreement, known until the next one; the last has no
-- known_to_at. The agreement reference decides which it is; without one the donor and the title.
with

agreements as (

    select * from {{ ref('stg_lake__agreements') }}

),

names as (

    select * from {{ ref('int_names_resolved') }}
    where dimension = 'donor'

),

identified as (

    select
        *,
        {{ hashed([
            'office_id', 'coalesce(agreement_reference, donor_name)',
            'case when agreement_reference is null then agreement_title end'
        ]) }} as agreement_id
    from agreements

),

replaced as (

    select
        *,
        lead(exported_at) over (
            partition by agreement_id
            order by exported_at asc, file_sha256 asc, sheet_name desc, record_number asc
        ) as known_to_at
    from identified

),

known as (

    select
        replaced.*,
        coalesce(names.member_id, 'not-stated') as donor_id,
        coalesce(replaced.signed_date, replaced.start_date) as agreement_date
    from replaced
    left join names on replaced.donor_name = names.reported_name

)

select
    *,
    cast(extract(year from agreement_date) as integer) as agreement_year
from known
