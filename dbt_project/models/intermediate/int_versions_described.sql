-- Every version with its facts, what it added to the total of its year while it was known, and the
-- same of the version that it replaced.
{%- set copied = [
    'office_id', 'office_reference', 'project_symbol', 'project_title', 'donor_id',
    'recipient_id', 'funding_source_id', 'modality_id', 'negotiation', 'status',
    'amount_original', 'currency_code', 'approval_date', 'approval_year', 'is_withdrawn',
    'is_synthetic', 'file_sha256', 'file_name', 'sheet_name', 'record_number', 'decision_id'
] %}
{%- set replaced = [
    'project_symbol', 'project_title', 'donor_id', 'recipient_id', 'funding_source_id',
    'modality_id', 'negotiation', 'status', 'amount_original', 'currency_code', 'approval_date',
    'approval_year', 'file_sha256', 'file_name', 'sheet_name', 'record_number'
] %}
{%- set known = [
    'approval_version_id', 'approval_id', 'region_id', 'sector_id', 'donor_group_id',
    'version_number', 'statement_number', 'exchange_rate', 'rate_known_from_at', 'amount_usd',
    'is_duplicate', 'duplicate_decision_id', 'known_from_at', 'known_to_at'
] %}
{%- set lagged = {
    'region_id': 'region_before', 'sector_id': 'sector_before',
    'donor_group_id': 'donor_group_before', 'exchange_rate': 'rate_before'
} %}
{%- set causes = ['file_sha256', 'file_name', 'sheet_name', 'record_number', 'decision_id'] %}

with

described as (

    select
        changed.{{ known | join(', changed.') }},
        versions.{{ copied | join(', versions.') }},
        {% for column in replaced -%}
        befores.{{ column }} as before_{{ column }},
        {% endfor -%}
        {% for column, before in lagged.items() -%}
        changed.{{ before }} as before_{{ column }},
        {% endfor -%}
        {% for column in causes -%}
        coalesce(rates.{{ column }}, ended.{{ column }}) as rate_{{ column }},
        {% endfor -%}
        {{ version_kind('changed.version_number', 'changed.changed_by', 'versions') }}
            as version_kind,
        {{ version_kind('changed.version_number - 1', 'changed.before_changed_by', 'befores') }}
            as before_version_kind,
        case when versions.is_converted then rates.rate_set else versions.rate_set end
            as rate_set,
        case when versions.is_converted then rates.rate_month_date end as rate_month_date,
        changed.known_to_at is null as is_current,
        {{ has_effect('versions', 'changed.is_duplicate', 'changed.amount_usd', 'sources') }}
            as is_effective,
        case
            when changed.statement_before is not null
                then {{ has_effect(
                    'befores', 'changed.duplicate_before', 'changed.amount_before',
                    'sources_before'
                ) }}
        end as before_is_effective,
        changed.amount_before,
        due.due_at
    from {{ touched_rows('int_versions_known', 'int_versions_touched') }} as changed
    inner join {{ touched_rows('int_approvals_enriched', 'int_versions_touched') }} as versions
        on
            changed.approval_id = versions.approval_id
            and changed.statement_number = versions.statement_number
    left join {{ touched_rows('int_approvals_enriched', 'int_versions_touched') }} as befores
        on
            changed.approval_id = befores.approval_id
            and changed.statement_before = befores.statement_number
    left join {{ ref('int_rates_dated') }} as rates
        on
            rates.is_chosen
            and case when versions.is_converted then versions.currency_code end
            = rates.currency_code
            and versions.approval_month_date = rates.rate_month_date
            and changed.rate_known_from_at = rates.known_from_at
    left join {{ ref('int_rates_dated') }} as ended
        on
            ended.is_chosen
            and case when changed.rate_known_from_at is null then versions.currency_code end
            = ended.currency_code
            and versions.approval_month_date = ended.rate_month_date
            and changed.known_from_at = ended.known_to_at
    left join {{ ref('funding_sources') }} as sources
        on versions.funding_source_id = sources.funding_source_id
    left join {{ ref('funding_sources') }} as sources_before
        on befores.funding_source_id = sources_before.funding_source_id
    left join {{ ref('int_reports_due') }} as due
        on
            versions.office_id = due.office_id
            and versions.approval_date = due.approval_date

)

select
    *,
    case when is_effective then amount_usd else 0 end as effective_usd,
    case when before_is_effective then amount_before when not before_is_effective then 0 end
        as before_effective_usd
from described
