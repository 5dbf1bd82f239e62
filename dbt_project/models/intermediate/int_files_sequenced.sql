-- The approvals files of each office in the order of knowledge, and for each file the first
-- later one that states its period whole again.
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

numbered as (

    select
        *,
        row_number() over (
            partition by office_id order by exported_at, file_sha256
        ) as file_order
    from files

),

restated as (

    select
        earlier.file_sha256,
        min(later.file_order) as restating_order
    from numbered as earlier
    inner join numbered as later
        on
            earlier.office_id = later.office_id
            and earlier.file_order < later.file_order
            and earlier.period_start_date >= later.period_start_date
            and earlier.period_end_date <= later.period_end_date
    where later.coverage = 'cumulative'
    group by earlier.file_sha256

),

sequenced as (

    select
        numbered.*,
        restated.restating_order
    from numbered
    left join restated on numbered.file_sha256 = restated.file_sha256

)

select * from sequenced
