{%- set fields = [
    'status', 'version_kind', 'amount_original', 'currency_code', 'effective_usd',
    'approval_date', 'donor_id', 'recipient_id', 'region_id', 'sector_id',
    'funding_source_id', 'modality_id', 'negotiation', 'project_symbol'
] %}

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
        after.known_from_at,
        after.file_sha256,
        after.file_name,
        after.sheet_name,
        after.record_number,
        after.effective_usd - before.effective_usd as change_usd,
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

),

-- The change in US$ stands on the row of the counted amount alone, so that rows add up.
changed as (

    {%- for field in fields %}
    {% if not loop.first %}union all{% endif %}
    select
        {{ hashed(['approval_version_id', "'" ~ field ~ "'"]) }} as restatement_id,
        approval_id,
        office_id,
        version_number,
        '{{ field }}' as field_name,
        before_{{ field }} as value_before,
        after_{{ field }} as value_after,
        cast({{ 'change_usd' if field == 'effective_usd' else 0 }} as decimal(18, 2))
            as change_usd,
        known_from_at,
        file_sha256,
        file_name,
        sheet_name,
        record_number
    from pairs
    where before_{{ field }} is distinct from after_{{ field }}
    {%- endfor %}

)

select * from changed
