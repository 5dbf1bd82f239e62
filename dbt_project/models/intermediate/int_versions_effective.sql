-- Why each version came, and what it replaced: each restated field beside what it had been.
{%- set classified = classified_fields() %}
{%- set stated = ['status', 'amount_original', 'currency_code', 'approval_date'] %}
{%- set places = ['file_sha256', 'file_name', 'sheet_name', 'record_number'] %}

with

described as (

    select * from {{ ref('int_versions_described') }}

),

compared as (

    select
        *,
        version_kind = 'withdrawn' and file_sha256 = before_file_sha256 as is_release_ended,
        {{ all_alike(['status']) }} as is_status_alike,
        {{ all_alike(stated) }} as is_stated_alike,
        {{ all_alike(classified) }} as is_classified_alike
    from described

)

-- A re-classification is said by the configuration and by no file of an office. No file withdraws a
-- record of its own: where it seems so, the release of that record from quarantine has ended.
-- The office says that it revised, or another status; other facts than before correct it.
select
    approval_version_id,
    approval_id,
    office_id,
    {% for column in restated_fields() -%}
    {{ column }},
    before_{{ column }},
    {% endfor -%}
    case
        when version_kind = 'new' and due_at < known_from_at then 'late_report'
        when version_kind = 'new' then 'new_report'
        when version_kind in ('duplicate', 'counted') then 'double_count'
        when version_kind = 'revalued' then 'exchange_rate'
        when version_kind = 'reclassified' then 'reclassification'
        when version_kind = 'withdrawn' then 'withdrawal'
        when version_kind = 'reinstated' then 'reinstatement'
        when status = 'revised' or not is_status_alike then 'revision'
        when is_stated_alike and not is_classified_alike then 'reclassification'
        else 'correction'
    end as change_reason,
    version_number,
    statement_number,
    rate_set,
    rate_month_date,
    rate_known_from_at,
    amount_usd,
    before_approval_year,
    is_withdrawn,
    is_duplicate,
    duplicate_decision_id,
    is_current,
    is_synthetic,
    is_effective,
    before_is_effective,
    approval_year,
    known_from_at,
    known_to_at,
    {% for column in places -%}
    {{ column }},
    before_{{ column }},
    {% endfor -%}
    decision_id,
    case version_kind
        when 'revalued' then rate_decision_id
        when 'reclassified' then null
        else decision_id
    end as cause_decision_id,
    {%- for column in places %}
    case version_kind
        when 'revalued' then rate_{{ column }}
        when 'reclassified'
            then {{ "'seeds/classifications.csv'" if column == 'file_name' else 'null' }}
        when 'withdrawn'
            then case when is_release_ended then before_{{ column }} else {{ column }} end
        else {{ column }}
    end as cause_{{ column }}
    {%- if not loop.last %},{% endif %}
    {%- endfor %}
from compared
