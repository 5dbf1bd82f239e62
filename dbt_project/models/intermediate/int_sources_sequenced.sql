-- What approvals are known from, office by office, in the order of knowledge: files, and behind
-- each file the records that were let out of its quarantine, one source for each approval of one.
-- And for each source the first later file that states its period whole again.
{%- set columns = [
    'file_sha256', 'office_id', 'file_name', 'exported_at', 'period_start_date',
    'period_end_date'
] %}

with

files as (

    select
        file_sha256,
        office_id,
        file_name,
        coverage,
        exported_at,
        coalesce(period_start_date, cast('0001-01-01' as date)) as period_start_date,
        coalesce(period_end_date, cast('9999-12-31' as date)) as period_end_date
    from {{ ref('stg_lake__files') }}
    where dataset = 'approvals'

),

released as (

    select * from {{ ref('stg_lake__released') }}

),

-- A record alone states no period whole.
sources as (

    select
        file_sha256 as source_id,
        0 as release_number,
        coverage,
        {{ columns | join(',\n        ') }}
    from files
    union all
    select
        released.decision_id as source_id,
        released.release_number,
        'delta' as coverage,
        files.{{ columns | join(',\n        files.') }}
    from released
    inner join files on released.file_sha256 = files.file_sha256

),

numbered as (

    select
        *,
        row_number() over (
            partition by office_id order by exported_at, file_sha256, release_number
        ) as source_order
    from sources

),

restated as (

    select
        earlier.source_id,
        min(later.source_order) as restating_order
    from numbered as earlier
    inner join numbered as later
        on
            earlier.office_id = later.office_id
            and earlier.source_order < later.source_order
            and earlier.period_start_date >= later.period_start_date
            and earlier.period_end_date <= later.period_end_date
    where later.coverage = 'cumulative'
    group by earlier.source_id

),

sequenced as (

    select
        numbered.*,
        restated.restating_order
    from numbered
    left join restated on numbered.source_id = restated.source_id

)

select * from sequenced
