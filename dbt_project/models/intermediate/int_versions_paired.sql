-- Each version beside the one that it replaced, their fields as text.
{%- set fields = restated_fields() %}

with

versions as (

    select * from {{ ref('int_versions_effective') }}

),

pairs as (

    select
        after.approval_version_id,
        after.approval_id,
        after.office_id,
        after.version_number,
        after.approval_year,
        after.change_reason,
        after.known_from_at,
        after.cause_file_sha256,
        after.cause_file_name,
        after.cause_sheet_name,
        after.cause_record_number,
        before.file_sha256 as before_file_sha256,
        before.file_name as before_file_name,
        before.sheet_name as before_sheet_name,
        before.record_number as before_record_number,
        after.effective_usd - before.effective_usd as change_usd,
        before.effective_usd as moved_usd,
        {%- for field in fields %}
        cast(before.{{ field }} as string) as before_{{ field }},
        cast(after.{{ field }} as string) as after_{{ field }}
        {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from versions as after
    inner join versions as before
        on
            after.approval_id = before.approval_id
            and after.version_number = before.version_number + 1

)

select * from pairs
