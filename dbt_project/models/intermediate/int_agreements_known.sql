-- Each partnership agreement as last stated. The agreement reference decides which it is;
-- without one the donor and the title.
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

ranked as (

    select
        *,
        row_number() over (
            partition by agreement_id
            order by exported_at desc, file_sha256 desc, sheet_name asc, record_number desc
        ) as preference
    from identified

),

known as (

    select
        ranked.*,
        coalesce(names.member_id, 'not-stated') as donor_id,
        coalesce(ranked.signed_date, ranked.start_date) as agreement_date
    from ranked
    left join names on ranked.donor_name = names.reported_name
    where ranked.preference = 1

)

select
    *,
    cast(extract(year from agreement_date) as integer) as agreement_year
from known
