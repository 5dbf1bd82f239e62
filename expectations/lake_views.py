"""The lake as the gates see it: schema `audit`, read from the Parquet files and manifests.

Only what rules compare is taken up: no title, name, remark or raw cell enters the audit.
"""

from datetime import date

from duckdb import DuckDBPyConnection

from approvals.configuration import Configuration
from approvals.settings import Settings
from expectations.common import create_common, create_released_files, quoted

MANIFEST_COLUMNS = {
    "file_sha256": "varchar",
    "office_id": "varchar",
    "dataset": "varchar",
    "original_name": "varchar",
    "rows_read": "bigint",
    "rows_accepted": "bigint",
    "rows_rejected": "bigint",
    "rows_dropped": "bigint",
    "totals": 'struct(currency_code varchar, "rows" bigint, amount_original decimal(38, 2))[]',
    "control_totals": "struct(sheet_name varchar, record_number bigint, stated decimal(38, 2), "
    "computed decimal(38, 2), agrees boolean)[]",
    "coverage": "varchar",
    "period_start": "date",
    "period_end": "date",
    "exported_at": "timestamptz",
    "received_at": "timestamptz",
    "status": "varchar",
}
"""The keys of a manifest that the rules read, with their types (docs/lake.md)."""

FILES = """
create or replace table audit.files as
select
    loaded.*,
    loaded.file_sha256 not in (select file_sha256 from audit.released_files) as is_new,
    coalesce(loaded.coverage = 'cumulative' and exists (
        from audit.manifests as later
        where later.office_id = loaded.office_id
            and later.dataset = loaded.dataset
            and later.coverage = 'cumulative'
            and later.period_start is not distinct from loaded.period_start
            and later.period_end is not distinct from loaded.period_end
            and (later.exported_at > loaded.exported_at
            or later.exported_at = loaded.exported_at
            and later.file_sha256 > loaded.file_sha256)
    ), false) as is_superseded
from audit.manifests as loaded;
"""

ROWS = """
create table audit.approvals as
select
    files.file_sha256,
    files.office_id,
    stored.sheet_name,
    stored.record_number,
    substr(files.file_sha256, 1, 12) || ' record ' || stored.record_number as row_key,
    coalesce(stored.office_reference, stored.project_symbol) as reference,
    stored.status,
    stored.approval_date,
    stored.currency_code,
    stored.amount_original,
    stored.amount_usd_reported,
    files.exported_at,
    files.is_new,
    files.is_superseded
from audit.stored_approvals as stored
inner join audit.files as files on files.file_sha256 = stored.file_sha256;
"""

NEW_ROWS = """
create view audit.new_files as from audit.files where is_new;

create view audit.control_totals as
select file_sha256, unnest(control_totals, recursive := true) from audit.files;

create view audit.usual_rows as
select
    files.file_sha256,
    median(others.rows_accepted + others.rows_rejected) as row_count,
    count(*) as file_count
from audit.new_files as files
inner join audit.files as others
    on others.office_id = files.office_id
    and others.dataset = files.dataset
    and others.exported_at < files.exported_at
group by files.file_sha256;

create view audit.previous_exports as
select
    files.file_sha256,
    arg_max(earlier.rows_accepted + earlier.rows_rejected, earlier.exported_at) as row_count,
    max(earlier.exported_at) as exported_at
from audit.new_files as files
inner join audit.files as earlier
    on earlier.office_id = files.office_id
    and earlier.dataset = files.dataset
    and earlier.coverage = 'cumulative'
    and files.coverage = 'cumulative'
    and earlier.period_start is not distinct from files.period_start
    and earlier.period_end is not distinct from files.period_end
    and earlier.exported_at < files.exported_at
group by files.file_sha256;

create table audit.rejects as
select
    stored.file_sha256, files.office_id, stored.reason_code, stored.currency_code,
    stored.amount_original, files.is_new
from audit.stored_rejected as stored
inner join audit.files as files on files.file_sha256 = stored.file_sha256;

create view audit.latest_references as
select office_id, reference, max(exported_at) as exported_at
from audit.approvals where reference is not null
group by office_id, reference;

create table audit.new_approvals as
select approvals.*
from audit.approvals as approvals
left join audit.latest_references as latest
    on latest.office_id = approvals.office_id
    and latest.reference = approvals.reference
where approvals.is_new and not approvals.is_superseded
    and (latest.exported_at is null or latest.exported_at = approvals.exported_at);

create view audit.new_rejects as from audit.rejects where is_new;

create view audit.stored_rows as
select file_sha256, count(*) as row_count from (
    select file_sha256 from audit.approvals
    union all by name select file_sha256 from audit.stored_rates
    union all by name select file_sha256 from audit.stored_agreements
) as stored group by file_sha256;

create view audit.stored_rejects as
select file_sha256, count(*) as row_count from audit.stored_rejected group by file_sha256;

create view audit.stated_totals as
select file_sha256, total.currency_code, total.amount_original
from (select file_sha256, unnest(totals) as total from audit.new_files) as stated;

create view audit.stored_totals as
select file_sha256, currency_code, sum(amount_original) as amount_original
from (
    select file_sha256, currency_code, amount_original from audit.approvals
    union all select file_sha256, currency_code, amount_original from audit.stored_agreements
) as stored
where amount_original is not null
    and file_sha256 in (select file_sha256 from audit.new_files)
group by file_sha256, currency_code;
"""

