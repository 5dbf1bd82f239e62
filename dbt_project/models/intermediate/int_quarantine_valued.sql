-- Quarantined records in US$, as far as their date, amount and currency can be read, and
-- whether each still stands: not let through by two people, not stated again by a later export
-- of the same period, and not an approval that is already counted as it was last known.
with

rejects as (

    select
        *,
        {{ hashed(['file_sha256', 'dataset', 'sheet_name', 'record_number']) }}
            as quarantine_id
    from {{ ref('stg_lake__rejects') }}

),

decided as (

    select * from {{ ref('int_quarantine_decided') }}

),

files as (

    select * from {{ ref('int_sources_sequenced') }}

),

recognised as (

    select
        file_sha256,
        sheet_name,
        record_number
    from {{ ref('int_approvals_quarantined') }}
    where is_known
    group by all

),

rates as (

    select * from {{ ref('int_rates_dated') }}
    where is_chosen and known_to_at is null

),

valued as (

    select
        rejects.quarantine_id,
        coalesce(decided.state, 'waiting') as state,
        decided.decision_id,
        rejects.file_sha256,
        rejects.office_id,
        rejects.dataset,
        rejects.file_name,
        rejects.sheet_name,
        rejects.record_number,
        rejects.reason_code,
        rejects.reason_codes,
        rejects.reason_column,
        rejects.message,
        rejects.raw_text,
        rejects.approval_date,
        rejects.amount_original,
        rejects.currency_code,
        case
            when rejects.currency_code = 'USD' then rejects.amount_original
            else {{ exact_ratio('rejects.amount_original', 'rates.units_per_usd') }}
        end as amount_usd,
        (
            rejects.dataset = 'approvals'
            and coalesce(decided.state, 'waiting') <> 'released'
            and files.restating_order is null
            and recognised.file_sha256 is null
        ) as is_standing
    from rejects
    left join decided on rejects.quarantine_id = decided.quarantine_id
    left join files on rejects.file_sha256 = files.source_id
    left join recognised
        on
            rejects.file_sha256 = recognised.file_sha256
            and rejects.sheet_name = recognised.sheet_name
            and rejects.record_number = recognised.record_number
    left join rates
        on
            rejects.currency_code = rates.currency_code
            and cast(date_trunc('month', rejects.approval_date) as date)
            = rates.rate_month_date

)

select * from valued
