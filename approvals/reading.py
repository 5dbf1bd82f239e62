"""Small questions to the current release and the lake, for the command line."""

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from approvals.configuration import resolve_configuration
from approvals.contracts import CANDIDATE_NAME
from approvals.errors import ConfigurationError, NoReleaseError
from approvals.other_versions import asking
from approvals.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duckdb import DuckDBPyConnection

FIGURE_KEYS = (
    *("figure_id", "measure", "period", "dimension", "member", "operator", "expected", "value"),
    *("tolerance", "unit", "status", "source"),
    *("as_of_date", "value_then", "status_then", "difference", "difference_reason"),
)


FIGURES = {
    "then": """
        select * rename (expected_value as expected) from marts.rpt_published_figures
        order by figure_id
    """,
    "today": """
        select * replace (
            value_today as value, status_today as status,
            difference + reclassified_difference as difference,
            case
                when value_then is null then difference_reason
                when value_then is distinct from value_today then nullif(concat_ws(
                    ';', difference_reason,
                    case when value is distinct from value_today then 'classification of today' end
                ), '')
            end as difference_reason
        ) rename (expected_value as expected) from marts.rpt_published_figures
        order by figure_id
    """,
}
"""The published figures, as classified on the day of each approval and today."""


def published_figures(
    settings: Settings, classification: str = "then"
) -> list[dict[str, str | None]]:
    """Return every published figure with what the current release gives for it.

    Each has `figure_id`, `measure`, `period`, `dimension`, `member`, `operator`, `expected`,
    `value`, `tolerance`, `unit`, `status` (pass, fail, no_data) and `source`, and of the day of
    its paper `as_of_date`, `value_then`, `status_then`, `difference` and `difference_reason`
    (docs/published-figures.md): text, or None where there is nothing to say.

    Args:
        settings: where the releases lie.
        classification: then, that of the day of each approval, or today: `value` and `status`
            are of it, `value_then` and `status_then` always of then.

    Raises:
        NoReleaseError: nothing was published yet.
        OtherVersionError: the release does not say what the figures are in that of today.
    """
    with current_database(settings) as connection:
        cursor = connection.execute(FIGURES[classification])
        names = [column[0] for column in cursor.description or []]
        found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    # A release of an earlier version lacks the later columns.
    return [
        {name: None if row.get(name) is None else str(row[name]) for name in FIGURE_KEYS}
        for row in found
    ]


def member_shares(
    settings: Settings, dimension: str, classification: str, year: int | None = None
) -> list[dict[str, Any]]:
    """Return amount and share of each member in each year of the current release.

    Args:
        settings: where the releases lie.
        dimension: region, sector or donor_group.
        classification: then, that of the day of each approval, or today.
        year: one year of approval; None for all.

    Returns:
        Objects with `approval_year`, `member_id`, `member_name`, `approval_count`, `amount_usd`,
        `share_pct` and `moved_usd`, what the classification of today has more; decimals as text.
        A member without approvals in that year and classification is left out.

    Raises:
        NoReleaseError: nothing was published yet.
    """
    columns = ("member_name", "approval_count", "usd", "share_pct")
    name, count, usd, share = (f"{classification}_{column}" for column in columns)
    query = f"""
        select
            approval_year, member_id, {name} as member_name, {count} as approval_count,
            cast({usd} as varchar) as amount_usd, cast({share} as varchar) as share_pct,
            cast(moved_usd as varchar) as moved_usd
        from marts.rpt_reclassified_shares_by_year
        where
            dimension = $dimension and {count} > 0
            and approval_year = coalesce($year, approval_year)
        order by approval_year, {usd} desc, member_id
    """  # noqa: S608
    with current_database(settings) as connection:
        cursor = connection.execute(query, {"dimension": dimension, "year": year})
        names = [column[0] for column in cursor.description or []]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def kind_of_data(settings: Settings) -> str:
    """Return in a few words whether the approvals of the current release are made up.

    Raises:
        NoReleaseError: nothing was published yet.
    """
    with current_database(settings) as connection:
        synthetic, count = connection.execute(
            "select count(*) filter (where is_synthetic), count(*) from marts.fct_approvals"
        ).fetchone() or (0, 0)
    if not count:
        return "no approval"
    if not synthetic:
        return "as offices reported it"
    share = "all" if synthetic == count else f"{synthetic} of {count}"
    return f"synthetic: {share} approvals are made-up examples, not what any office reported"


@contextmanager
def current_database(settings: Settings) -> "Iterator[DuckDBPyConnection]":
    """Open the current release, read-only.

    Raises:
        NoReleaseError: nothing was published yet.
        OtherVersionError: it lacks a table or column that is asked of it.
    """
    import duckdb

    database = settings.releases / "current" / CANDIDATE_NAME
    if not database.exists():
        raise NoReleaseError("there is no release yet: run `approvals run`")
    release_id = (settings.releases / "current").resolve().name
    with asking(release_id), duckdb.connect(str(database), read_only=True) as connection:
        yield connection


def how_to_look(settings: Settings) -> list[str]:
    """Return where the current release lies and how to open it, a line each.

    Raises:
        NoReleaseError: nothing was published yet.
    """
    from publish import current_release

    release = current_release(settings)
    if release is None:
        raise NoReleaseError("there is no release yet: run `approvals run`")
    folder = settings.releases.resolve() / "current"
    return [
        f"release         {release.release_id}",
        f"data            {kind_of_data(settings)}",
        f"database        {folder / CANDIDATE_NAME} (open it read-only; schema marts)",
        f"Parquet         {folder / 'marts'}",
        f"quality report  {folder / 'quality'}",
        "look            approvals status | approvals figures | approvals releases; make up",
    ]


def warehouse_status(settings: Settings) -> dict[str, Any]:
    """Return what the lake holds, what is published and whether a build is due."""
    from approvals.pipeline import is_release_due
    from publish import current_release

    release = current_release(settings)
    loaded = _sha256s(settings.lake / "files")
    return {
        "exports": settings.exports,
        "home": str(settings.home.resolve()),
        "files_loaded": len(loaded),
        "files_refused": len(
            _sha256s(settings.lake / "refused") - loaded - _sha256s(settings.lake / "archives")
        ),
        "current_release": release.release_id if release else None,
        "data": kind_of_data(settings) if release else None,
        "build_due": is_release_due(settings),
    }


def check_office(settings: Settings, office_id: str | None) -> None:
    """Refuse an office that is neither declared nor in the lake: a misspelt one would look clean.

    Raises:
        ConfigurationError: there is no such office; the message lists those there are.
    """
    declared = {office.office_id for office in resolve_configuration(settings).offices}
    loaded = {path.name.removeprefix("office=") for path in settings.lake.glob("*/office=*")}
    known = declared | loaded - {"_none"}
    if office_id is not None and office_id not in known:
        raise ConfigurationError(
            f"--office {office_id!r}: no such office; use one of {', '.join(sorted(known))}"
        )


def _sha256s(folder: Path) -> set[str]:
    """The files that have a record there; one is refused once for each configuration."""
    return {path.name[:64] for path in folder.glob("*.json")}
