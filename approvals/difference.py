"""What changed between two releases: inputs, figures, years, approvals, and for what reason."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from approvals.changes import READ, approvals_changed, figures_changed, missing_columns
from approvals.contracts import CANDIDATE_NAME
from approvals.errors import OtherVersionError
from approvals.moved import MEMBERS, prepare_reclassified
from approvals.settings import Settings
from publish import Release, find_release

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

COMPARED = READ | {
    "rpt_approvals_by_year": ("approval_year", "amount_usd", "approval_count"),
    "fct_approval_restatements": (
        *("restatement_id", "approval_id", "version_number", "field_name", "change_reason"),
        *("known_from_at", "file_name", "sheet_name", "record_number"),
    ),
}
YEARS = """
select
    approval_year,
    before.amount_usd as amount_usd_before,
    after.amount_usd as amount_usd_after,
    cast(coalesce(after.amount_usd, 0) - coalesce(before.amount_usd, 0) as decimal(38, 2))
        as change_usd,
    before.approval_count as approval_count_before,
    after.approval_count as approval_count_after
from before.marts.rpt_approvals_by_year as before
full join after.marts.rpt_approvals_by_year as after using (approval_year)
where
    coalesce(before.amount_usd, 0) <> coalesce(after.amount_usd, 0)
    or coalesce(before.approval_count, 0) <> coalesce(after.approval_count, 0)
order by approval_year
"""


def difference(settings: Settings, before_id: str, after_id: str) -> dict[str, Any]:
    """Return what the second release says otherwise than the first.

    Returns:
        `before` and `after` (id, day known, configuration, code commit, content hash),
        `files_added` and `files_removed` (names), `figures`, `years` and `approvals`: lists of
        objects with the values of both, amounts in US$ as decimal strings. The changes of the
        approvals add up to those of the years. `reclassified`: the approvals that count in both,
        but under another region, sector or donor group; `members`: what each of these gained and
        lost by that, which adds up to 0. The `reason` of an approval is that of its latest
        version (docs/history.md), `rate_set` where the releases are in two sets of rates and
        nothing else differs, or `configuration_or_code` where nothing new was known.

    Raises:
        NoReleaseError: there is no such release.
        OtherVersionError: one of the two lacks a column that is compared.
    """
    before, after = find_release(settings, before_id), find_release(settings, after_id)
    with _both(before, after) as connection:
        _check_comparable(connection, before, after)
        is_forward = _latest(connection, "before") <= _latest(connection, "after")
        later, earlier = ("after", "before") if is_forward else ("before", "after")
        prepare_reclassified(connection, later, earlier)
        sets = {one.manifest.get("rate_set") for one in (before, after)}
        changed = approvals_changed(
            "before", "after", is_forward=is_forward, is_other_set=len(sets) > 1
        )
        found = {
            "figures": _records(connection, figures_changed("before", "after")),
            "years": _records(connection, YEARS),
            "approvals": _records(connection, changed),
            "members": _records(connection, MEMBERS),
            "reclassified": _records(connection, "from reclassified"),
        }
    names = [
        {entry["original_name"] for entry in one.manifest["inputs"]} for one in (before, after)
    ]
    return {
        "before": _described(before),
        "after": _described(after),
        "files_added": sorted(names[1] - names[0]),
        "files_removed": sorted(names[0] - names[1]),
        **found,
    }


def _both(before: Release, after: Release) -> "DuckDBPyConnection":
    import duckdb

    connection = duckdb.connect()
    for name, release in (("before", before), ("after", after)):
        path = str(Path(release.folder) / CANDIDATE_NAME).replace("'", "''")
        connection.execute(f"attach '{path}' as {name} (read_only)")
    return connection


def _check_comparable(connection: "DuckDBPyConnection", before: Release, after: Release) -> None:
    for name, release in (("before", before), ("after", after)):
        missing = missing_columns(connection, name, COMPARED)
        if missing:
            more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
            raise OtherVersionError(
                f"not comparable, because release {release.release_id} has no column {missing[0]}"
                f"{more}: another version made it. `approvals build --known-at DAY` makes one of "
                "the same day that can be compared"
            )


def _latest(connection: "DuckDBPyConnection", release: str) -> str:
    found = connection.execute(
        f"select max(known_from_at)::varchar from {release}.marts.fct_approval_versions"  # noqa: S608
    ).fetchone()
    return str(found[0] or "") if found else ""


def _records(connection: "DuckDBPyConnection", query: str) -> list[dict[str, Any]]:
    """Return the rows as objects; a decimal is a string, so that no cent is lost in JSON."""
    cursor = connection.execute(query)
    columns = [(column[0], str(column[1])) for column in cursor.description or []]
    return [
        {
            name: str(value) if value is not None and kind.startswith("DECIMAL") else value
            for (name, kind), value in zip(columns, row, strict=True)
        }
        for row in cursor.fetchall()
    ]


def _described(release: Release) -> dict[str, Any]:
    manifest = release.manifest
    return {
        "release_id": release.release_id,
        "known_at": release.known_at,
        "config_sha256": manifest["config_sha256"],
        "rate_set": manifest.get("rate_set"),
        "commit": manifest["code"]["commit"],
        "content_sha256": release.content_sha256,
    }
