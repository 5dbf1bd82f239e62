"""How DuckDB would work out each model: a join must not compare every row with every other.

What a build takes at millions of versions is measured by `python -m benchmarks.history`; a plan
of that kind is seconds there, in which a nested loop would be days.
"""

import json

import duckdb

from approvals.build import Candidate

BY_FIGURE = "model.approvals.rpt_published_figures"
"""It compares every figure of the register with every agreement: the figures are a few dozen."""


def test_no_model_compares_every_row_of_one_table_with_every_row_of_another(
    year_2006: Candidate,
) -> None:
    results = json.loads((year_2006.folder / "target" / "run_results.json").read_text())["results"]
    compiled = {
        result["unique_id"]: result["compiled_code"]
        for result in results
        if result["unique_id"].startswith("model.")
    }

    with duckdb.connect(str(year_2006.database), read_only=True) as connection:
        plans = {
            name: connection.execute(f"explain {query}").fetchall()[0][1]
            for name, query in compiled.items()
        }

    assert "model.approvals.int_versions_known" in plans
    nested = [name for name, plan in plans.items() if "BLOCKWISE_NL_JOIN" in plan]
    assert [name for name in nested if name != BY_FIGURE] == []
