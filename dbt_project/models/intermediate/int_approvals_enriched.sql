-- Every version, classified and converted. A withdrawal keeps what was last said.
{%- set identity = [
    'office_id', 'identity_basis', 'office_reference', 'project_symbol', 'repeat_number',
    'agreement_reference', 'decision_id'
] %}
{%- set members = [
    'donor_id', 'recipient_id', 'region_id as base_region_id', 'sector_id as base_sector_id',
    'donor_group as base_donor_group', 'funding_source_id', 'modality_id'
] %}

with

versions as (

    select * from {{ ref('int_approvals_versioned') }}

),

records as (

    select * from {{ ref('int_approvals_converted') }}

),

enriched as (

    select
        ---------- ids
        {{ hashed(['versions.approval_id', 'versions.version_number']) }}
            as statement_id,
        versions.approval_id,
        {% for column in identity -%}
        records.{{ column }},
        {% endfor -%}
        {% for column in members -%}
        records.{{ column }},
        {% endfor -%}

        ---------- strings
        {% for column in [
            'office_role', 'project_title', 'status', 'usd_basis', 'dwcp_outcome',
            'gender_marker', 'tripartism_marker', 'remarks', 'currency_code', 'warning_codes'
        ] -%}
        records.{{ column }},
        {% endfor -%}
        coalesce(records.negotiation, 'not-stated') as negotiation,
        records.rate_set,
        versions.version_kind,

        ---------- numerics
        versions.version_number as statement_number,
        records.amount_original,
        records.exchange_rate,
        records.amount_usd,
        ---------- booleans
        versions.is_withdrawn,
        versions.is_current,
        records.is_synthetic,
        records.usd_basis = 'rates' and records.currency_code <> 'USD' as is_converted,

        ---------- dates and timestamps
        records.approval_date,
        cast(extract(year from records.approval_date) as integer) as approval_year,
        cast(date_trunc('month', records.approval_date) as date) as approval_month_date,
        records.rate_month_date,
        records.rate_known_from_at,
        records.start_date,
        records.end_date,
        versions.known_from_at,
        versions.known_to_at,

        ---------- provenance
        versions.file_sha256,
        versions.file_name,
        case when not versions.is_withdrawn then records.sheet_name end as sheet_name,
        case when not versions.is_withdrawn then records.record_number end as record_number
    from records
    inner join versions on records.record_id = versions.record_id

)

select * from enriched
