"""A small sound warehouse on disk: lake, candidate and release in place, for the gates to audit.

Two offices: `hq` sends deltas, `bangkok` restates its whole picture each month; a treasury sends
rates. All is laid out as tables of one in-memory database first, so that a test can spoil one
value by SQL before it becomes Parquet, JSON and DuckDB files.
"""

import hashlib
import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from approvals.configuration import Configuration
from approvals.contracts import CANDIDATE_NAME, LAKE_TABLES
from approvals.offices import Office
from approvals.settings import Settings

RUN_ID = "run-2"
RELEASE_ID = "run-1"
CONFIG_SHA256 = "c" * 64

FILES = """
create table files as
select sha256(name) as file_sha256, * from (values
    ('hq-1', 'hq', 'approvals', 'delta', timestamptz '2006-01-31 12:00:00+00', false),
    ('hq-2', 'hq', 'approvals', 'delta', timestamptz '2006-02-28 12:00:00+00', false),
    ('hq-3', 'hq', 'approvals', 'delta', timestamptz '2006-03-31 12:00:00+00', false),
    ('hq-4', 'hq', 'approvals', 'delta', timestamptz '2006-04-30 12:00:00+00', true),
    ('bangkok-1', 'bangkok', 'approvals', 'cumulative', timestamptz '2006-02-01', false),
    ('bangkok-2', 'bangkok', 'approvals', 'cumulative', timestamptz '2006-03-01', true),
    ('rates-1', 'treasury', 'rates', 'delta', timestamptz '2006-01-02 12:00:00+00', false),
    ('agreements-1', 'hq', 'agreements', 'delta', timestamptz '2006-01-02 12:00:00+00', false)
) as listed (name, office_id, dataset, coverage, exported_at, is_new)
"""
ROWS = """
insert into approvals by name
select file_sha256, office_id, '' as sheet_name, number + 1 as record_number, '[]' as raw_cells,
    'Donor' as donor_name,
    date '2004-12-01' + if(number % 2 = 0 and name <> 'hq-4', 0, 180) as approval_date,
    cast(10000 + 100 * number as decimal(18, 2)) as amount_original,
    if(number % 3 = 0, 'EUR', 'USD') as currency_code, 'approved' as status,
    office_id || '-' || if(office_id = 'bangkok', '', name || '-') || number as office_reference
from files, range(1, if(name = 'bangkok-2', 35, 31)) as numbers (number)
where dataset = 'approvals';
insert into rates by name
select file_sha256, office_id, '' as sheet_name, number + 2 as record_number, '[]' as raw_cells,
    'monthly' as rate_set, 'EUR' as currency_code, rate_month,
    cast(0.8 + 0.01 * number as decimal(18, 8)) as units_per_usd
from files, (select number, date '2005-01-01' + to_months(cast(number as integer)) as rate_month
    from range(24) as numbers (number))
where dataset = 'rates';
insert into agreements by name
select file_sha256, office_id, '' as sheet_name, 2 as record_number, '[]' as raw_cells,
    'Donor' as donor_name, 'signed' as agreement_status
from files where dataset = 'agreements';
insert into rejects by name
select file_sha256, office_id, dataset, '' as sheet_name, 90 as record_number,
    'amount_unreadable' as reason_code, 'amount_unreadable' as reason_codes,
    'secret <b>name</b>' as raw_text, '[]' as raw_cells
from files where name in ('hq-1', 'bangkok-2');
"""
MANIFESTS = """
create table counts as
select file_sha256, count(*) filter (where is_accepted) as rows_accepted,
    count(*) filter (where not is_accepted) as rows_rejected
from (
    select file_sha256, true as is_accepted from approvals
    union all select file_sha256, true from rates
    union all select file_sha256, true from agreements
    union all select file_sha256, false from rejects
) as stored group by file_sha256;
create table manifests as
select file_sha256, office_id, dataset, name || ' <i>.csv' as original_name,
    rows_accepted + rows_rejected + 1 as rows_read, rows_accepted, rows_rejected,
    1 as rows_dropped, coverage, cast(null as date) as period_start,
    cast(null as date) as period_end, exported_at, exported_at + interval 1 hour as received_at,
    if(rows_rejected > 0, 'quarantined_rows', 'loaded') as status, is_new
from files inner join counts using (file_sha256);
create table totals as
select file_sha256, currency_code, count(*) as "rows", sum(amount_original) as amount_original
from approvals group by all;
create table control_totals as
select file_sha256, 40 as record_number, sum(amount_original) as stated,
    sum(amount_original) as computed, true as agrees
from approvals group by file_sha256;
"""
CANDIDATE = Path(__file__).with_name("candidate.sql").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Warehouse:
    """Where the files lie, and what reads them."""

    settings: Settings
    configuration: Configuration

    @property
    def build(self) -> Path:
        """The build folder of the run to audit."""
        return self.settings.builds / RUN_ID


