"""dbt's own test results as rule results, so that one report shows both."""

import json
from pathlib import Path
from typing import Any

from expectations.report import RuleResult

PASSED = ("pass", "success")
TEST_KINDS = ("test", "unit_test")


def read_dbt_results(target: Path) -> list[RuleResult]:
    """Return the data tests and unit tests of a dbt run.

    Args:
        target: dbt's target folder with `run_results.json` and `manifest.json`.

    Returns:
        One result for each test. A test that did not run counts as failed, at its severity.

    Raises:
        FileNotFoundError: dbt left no artefacts there.
    """
    results = json.loads((target / "run_results.json").read_text(encoding="utf-8"))["results"]
    manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    nodes = {**manifest.get("nodes", {}), **manifest.get("unit_tests", {})}
    tests = [
        _rule_result(result, nodes.get(result["unique_id"], {}))
        for result in results
        if result["unique_id"].split(".")[0] in TEST_KINDS
    ]
    return sorted(tests, key=lambda test: test.rule_id)


def _rule_result(result: dict[str, Any], node: dict[str, Any]) -> RuleResult:
    name = node.get("name") or result["unique_id"]
    success = result["status"] in PASSED
    failing = result.get("failures")
    config = node.get("config") or {}
    return RuleResult(
        rule_id=f"dbt:{name}",
        gate="dbt",
        table=_table(node),
        severity="warning"
        if str(config.get("severity", "error")).lower() == "warn"
        else "critical",
        description=" ".join((node.get("description") or str(name).replace("_", " ")).split()),
        owner=str((config.get("meta") or {}).get("owner", "Data engineering")),
        source=str(node.get("original_file_path", "dbt_project")),
        success=success,
        failing_rows=0 if success else int(failing or 1),
        error=None if success or result["status"] in ("fail", "warn") else str(result["status"]),
    )


def _table(node: dict[str, Any]) -> str:
    attached = node.get("attached_node") or node.get("model") or ""
    return str(attached).rsplit(".", 1)[-1] or "several"