USUAL_AMOUNTS = """
create table audit.earlier_amounts as
select
    later.file_sha256,
    later.row_key,
    arg_max(earlier.amount_original, earlier.exported_at) as amount_original
from audit.new_approvals as later
inner join audit.approvals as earlier
    on earlier.office_id = later.office_id
    and earlier.reference = later.reference
    and earlier.currency_code is not distinct from later.currency_code
    and earlier.exported_at < later.exported_at
where earlier.amount_original > 0
group by later.file_sha256, later.row_key;

create table audit.file_medians as
select
    file_sha256, office_id, currency_code, count(*) as row_count,
    median(amount_original) as median_amount, min(amount_original) as least_amount,
    max(amount_original) as most_amount
from audit.approvals where amount_original > 0 and currency_code is not null
group by file_sha256, office_id, currency_code;

create table audit.amount_medians as
select
    medians.*,
    coalesce(
        median(others.median_amount) filter (where others.office_id = medians.office_id
            and others.row_count >= audit.threshold('slip_rows')),
        median(others.median_amount) filter (where
            others.row_count >= audit.threshold('slip_rows'))
    ) as usual_amount,
    coalesce(
        max(others.most_amount) filter (where others.office_id = medians.office_id),
        max(others.most_amount)
    ) as largest_amount
from audit.file_medians as medians
left join audit.file_medians as others
    on others.currency_code = medians.currency_code
    and others.file_sha256 <> medians.file_sha256
where medians.file_sha256 in (select file_sha256 from audit.new_files)
group by all;

create view audit.quarantined_amounts as
select
    office_id,
    currency_code,
    sum(amount_original) filter (where is_rejected) as rejected_amount,
    coalesce(sum(amount_original) filter (where not is_rejected), 0) as accepted_amount
from (
    select office_id, currency_code, abs(amount_original) as amount_original,
        true as is_rejected from audit.rejects where is_new
    union all
    select office_id, currency_code, abs(amount_original), false
    from audit.approvals where is_new
) as amounts
where currency_code is not null
group by office_id, currency_code;

create view audit.rates as
select
    rate_set || ' ' || currency_code || ' ' || rate_month as rate_key,
    currency_code,
    units_per_usd,
    lag(units_per_usd) over (partition by rate_set, currency_code order by rate_month)
        as previous_units_per_usd
from (
    select
        stored.rate_set, stored.currency_code, stored.rate_month,
        arg_max(stored.units_per_usd, files.exported_at) as units_per_usd
    from audit.stored_rates as stored
    inner join audit.files as files on files.file_sha256 = stored.file_sha256
    group by all
) as latest;
"""

SOURCES = {
    "approvals": "stored_approvals",
    "rejects": "stored_rejected",
    "rates": "stored_rates",
    "agreements": "stored_agreements",
}


def create_lake_tables(
    connection: DuckDBPyConnection,
    settings: Settings,
    configuration: Configuration,
    known_at: date | None = None,
) -> None:
    """Lay out what both gates need of the lake: its files and its approval rows.

    With `known_at` only the files are there that were known at the end of that day (UTC).

    Raises:
        duckdb.Error: a manifest or Parquet file of the lake cannot be read.
    """
    create_common(connection, configuration)
    create_released_files(connection, settings)
    columns = ", ".join(f"{name} {kind}" for name, kind in MANIFEST_COLUMNS.items())
    connection.execute(f"create table audit.manifests ({columns})")
    paths = sorted((settings.lake / "files").glob("*.json"))
    if paths:
        typed = ", ".join(f"{name}: '{kind}'" for name, kind in MANIFEST_COLUMNS.items())
        files = ", ".join(quoted(str(path)) for path in paths)
        connection.execute(
            f"insert into audit.manifests from read_json([{files}], columns = {{{typed}}}) "
            "where cast(exported_at as date) <= coalesce($known_at, date 'infinity')",
            {"known_at": known_at},
        )
    connection.execute(FILES)
    for table, view in SOURCES.items():
        glob = quoted(str(settings.lake / table / "*" / "*.parquet"))
        connection.execute(
            f"create view audit.{view} as from read_parquet({glob}, hive_partitioning = false)"
        )
    connection.execute(ROWS)


def create_new_tables(connection: DuckDBPyConnection) -> None:
    """Add what the raw gate compares: the new files and rows, and what is usual for an office.

    Raises:
        duckdb.Error: a Parquet file of the lake cannot be read.
    """
    connection.execute(NEW_ROWS)
    connection.execute(USUAL_AMOUNTS)
