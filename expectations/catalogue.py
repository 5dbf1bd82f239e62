"""The list of all quality rules as a page: `python -m expectations.catalogue` prints it.

docs/quality-rules.md is its output; a test holds the two together.
"""

import sys
from collections.abc import Sequence

from great_expectations.expectations.expectation import Expectation

from expectations.audit import FIRST_RULES
from expectations.bench import Suites
from expectations.suites import LAKE_SUITES, MARTS_SUITES
from expectations.thresholds import THRESHOLDS

INTRODUCTION = """# Quality rules

Written by `python -m expectations.catalogue`; change the rules in `expectations/suites/`, not this
page.

Great Expectations guards the edges of the warehouse, by SQL inside DuckDB; dbt's tests guard the
inside, and their results stand beside these in every report as `dbt:<name of the test>`.
A **critical** failure stops the publication, a **warning** is reported, an **info** is recorded.
A rule that cannot be checked, because its SQL or Great Expectations itself fails, has failed and
is critical. Rules on new rows look at what the release in place does not hold yet; a row that a
later export of the same office replaces is not looked at any more, so a slip is mended by a
corrected export.
"""
HEADER = ("Rule", "If it fails", "Table", "What holds", "Owner", "Source")


def render_catalogue() -> str:
    """Return the page in Markdown: the rules of both gates and the limits they compare with."""
    limits = [[f"`{name}`", str(limit), why] for name, (limit, why) in THRESHOLDS.items()]
    parts = [
        INTRODUCTION,
        "## Files in: `audit_lake`\n",
        _table(HEADER, _rows("lake", LAKE_SUITES)),
        "\n## Marts out: `audit_marts`\n",
        _table(HEADER, _rows("marts", MARTS_SUITES)),
        "\n## Limits\n",
        "`expectations/thresholds.py` holds them; every report prints them.\n",
        _table(("Limit", "Value", "Why"), limits),
    ]
    return "\n".join(parts) + "\n"


def _rows(gate: str, suites: Suites) -> list[list[str]]:
    rule_id, table, description = FIRST_RULES[gate]
    first = [rule_id, "critical", f"`{table}`", description, "Data engineering", "docs/lake.md"]
    rules = [
        _row(table, rule) for table, make_suite in suites for rule in make_suite().expectations
    ]
    return [first, *sorted(rules)]


def _row(table: str, rule: Expectation) -> list[str]:
    meta = rule.meta or {}
    severity = str(getattr(rule.severity, "value", rule.severity))
    description = str(rule.description)
    return [meta["rule_id"], severity, f"`{table}`", description, meta["owner"], meta["source"]]


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


if __name__ == "__main__":
    sys.stdout.write(render_catalogue())