def write_warehouse(
    home: Path,
    spoil: str = "",
    *,
    has_marts: bool = True,
    has_release: bool = True,
    release_config: str = CONFIG_SHA256,
) -> Warehouse:
    """Write the sound warehouse, with whatever the SQL in `spoil` does to its tables.

    The tables are files, approvals, rates, agreements, rejects, manifests, totals and
    control_totals of the lake; `candidate.<table>` and `released.<table>` of the marts.
    """
    settings = Settings(home=home, threads=1)
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'")
        for table, schema in LAKE_TABLES.items():
            connection.register("contract", pa.schema(schema).empty_table())
            connection.execute(f"create table {table} as from contract")
        connection.execute(FILES + ";" + ROWS + MANIFESTS)
        for schema, condition in (("candidate", "true"), ("released", "not is_new")):
            connection.execute(CANDIDATE.replace("$schema", schema).replace("$known", condition))
        connection.execute(spoil)
        _write_lake(connection, settings.lake)
        if has_marts:
            _write_database(connection, "candidate", settings.builds / RUN_ID)
        if has_release:
            _write_release(connection, settings.releases, release_config, has_marts=has_marts)
    _write_dbt_artefacts(settings.builds / RUN_ID / "target")
    return Warehouse(settings, _configuration(home))


def _write_lake(connection: duckdb.DuckDBPyConnection, lake: Path) -> None:
    for table, schema in LAKE_TABLES.items():
        folder = lake / table / "office=_none"
        folder.mkdir(parents=True)
        pq.write_table(schema.empty_table(), folder / f"{table}.parquet")
        keys = connection.execute(f"select distinct office_id, file_sha256 from {table}").fetchall()
        for office_id, sha256 in keys:
            path = lake / table / f"office={office_id}" / f"{sha256}.parquet"
            path.parent.mkdir(exist_ok=True)
            connection.execute(
                f"copy (from {table} where file_sha256 = '{sha256}') to '{path}' (format parquet)"
            )
    (lake / "files").mkdir()
    for manifest in _records(connection, "from manifests"):
        key = manifest["file_sha256"]
        for part in ("totals", "control_totals"):
            rows = _records(connection, f"from {part} where file_sha256 = '{key}'")
            manifest[part] = [{k: v for k, v in row.items() if k != "file_sha256"} for row in rows]
        (lake / "files" / f"{key}.json").write_text(json.dumps(manifest), encoding="utf-8")


def _write_database(connection: duckdb.DuckDBPyConnection, schema: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    connection.execute(f"attach '{folder / CANDIDATE_NAME}' as target")
    tables = connection.execute(
        "select table_name from information_schema.tables where table_schema = ?", [schema]
    ).fetchall()
    connection.execute("create schema target.marts; create schema target.quality")
    for (name,) in tables:
        home = "quality" if name in {"files", "quarantine"} else "marts"
        connection.execute(f"create table target.{home}.{name} as from {schema}.{name}")
    connection.execute("detach target")


def _write_release(
    connection: duckdb.DuckDBPyConnection, releases: Path, config_sha256: str, *, has_marts: bool
) -> None:
    folder = releases / RELEASE_ID
    folder.mkdir(parents=True)
    if has_marts:
        _write_database(connection, "released", folder)
    inputs = _records(connection, "select file_sha256 from released.files")
    manifest = {"inputs": inputs, "config_sha256": config_sha256}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    (releases / "current").symlink_to(RELEASE_ID)


def _write_dbt_artefacts(target: Path) -> None:
    target.mkdir(parents=True)
    unique_id = "test.approvals.every_approval_has_a_donor"
    node = {
        "name": "every_approval_has_a_donor",
        "config": {"severity": "ERROR"},
        "attached_node": "model.approvals.fct_approvals",
        "original_file_path": "models/marts/_marts__models.yml",
        "description": "Every approval has a donor.",
    }
    results = [
        {"unique_id": unique_id, "status": "pass", "failures": 0},
        {"unique_id": "model.approvals.fct_approvals", "status": "success", "failures": None},
    ]
    (target / "run_results.json").write_text(json.dumps({"results": results}), encoding="utf-8")
    (target / "manifest.json").write_text(
        json.dumps({"nodes": {unique_id: node}, "unit_tests": {}}), encoding="utf-8"
    )


def _configuration(home: Path) -> Configuration:
    offices = tuple(
        Office.model_validate(
            {
                "office_id": office_id,
                "office_name": f"Office {office_id}",
                "office_role": role,
                "time_zone": "UTC",
                "language": "en",
                "decimal_sign": ".",
                "date_order": "dmy",
                "cadence": "monthly",
                "coverage": "delta",
                "file_pattern": "*",
                "exported_at_source": "file_name",
                "usd_basis": "rates",
                "reference_scope": "unique",
                "is_synthetic": "yes",
            }
        )
        for office_id, role in (
            ("hq", "headquarters"),
            ("bangkok", "field"),
            ("treasury", "treasury"),
        )
    )
    return Configuration(
        folder=home, offices=offices, sha256=CONFIG_SHA256, drop_folders=(), rate_set="test"
    )


def _records(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, object]]:
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description]
    return [
        {
            name: str(value) if isinstance(value, Decimal) or hasattr(value, "year") else value
            for name, value in zip(names, row, strict=True)
        }
        for row in cursor.fetchall()
    ]


def sha256_of(path: Path) -> str:
    """Return the hash of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
