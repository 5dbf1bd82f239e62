-- Each statement of a partnership agreement, known until another one counts; the last has no
-- known_to_at. The agreement reference decides which it is; without one the donor and the title.
{%- set columns = [
    'file_sha256', 'office_id', 'agreement_reference', 'sheet_name', 'donor_name',
    'agreement_title', 'agreement_status', 'currency_code', 'file_name', 'record_number',
    'amount_original', 'is_multi_annual', 'has_gender_reference', 'has_gender_allocation',
    'has_social_partner_allocation', 'signed_date', 'start_date', 'end_date'
] %}
{%- set latest_first = {
    'exported_at': 'desc', 'file_sha256': 'desc', 'release_number': 'desc', 'sheet_name': 'asc',
    'record_number': 'desc'
} %}

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

{{ counted_statements('identified', ['agreement_id'], columns, latest_first) }},

replaced as (

    select
        *,
        lead(moment_at) over (
            partition by agreement_id order by moment_at
        ) as known_to_at
    from counted

),

known as (

    select
        replaced.agreement_id,
        {% for column in columns -%}
        replaced.{{ column }},
        {% endfor -%}
        replaced.moment_at as known_from_at,
        replaced.known_to_at,
        coalesce(names.member_id, 'not-stated') as donor_id,
        coalesce(replaced.signed_date, replaced.start_date) as agreement_date
    from replaced
    left join names on replaced.donor_name = names.reported_name
    where replaced.file_sha256 is not null

)

select
    *,
    cast(extract(year from agreement_date) as integer) as agreement_year
from known
