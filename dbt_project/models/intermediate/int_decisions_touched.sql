-- Approvals of which this build decides anew whether they are repeated: those whose versions it
-- makes anew, and those that are, or were in the build before, suspected to be another one.
with

pairs as (

    select approval_id from {{ ref('int_duplicates_decided') }}
    {%- if is_continued() %}
    union all
    select approval_id from {{ before('int_duplicates_decided') }}
    {%- endif %}

)

select approval_id from {{ ref('int_versions_touched') }}
union
select approval_id from pairs
