"""The audit page: one self-contained file, everything in it escaped, nothing loaded from outside.

Great Expectations' own Data Docs print unexpected values unescaped and fetch assets from the
network; a report is read by people who did not make it.
"""

from collections import Counter
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from approvals.pages import page_environment, style_source
from expectations.report import SEVERITIES, RuleResult
from expectations.results import REPORT_NAME

TEMPLATES = Path(__file__).parent / "templates"
NO_LAKE: dict[str, Any] = {"synthetic_offices": [], "file_count": None, "files": []}
NO_MARTS: dict[str, Any] = {
    "years": [],
    "figures": [],
    "figure_drifts": [],
    "table_checks": [],
    "release_in_place": {"release_id": None, "missing_columns": None},
}
"""What the page shows of a gate that could not read what it should have audited."""
GATES = {
    "lake": "Files in: the lake's new files",
    "marts": "Marts out: the candidate against the lake and the release in place",
    "dbt": "Inside: dbt's own tests",
}


def write_html(folder: Path, record: dict[str, Any]) -> Path:
    """Render the record of a run's audit into `report.html` and return its path."""
    partial = folder / f".{REPORT_NAME}.partial"
    partial.write_text(render(record), encoding="utf-8")
    return partial.replace(folder / REPORT_NAME)


def render(record: dict[str, Any]) -> str:
    """Return the page for the gates that have run so far."""
    results = [
        RuleResult.from_record(result)
        for entry in record["gates"].values()
        for result in entry["results"]
    ]
    summaries = {gate: entry.get("summary") or {} for gate, entry in record["gates"].items()}
    style = (TEMPLATES / "report.css").read_text(encoding="utf-8")
    template = _environment().get_template("report.html.j2")
    return template.render(
        run_id=record["run_id"],
        gates=record["gates"],
        outcome=_overall(record),
        failed=_by_gravity(results),
        checked=_checked(results),
        counts=Counter(result.severity for result in results if not result.success),
        rule_count=len(results),
        lake=summaries.get("lake") or NO_LAKE,
        marts=summaries.get("marts") or NO_MARTS,
        file_names=_file_names(summaries.get("lake") or NO_LAKE),
        style=Markup(style),  # noqa: S704
        style_hash=style_source(style),
    )


def _environment() -> Environment:
    environment = page_environment(TEMPLATES)
    environment.filters["grouped"] = _grouped
    environment.filters["place"] = _place
    return environment


def _overall(record: dict[str, Any]) -> str:
    outcomes = [entry["outcome"] for entry in record["gates"].values()]
    for outcome in ("failed", "passed_with_warnings"):
        if outcome in outcomes:
            return outcome
    return "passed" if "marts" in record["gates"] else "passed_so_far"


def _by_gravity(results: list[RuleResult]) -> list[RuleResult]:
    failed = [result for result in results if not result.success]
    return sorted(failed, key=lambda result: SEVERITIES.index(result.severity))


def _checked(results: list[RuleResult]) -> dict[str, list[RuleResult]]:
    """Return all results under the heading of the gate that they belong to."""
    return {
        title: [result for result in results if result.gate == gate]
        for gate, title in GATES.items()
        if any(result.gate == gate for result in results)
    }


def _file_names(lake: dict[str, Any]) -> dict[str, str]:
    """Return the names of the new files by the first twelve digits of their hash."""
    return {row["file_key"]: row["original_name"] for row in lake["files"]}


def _place(key: str | None, file_names: dict[str, str]) -> str:
    """Return a failing key with the file's name in the place of its hash, where it is known."""
    if key is None:
        return "the whole table"
    first, _, rest = key.partition(" ")
    name = file_names.get(first[:12]) if len(first) in {12, 64} else None
    return f"{name} {rest} ({first[:12]})".replace("  ", " ") if name else key


def _grouped(number: object) -> str:
    """Return a number with thousands set apart: 1234567.89 → 1 234 567.89."""
    if number is None:
        return "\u2013"
    whole, point, decimals = str(number).partition(".")
    sign, digits = ("\u2212", whole[1:]) if whole.startswith("-") else ("", whole)
    if not digits.isdigit():
        return str(number)
    return f"{sign}{int(digits):,}".replace(",", "\u202f") + point + decimals
