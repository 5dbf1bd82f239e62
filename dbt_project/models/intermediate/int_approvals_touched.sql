-- Approvals of which this build may know something else than the one before, by what offices,
-- treasury and people said since: rather some too many. None where all is made anew.
{%- set said = [
    'approval_id', 'office_id', 'source_id', 'file_sha256', 'decision_id', 'approval_date',
    'currency_code'
] %}
{%- if is_continued() or not execute %}
with

-- Also those in quarantine: a file speaks of the approval that they name.
records as (

    select {{ said | join(', ') }} from {{ ref('int_approvals_identified') }}
    union all
    select
        approval_id,
        office_id,
        file_sha256 as source_id,
        file_sha256,
        cast(null as string) as decision_id,
        cast(null as date) as approval_date,
        cast(null as string) as currency_code
    from {{ ref('int_approvals_quarantined') }}

),

sources as (

    select * from {{ ref('int_sources_sequenced') }}

),

added as (

    select * from sources
    where
        release_number = 0
        and file_sha256 in (select files.file_sha256 from {{ ref('int_files_new') }} as files)

),

-- What lies in a new file's period came late or in time; what it states whole and lacks, it withdraws.
lacking as (

    select records.approval_id
    from records
    inner join sources on records.source_id = sources.source_id
    inner join added
        on
            records.office_id = added.office_id
            and (
                (
                    (
                        added.coverage = 'cumulative'
                        or added.period_start_date > cast('0001-01-01' as date)
                    )
                    and records.approval_date between
                    added.period_start_date and added.period_end_date
                )
                or (
                    added.coverage = 'cumulative'
                    and sources.period_start_date >= added.period_start_date
                    and sources.period_end_date <= added.period_end_date
                )
            )

),

quarantined as (

    {{ changed_rows('int_approvals_quarantined') }}

),

rates as (

    {{ changed_rows('int_rates_dated') }}

)

-- Of what people let out of quarantine there is little, and any of it may have ended.
select approval_id from records
where
    decision_id is not null
    or file_sha256 in (select added.file_sha256 from added)
union
select approval_id from lacking
union
select approval_id from quarantined
union
select records.approval_id
from records
inner join rates
    on
        records.currency_code = rates.currency_code
        and cast(date_trunc('month', records.approval_date) as date) = rates.rate_month_date
{%- else %}
select cast(null as string) as approval_id
where false
{%- endif %}
