"""A small audited candidate: what the stages before leave in a build folder.

The audit's record is written here by hand, so that these tests need neither dbt nor Great
Expectations; the night as a whole is tested with both in `tests/approvals`.
"""

import hashlib
import json
from pathlib import Path

import duckdb

import publish
from approvals.configuration import Configuration
from approvals.settings import Settings

CONFIG_SHA256 = "c" * 64

TABLES = """
create schema marts; create schema quality; create schema staging;
create table marts.fct_approvals as
select 'a' || number as approval_id, 2005 + number % 2 as approval_year,
    cast($value + number as decimal(18, 2)) as amount_usd
from range(1000) as numbers (number);
comment on column marts.fct_approvals.amount_usd is 'US$, it''s converted';
create view marts.rpt_approvals_by_year as
select approval_year, count(*) as approval_count, sum(amount_usd) as amount_usd
from marts.fct_approvals group by approval_year;
create view staging.stg_lake as select '/lake/path' as place;
create table staging.stg_lake__decisions as select 0 as entry_number, '' as entry_id where false;
create table quality.files as
select 'f1' as file_sha256, 'hq' as office_id, 'approvals' as dataset, 'hq.csv' as original_name,
    timestamp '2006-01-31 12:00:00' as exported_at;
create table quality.quarantine as
select 'q1' as quarantine_id, 'secret name' as raw_text, 'secret message' as message;
"""


def settings_of(home: Path) -> Settings:
    """Return settings with this home."""
    return Settings(home=home, threads=1)


def configuration_of(home: Path, sha256: str = CONFIG_SHA256) -> Configuration:
    """Return a configuration that is nothing but its hash."""
    return Configuration(folder=home, offices=(), sha256=sha256, drop_folders=(), rate_set="test")


def write_candidate(
    settings: Settings,
    run_id: str,
    *,
    value: int = 1,
    lake: str = "passed",
    marts: str = "passed",
    journal: tuple[int, str] | None = None,
    config_sha256: str = CONFIG_SHA256,
) -> Path:
    """Write a candidate whose amounts start at `value` and its audit; return the database.

    `journal` is the number and hash of the newest entry that it was built with.
    """
    build = settings.builds / run_id
    (build / "quality").mkdir(parents=True)
    database = build / "approvals.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute(TABLES.replace("$value", str(value)))
        if journal:
            connection.execute("insert into staging.stg_lake__decisions values (?, ?)", journal)
    gates = {
        "lake": _gate(lake, config_sha256),
        "marts": {
            **_gate(marts, config_sha256),
            "database_sha256": hashlib.sha256(database.read_bytes()).hexdigest(),
        },
    }
    record = json.dumps({"run_id": run_id, "gates": gates})
    (build / "quality" / "results.json").write_text(record, encoding="utf-8")
    (build / "quality" / "report.html").write_text(f"<p>{run_id}</p>", encoding="utf-8")
    return database


def _gate(outcome: str, config_sha256: str) -> dict[str, object]:
    return {
        "outcome": outcome,
        "audited_at": "2026-11-24T00:00:00+00:00",
        "config_sha256": config_sha256,
        "results": [{"rule_id": "DQ-002", "success": outcome == "passed"}],
    }


def hashes_below(folder: Path) -> dict[str, str]:
    """Return the hash of every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def published_run(settings: Settings, run_id: str, value: int = 1) -> publish.Release:
    """Write a candidate and publish it under a new token."""
    token = publish.draw_token(settings)
    write_candidate(settings, run_id, value=value)
    return publish.publish_release(settings, configuration_of(settings.home), run_id, token=token)


def publish_candidate(settings: Settings, run_id: str) -> publish.Release:
    """Publish the candidate that a run has written, under a new token."""
    token = publish.draw_token(settings)
    configuration = configuration_of(settings.home)
    return publish.publish_release(settings, configuration, run_id, token=token)
