"""docs/marts.md says what dbt's descriptions say; whether they are true is for its readers."""

import json

from approvals.build import Candidate
from approvals.dbt import run_dbt
from approvals.marts_page import render_marts_page
from approvals.settings import PROJECT_ROOT
from tests.dbt_project.warehouse import Warehouse


def test_marts_page_is_current_when_rendered_from_the_project(
    warehouse: Warehouse, year_2006: Candidate
) -> None:
    run_dbt(warehouse.settings, year_2006.project, year_2006.folder, ["parse"])
    manifest = json.loads((year_2006.folder / "target" / "manifest.json").read_text())

    page = render_marts_page(manifest)

    committed = (PROJECT_ROOT / "docs" / "marts.md").read_text(encoding="utf-8")
    assert page == committed, "run `make docs` (python -m approvals.marts_page)"


def test_source_freshness_warns_and_never_fails_when_exports_are_old(
    warehouse: Warehouse, year_2006: Candidate
) -> None:
    result = run_dbt(
        warehouse.settings, year_2006.project, year_2006.folder, ["source", "freshness"]
    )

    assert result.success
    assert {str(node.status) for node in result.result.results} <= {"pass", "warn"}
