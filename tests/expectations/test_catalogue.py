"""docs/quality-rules.md is what the rules say, and rule ids are given once.

Not tested here: whether a description is true; a person reads that.
"""

from collections import Counter

import pytest
from great_expectations.expectations.expectation import Expectation

from approvals.settings import PROJECT_ROOT
from expectations.catalogue import render_catalogue
from expectations.suites import LAKE_SUITES, MARTS_SUITES
from expectations.thresholds import THRESHOLDS

RULES = [rule for _, suite in (*LAKE_SUITES, *MARTS_SUITES) for rule in suite().expectations]
PAGE = PROJECT_ROOT / "docs" / "quality-rules.md"


def test_page_lists_the_rules_as_they_are() -> None:
    assert PAGE.read_text(encoding="utf-8") == render_catalogue(), (
        "run `python -m expectations.catalogue > docs/quality-rules.md`"
    )


def test_rule_ids_are_given_once() -> None:
    counts = Counter(rule.meta["rule_id"] for rule in RULES)

    assert [rule_id for rule_id, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.meta["rule_id"])
def test_rule_has_particulars_that_an_auditor_needs(rule: Expectation) -> None:
    assert rule.description.endswith((".", ")"))
    assert rule.severity.value in {"critical", "warning", "info"}
    assert rule.meta["owner"]
    assert rule.meta["source"]


def test_every_threshold_is_used_by_a_rule_or_a_view() -> None:
    code = "".join(
        path.read_text(encoding="utf-8")
        for path in (PROJECT_ROOT / "expectations").rglob("*.py")
        if path.name != "thresholds.py"
    )

    assert [name for name in THRESHOLDS if f"threshold('{name}')" not in code] == []
