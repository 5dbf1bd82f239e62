-- Approvals whose versions this build makes anew: those of which something was said since the
-- build before, and those that began or ceased to count in the place of another.
with

duplicates as (

    {% if is_continued() or not execute -%}
    {{ changed_rows('int_duplicates_dated') }}
    {%- else -%}
    select cast(null as string) as approval_id
    where false
    {%- endif %}

)

select approval_id from {{ ref('int_approvals_touched') }}
union
select approval_id from duplicates
