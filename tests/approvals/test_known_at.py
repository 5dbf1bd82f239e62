"""Nights one after another, and the past rebuilt from the lake of today.

The oracle is the release that was published on the day: made when nothing later existed.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from approvals.settings import PROJECT_ROOT

EXAMPLES = PROJECT_ROOT / "examples" / "exports"
OFFICES = ("treasury", "bangkok", "lima")
DAYS = ("2005-12-31", "2006-08-31", "2007-10-31")
CLASSIFICATIONS = """\
dimension,member_id,attribute,value,valid_from,valid_to,known_from,reason
recipient,PAK,region_id,arab-states,2006-01-01,,2007-10-15,Synthetic: put into another region
donor,undp,donor_group,Pooled and multi-donor funds,,,2007-10-15,Synthetic: has always been one
"""
"""What the configuration says from the last of the nights on."""


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, dict[str, Any]]]:
    """Load what had been exported by each of three days and publish; return home and releases.

    Before the last night the configuration learns of two re-classifications.
    """
    folder = tmp_path_factory.mktemp("nights")
    home, exports = folder / "home", folder / "exports"
    released = {}
    for day in DAYS:
        if day == DAYS[-1]:
            (folder / "config" / "seeds").mkdir(parents=True)
            (folder / "config" / "seeds" / "classifications.csv").write_text(CLASSIFICATIONS)
        for office in OFFICES:
            for path in (EXAMPLES / office).iterdir():
                if _exported_on(path) <= day:
                    (exports / office).mkdir(parents=True, exist_ok=True)
                    shutil.copy2(path, exports / office / path.name)
        released[day] = _approvals(home, exports, "run")["release_id"]
    listed = {release["release_id"]: release for release in _releases(home)}
    return home, {day: listed[release_id] for day, release_id in released.items()}


def _exported_on(path: Path) -> str:
    return re.findall(r"\d{4}-\d{2}-\d{2}", path.name)[-1]


def _called(home: Path, exports: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "APPROVALS_HOME": str(home), "APPROVALS_EXPORTS": str(exports)}
    if (home.parent / "config").is_dir():
        environment["APPROVALS_CONFIG"] = str(home.parent / "config")
    command = [str(Path(sys.executable).parent / "approvals"), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def _approvals(home: Path, exports: Path, *arguments: str) -> Any:
    done = _called(home, exports, *arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _releases(home: Path) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = _approvals(home, EXAMPLES, "releases")
    return listed


@pytest.mark.parametrize("day", DAYS)
def test_a_rebuild_as_known_at_a_day_is_the_release_of_that_day(
    nights: tuple[Path, dict[str, dict[str, Any]]], day: str
) -> None:
    home, published = nights

    rebuilt = _approvals(home, EXAMPLES, "build", "--known-at", day)

    assert rebuilt["content_sha256"] == published[day]["content_sha256"]
    assert len({release["content_sha256"] for release in published.values()}) == len(DAYS)
    current = [release for release in _releases(home) if release["is_current"]]
    assert [release["release_id"] for release in current] == [published[DAYS[-1]]["release_id"]]
    refused = _called(home, EXAMPLES, "rollback", rebuilt["release_id"])
    assert refused.returncode == 5
    assert f"as known at {day}" in refused.stderr


def test_a_difference_of_releases_adds_up_and_names_reasons_and_rows(
    nights: tuple[Path, dict[str, dict[str, Any]]],
) -> None:
    home, published = nights
    ids = [published[day]["release_id"] for day in DAYS[:2]]

    found = _approvals(home, EXAMPLES, "diff", *ids)

    by_year = _sum(found["years"])
    assert by_year == _sum(found["approvals"]) == _total(home, ids[1]) - _total(home, ids[0])
    assert {row["reason"] for row in found["approvals"]} >= {"new_report", "correction"}
    assert all(row["file_name"] for row in found["approvals"])
    assert all(row["record_number"] for row in found["approvals"] if row["reason"] != "withdrawal")
    assert {name.split("/")[0] for name in found["files_added"]} == set(OFFICES)
    back = _approvals(home, EXAMPLES, "diff", *reversed(ids))
    assert _sum(back["approvals"]) == -by_year
    assert sorted(row["reason"] for row in back["approvals"]) == sorted(
        row["reason"] for row in found["approvals"]
    )
    unchanged = _approvals(home, EXAMPLES, "diff", ids[0], ids[0])
    assert unchanged["figures"] == unchanged["years"] == unchanged["approvals"] == []


def test_a_reclassification_is_a_difference_that_moves_amounts_and_no_total(
    nights: tuple[Path, dict[str, dict[str, Any]]],
) -> None:
    home, published = nights
    before, after = (published[day]["release_id"] for day in DAYS[1:])
    query = """
        select a.approval_id, b.amount_usd::varchar
        from now.marts.fct_approvals as a
        inner join earlier.marts.fct_approvals as b using (approval_id)
        where a.is_counted and b.is_counted and {condition} order by 1
    """
    conditions = {
        "region_id": "a.recipient_id = 'PAK' and a.approval_date >= '2006-01-01'",
        "donor_group_id": "a.donor_id = 'undp'",
    }

    found = _approvals(home, EXAMPLES, "diff", before, after)

    for field, condition in conditions.items():
        moved = [row for row in found["reclassified"] if row["field_name"] == field]
        expected = _rows(home, before, after, query.format(condition=condition))
        assert sorted((row["approval_id"], row["moved_usd"]) for row in moved) == expected != []
        assert {(row["reason"], row["file_name"]) for row in moved} == {
            ("reclassification", "seeds/classifications.csv")
        }
        members = [row for row in found["members"] if row["field_name"] == field]
        assert sum(Decimal(row["net_usd"]) for row in members) == 0
        gained = sum(Decimal(row["gained_usd"]) for row in members)
        assert gained == sum(Decimal(row["moved_usd"]) for row in moved) > 0
    shown = _called(home, EXAMPLES, "diff", before, after)
    assert "by reclassification" in shown.stdout


def test_shares_are_asked_for_in_the_classification_of_then_or_of_today(
    nights: tuple[Path, dict[str, dict[str, Any]]],
) -> None:
    home, _ = nights

    then, today = (
        _approvals(home, EXAMPLES, "shares", "region", "--year", "2005", "--classification", whose)
        for whose in ("then", "today")
    )

    totals = [sum(Decimal(row["amount_usd"]) for row in rows) for rows in (then, today)]
    assert totals[0] == totals[1] > 0
    assert "arab-states" not in {row["member_id"] for row in then}
    (moved,) = [row for row in today if row["member_id"] == "arab-states"]
    assert moved["amount_usd"] == moved["moved_usd"]
    shown = _called(home, EXAMPLES, "shares", "sector").stdout
    assert "in the classification of then" in shown
    assert "Employment" in shown


def test_published_figures_are_asked_for_in_the_classification_of_then_or_of_today(
    nights: tuple[Path, dict[str, dict[str, Any]]],
) -> None:
    """The oracle is the least growth of a region, from the approvals one by one."""
    home, published = nights
    newest = published[DAYS[-1]]["release_id"]
    whose = {"then": "region_id", "today": "today_region_id"}

    done = {
        side: _called(home, EXAMPLES, "figures", "--json", "--classification", side)
        for side in whose
    }
    told = {side: json.loads(answer.stdout) for side, answer in done.items()}
    found = {side: {row["figure_id"]: row for row in rows} for side, rows in told.items()}

    for side, column in whose.items():
        assert found[side]["H10"]["value"] == str(_least_growth(home, newest, column))
    assert found["then"]["H10"]["value"] != found["today"]["H10"]["value"]
    assert [list(row) for row in told["then"]] == [list(row) for row in told["today"]]
    assert [row["value_then"] for row in told["then"]] == [
        row["value_then"] for row in told["today"]
    ]
    for row in told["today"]:
        if row["difference"] is not None and row["unit"] not in ("list", "flag", "year"):
            assert Decimal(row["difference"]) == Decimal(row["value"]) - Decimal(row["value_then"])
    assert found["today"]["H10"]["difference_reason"].endswith("classification of today")
    assert found["today"]["H01"] == found["then"]["H01"]
    # Three offices are not all that the paper counts.
    assert {side: answer.returncode for side, answer in done.items()} == {"then": 8, "today": 0}
    shown = _called(home, EXAMPLES, "figures", "--classification", "today").stdout
    assert "in the classification of today" in shown


def _least_growth(home: Path, release_id: str, column: str) -> Decimal:
    """Return the growth from 2005 to 2006 of the region that grew least, in percent."""
    query = f"""
        select {column}, sum(amount_usd) filter (where approval_year = 2005),
            coalesce(sum(amount_usd) filter (where approval_year = 2006), 0)
        from now.marts.fct_approvals
        where is_counted and {column} not in ('unmapped', 'not-stated') group by all
    """
    sums = [row for row in _rows(home, release_id, release_id, query) if row[1]]
    growth = min(100 * (later - earlier) / earlier for _, earlier, later in sums)
    return growth.quantize(Decimal("0.01"))


def test_a_release_of_an_older_version_is_refused_in_one_line(
    nights: tuple[Path, dict[str, dict[str, Any]]],
) -> None:
    home, published = nights
    newest, older = published[DAYS[-1]]["release_id"], "older-version"
    folder = home / "releases" / older
    shutil.copytree(home / "releases" / newest, folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    for path in (folder, *folder.iterdir()):
        path.chmod(0o755)
    (folder / "manifest.json").write_text(json.dumps(manifest | {"release_id": older}))
    with duckdb.connect(str(folder / "approvals.duckdb")) as connection:
        connection.execute("alter table marts.fct_approvals drop column rate_set")
        connection.execute("alter table marts.rpt_published_figures drop column unit")

    told = _called(home, EXAMPLES, "diff", older, newest)
    traced = _called(home, EXAMPLES, "trace", "H01", "--release", older)
    shutil.rmtree(folder)

    for done in (told, traced):
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (5, "", 1), done.stderr
    assert (
        "not comparable, because release older-version has no column fct_approvals.rate_set: "
        "another version made it"
    ) in told.stderr
    assert "release older-version was made by another version" in traced.stderr


def test_a_difference_is_shown_to_people_and_refuses_an_unknown_release(
    nights: tuple[Path, dict[str, dict[str, Any]]],
) -> None:
    home, published = nights
    ids = [published[day]["release_id"] for day in DAYS[:2]]

    shown = _called(home, EXAMPLES, "diff", *ids)
    refused = _called(home, EXAMPLES, "diff", ids[0], "20000101t000000000000z-000000")

    assert "approvals changed" in shown.stdout
    assert "--all shows them" in shown.stdout
    assert refused.returncode == 5
    assert refused.stderr.count("\n") == 1


def _sum(rows: list[dict[str, Any]]) -> Decimal:
    return sum((Decimal(row["change_usd"]) for row in rows), Decimal(0))


def _rows(home: Path, before: str, after: str, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect() as connection:
        for name, release in (("earlier", before), ("now", after)):
            path = home / "releases" / release / "approvals.duckdb"
            connection.execute(f"attach '{path}' as {name} (read_only)")
        return connection.execute(query).fetchall()


def _total(home: Path, release_id: str) -> Decimal:
    path = home / "releases" / release_id / "approvals.duckdb"
    with duckdb.connect(str(path), read_only=True) as connection:
        found = connection.execute(
            "select sum(amount_usd) from marts.rpt_approvals_by_year"
        ).fetchone()
    assert found
    return Decimal(found[0])
