-- Every version with its facts, and what it added to the total of its year while it was known.
{%- set copied = [
    'office_id', 'office_reference', 'project_symbol', 'project_title', 'donor_id',
    'recipient_id', 'funding_source_id', 'modality_id',
    'negotiation', 'status', 'amount_original', 'currency_code', 'approval_date',
    'approval_year', 'is_withdrawn', 'is_synthetic', 'file_sha256', 'file_name', 'sheet_name',
    'record_number', 'decision_id'
] %}
{%- set known = [
    'region_id', 'sector_id', 'donor_group_id', 'version_number', 'statement_number',
    'exchange_rate', 'rate_set', 'rate_month_date',
    'rate_known_from_at', 'amount_usd', 'is_duplicate', 'duplicate_decision_id'
] %}

with

changed as (

    select * from {{ ref('int_versions_known') }}

),

versions as (

    select * from {{ ref('int_approvals_enriched') }}

),

due as (

    select * from {{ ref('int_reports_due') }}

),

funding_sources as (

    select * from {{ ref('funding_sources') }}

),

described as (

    select
        changed.approval_version_id,
        changed.approval_id,
        {% for column in copied -%}
        versions.{{ column }},
        {% endfor -%}
        case
            when changed.version_number = 1 then 'new'
            when changed.statement_number <> changed.statement_before
                then versions.version_kind
            when changed.is_duplicate <> changed.duplicate_before
                then case when changed.is_duplicate then 'duplicate' else 'counted' end
            when (changed.exchange_rate is distinct from changed.rate_before) then 'revalued'
            else 'reclassified'
        end as version_kind,
        {% for column in known -%}
        changed.{{ column }},
        {% endfor -%}
        changed.known_to_at is null as is_current,
        (
            not versions.is_withdrawn
            and versions.status in ('approved', 'revised')
            and not changed.is_duplicate
            and changed.amount_usd is not null
            and coalesce(funding_sources.is_approval, 'yes') <> 'no'
        ) as is_effective,
        changed.known_from_at,
        changed.known_to_at,
        due.due_at,
        changed.rate_file_sha256,
        changed.rate_file_name,
        changed.rate_sheet_name,
        changed.rate_record_number
    from changed
    inner join versions
        on
            changed.approval_id = versions.approval_id
            and changed.statement_number = versions.statement_number
    left join funding_sources
        on versions.funding_source_id = funding_sources.funding_source_id
    left join due
        on
            versions.office_id = due.office_id
            and versions.approval_date = due.approval_date

),

effective as (

    select
        *,
        case when is_effective then amount_usd else 0 end as effective_usd
    from described

)

select * from effective
