{%- set fields = restated_fields() %}
{%- set classified = classified_fields() %}

with

versions as (

    select * from {{ ref('int_versions_effective') }}
    where {{ is_touched('approval_id', 'int_versions_touched') }}

),

-- Where all versions are read they are named in each branch: a CTE that is read more than once is
-- kept whole, all columns of every version, before the first branch reads two of them.
-- The change in US$ stands on the row of the counted amount alone, so that rows add up. What had
-- counted before goes from one member to another, which changes no total.
changed as (

    {%- for field in fields %}
    {% if not loop.first %}union all{% endif %}
    select
        {{ hashed(['approval_version_id', "'" ~ field ~ "'"]) }} as restatement_id,
        approval_id,
        office_id,
        version_number,
        approval_year,
        change_reason,
        '{{ field }}' as field_name,
        cast(before_{{ field }} as string) as value_before,
        cast({{ field }} as string) as value_after,
        cast({{
            'effective_usd - before_effective_usd' if field == 'effective_usd' else 0
        }} as decimal(18, 2)) as change_usd,
        cast({{ 'before_effective_usd' if field in classified else 0 }} as decimal(18, 2))
            as moved_usd,
        known_from_at,
        cause_file_sha256 as file_sha256,
        cause_file_name as file_name,
        cause_sheet_name as sheet_name,
        cause_record_number as record_number,
        cause_decision_id as decision_id,
        before_file_sha256,
        before_file_name,
        before_sheet_name,
        before_record_number
    from {{ 'versions' if is_continued() else ref('int_versions_effective') }}
    where version_number > 1 and {{ field }} is distinct from before_{{ field }}
    {%- endfor %}

),

-- An approval that comes after the export that should have held it changes what was printed.
late as (

    select
        {{ hashed(['approval_version_id', "'effective_usd'"]) }} as restatement_id,
        approval_id,
        office_id,
        version_number,
        approval_year,
        change_reason,
        'effective_usd' as field_name,
        cast(null as string) as value_before,
        cast(effective_usd as string) as value_after,
        effective_usd as change_usd,
        cast(0 as decimal(18, 2)) as moved_usd,
        known_from_at,
        file_sha256,
        file_name,
        sheet_name,
        record_number,
        decision_id,
        cast(null as string) as before_file_sha256,
        cast(null as string) as before_file_name,
        cast(null as string) as before_sheet_name,
        cast(null as bigint) as before_record_number
    from versions
    where change_reason = 'late_report'

),

unioned as (

    select * from changed
    union all
    select * from late

)

select * from unioned
