-- depends_on: {{ ref('int_records_touched') }}
-- Only records on which something that is shown stands, and of them only the cells that a
-- column map names: what no map names may be anything, and stays in the lake.
with

-- A record that was let out of quarantine has its cells among the rejected ones.
cells as (

    select
        file_sha256,
        sheet_name,
        record_number,
        raw_cells
    from {{ ref('stg_lake__record_cells') }}
    union all
    select
        file_sha256,
        sheet_name,
        record_number,
        raw_cells
    from {{ ref('stg_lake__rejects') }}

),

columns_read as (

    select * from {{ ref('lineage_file_columns') }}

),

shown as (

    select
        file_sha256,
        sheet_name,
        record_number
    from {{ ref('fct_approval_versions') }}
    where
        record_number is not null
        and {{ is_touched('approval_id', 'int_versions_touched') }}
    union
    select
        file_sha256,
        sheet_name,
        record_number
    from {{ ref('dim_agreements') }}
    union
    select
        file_sha256,
        sheet_name,
        record_number
    from {{ ref('fct_exchange_rates') }}

),

mapped as (

    select
        file_sha256,
        sheet_name,
        {{ listed('column_position') }} as positions
    from columns_read
    group by file_sha256, sheet_name

),

masked as (

    select
        shown.file_sha256,
        shown.sheet_name,
        shown.record_number,
        {{ masked_cells('cells.raw_cells', 'mapped.positions') }} as raw_cells
    from shown
    inner join cells
        on
            shown.file_sha256 = cells.file_sha256
            and shown.sheet_name = cells.sheet_name
            and shown.record_number = cells.record_number
    inner join mapped
        on
            shown.file_sha256 = mapped.file_sha256
            and shown.sheet_name = mapped.sheet_name

)

select * from masked
