"""The candidate as the mart gate sees it, beside the release in place.

`audit.<table>` is the candidate's, `audit.released_<table>` the release's. Without a release, or
with one that lacks a column that a comparison needs, the latter is empty and says so in
`audit.release_in_place`.
"""

import json
from pathlib import Path

from duckdb import DuckDBPyConnection

from approvals.changes import MEMBERS, READ, missing_columns
from approvals.configuration import Configuration
from approvals.contracts import CANDIDATE_NAME
from approvals.settings import Settings
from expectations.common import quoted
from expectations.figure_drifts import create_figure_drifts
from expectations.published_tables import create_published_table_checks
from expectations.released_records import create_released_records

SHARE_REPORTS = {
    "rpt_donor_approvals_by_year": "donor_id",
    "rpt_region_shares_by_year": "region_id",
    "rpt_sector_shares_by_year": "sector_id",
    "rpt_modality_shares_by_year": "modality_id",
    "rpt_donor_group_shares_by_year": "donor_group_id",
    "rpt_funding_source_shares_by_year": "funding_source_id",
}
"""Report of shares → the column of its member."""

COMPARED = {
    "fct_approvals": (
        "approval_id",
        "office_id",
        "approval_year",
        "amount_usd",
        "is_counted",
        "is_withdrawn",
        *MEMBERS,
    ),
    "fct_approval_versions": ("approval_version_id", "approval_id"),
    "rpt_approvals_by_year": ("approval_year", "amount_usd", "approval_count"),
    "rpt_published_figures": ("figure_id", "operator", "expected_value", "value", "status"),
    **{
        report: ("approval_year", member, "amount_usd", "share_pct", "share_residual_pct")
        for report, member in SHARE_REPORTS.items()
    },
}
"""Tables that are compared with the release in place, and the columns that it takes."""

WANTED = {
    table: tuple(dict.fromkeys((*COMPARED.get(table, ()), *READ.get(table, ()))))
    for table in COMPARED | READ
}
"""The same with the columns by which a moved figure is explained."""

AUDITED = (*COMPARED, "rpt_local_mobilisation_by_year", "rpt_office_scorecard")

DERIVED = """
create view audit.candidate_files as from candidate.quality.files;

create view audit.candidate_quarantine as
select file_sha256, count(*) as row_count from candidate.quality.quarantine group by file_sha256;

create view audit.counted_years as
select approval_year, count(*) as approval_count, sum(amount_usd) as amount_usd
from audit.fct_approvals where is_counted group by approval_year;

create view audit.office_withdrawals as
select
    released.office_id,
    count(*) as approval_count,
    count(*) filter (where candidate.is_withdrawn) as withdrawn_count
from audit.released_fct_approvals as released
inner join audit.fct_approvals as candidate using (approval_id)
where not released.is_withdrawn
group by released.office_id;

create view audit.office_years as
select candidate.*, released.released_usd, released.released_count
from (
    select office_id, approval_year, sum(amount_usd) as amount_usd, count(*) as approval_count
    from audit.fct_approvals where is_counted group by all
) as candidate
inner join (
    select office_id, approval_year, sum(amount_usd) as released_usd, count(*) as released_count
    from audit.released_fct_approvals where is_counted group by all
) as released using (office_id, approval_year)
where released_usd > 0 and released_count >= audit.threshold('slip_rows');
"""


def create_marts_views(
    connection: DuckDBPyConnection,
    settings: Settings,
    configuration: Configuration,
    database: Path,
    *,
    is_rebuild: bool = False,
) -> None:
    """Add the candidate and the release in place to the `audit` schema of the lake.

    A rebuild of a past day is compared with no release: what came later is no slip.

    Raises:
        duckdb.Error: the candidate cannot be opened, or lacks a table.
        TrailBrokenError: the journal of decisions is broken.
    """
    connection.execute(f"attach {quoted(str(database))} as candidate (read_only)")
    for table in AUDITED:
        connection.execute(f"create view audit.{table} as from candidate.marts.{table}")
    _create_released(connection, settings, configuration, is_rebuild=is_rebuild)
    for prefix in ("", "released_"):
        connection.execute(_shares(prefix))
    create_released_records(connection, settings)
    create_published_table_checks(connection, configuration)
    connection.execute(DERIVED)


def _create_released(
    connection: DuckDBPyConnection,
    settings: Settings,
    configuration: Configuration,
    *,
    is_rebuild: bool,
) -> None:
    """Create `released_` views, and say in `release_in_place` what they compare with."""
    if is_rebuild:
        connection.execute("delete from audit.released_files")
    current = settings.releases / "current"
    exists = not is_rebuild and (current / "manifest.json").exists()
    missing: list[str] = []
    release_id: str | None = None
    is_config_changed = False
    if exists:
        manifest = json.loads((current / "manifest.json").read_text(encoding="utf-8"))
        is_config_changed = manifest["config_sha256"] != configuration.sha256
        release_id = current.resolve().name
        path = current.resolve() / CANDIDATE_NAME
        connection.execute(f"attach {quoted(str(path))} as released (read_only)")
        missing = missing_columns(connection, "released", WANTED)
    for table, columns in COMPARED.items():
        comparable = exists and not {f"{table}.{column}" for column in columns} & set(missing)
        source = f"released.marts.{table}" if comparable else f"candidate.marts.{table} limit 0"
        connection.execute(
            f"create view audit.released_{table} as select {', '.join(columns)} from {source}"  # noqa: S608
        )
    lacking: list[str | None] = [*missing] or [None]
    connection.execute(
        "create table audit.release_in_place as "
        "select ?::varchar as release_id, ? as is_config_changed, unnest(?::varchar[]) as missing",
        [release_id, is_config_changed, lacking],
    )
    create_figure_drifts(connection, is_comparable=exists and not missing)


def _shares(prefix: str) -> str:
    parts = " union all ".join(
        f"select '{report}' as report, approval_year, {member} as member_id, amount_usd, "  # noqa: S608
        f"share_pct, share_residual_pct from audit.{prefix}{report}"
        for report, member in SHARE_REPORTS.items()
    )
    return f"create view audit.{prefix}shares as {parts}"
