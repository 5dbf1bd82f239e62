"""dbt's own unit tests and the key tests inside the marts, which no night runs.

What each formula must give stands beside its model in `_<folder>__unit_tests.yml`.
"""

import shutil
from pathlib import Path

from approvals.build import Candidate
from approvals.dbt import run_dbt
from approvals.parsed_project import parsed_project
from tests.dbt_project.warehouse import Warehouse


def test_formulas_and_inner_keys_hold_when_dbt_tests_them(
    warehouse: Warehouse, year_2006: Candidate, tmp_path: Path
) -> None:
    folder = tmp_path / "candidate"  # a copy: other tests read what dbt says of the build itself
    shutil.copytree(year_2006.folder, folder)
    arguments = ["test", "--select", "test_type:unit", "tag:inner"]

    manifest = parsed_project(warehouse.settings, warehouse.configuration).manifest()
    result = run_dbt(warehouse.settings, year_2006.project, folder, arguments, manifest)

    results = result.result.results
    assert [(n.node.name, n.message) for n in results if n.status != "pass"] == []
    assert sum(n.node.resource_type == "unit_test" for n in results) >= 39
