"""The models of the history run again and again on small lakes, without dbt.

dbt builds once; what it compiled is then executed in memory, in its order, with the seeds it
loaded: hundredths of a second for each model, where a build takes seconds.
"""

import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb

from approvals.build import Candidate
from tests.dbt_project.lake_builder import LakeBuilder, Row
from tests.dbt_project.random_lake import Sent
from tests.dbt_project.reclassified import COLUMNS
from tests.dbt_project.released import Released, record_all

ASKED = (
    *("fct_approval_versions", "rpt_approval_vintages", "fct_approval_restatements"),
    "fct_approvals",
)
PARAMETERS = ", ".join(f"${name} as {name}" for name in COLUMNS)


class Replay:
    """The models that the history is made of, on a lake that is written anew for each question."""

    def __init__(self, candidate: Candidate, lake: Path) -> None:
        """Take seeds and compiled models from a build whose lake lay there."""
        self._lake = lake
        target = candidate.folder / "target"
        nodes = json.loads((target / "manifest.json").read_text())["nodes"]
        needed = _ancestors(nodes, [f"model.approvals.{name}" for name in ASKED])
        results = json.loads((target / "run_results.json").read_text())["results"]
        self.connection = duckdb.connect()
        self.connection.execute("set TimeZone = 'UTC'; attach ':memory:' as approvals")
        self.connection.execute(f"attach '{candidate.database}' as built (read_only)")
        for schema in ("staging", "intermediate", "marts", "quality"):
            self.connection.execute(f"create schema approvals.{schema}")
        self._statements = []
        for result in results:
            node = nodes.get(result["unique_id"])
            if node is None or result["unique_id"] not in needed:
                continue
            name = node["relation_name"]
            if node["resource_type"] == "seed":
                kept = name.replace('"approvals"', "built", 1)
                self.connection.execute(f"create table {name} as from {kept}")
            elif node["config"]["materialized"] in ("table", "view"):
                kind = node["config"]["materialized"]
                query = f"create or replace {kind} {name} as {result['compiled_code']}"
                self._statements.append(query)
        self.connection.execute("use approvals; detach built")

    def load(
        self,
        files: Iterable[Sent],
        released: Iterable[Released] = (),
        said: Iterable[Row] = (),
    ) -> None:
        """Write files, in this order, and journal into an empty lake; work out the history.

        What is said of classifications takes the place of what the build had.
        """
        shutil.rmtree(self._lake, ignore_errors=True)
        lake = LakeBuilder(self._lake)
        record_all(self._lake, released)
        for number, file in enumerate(files):
            file.add_to(lake, received_on=f"2008-01-{1 + number % 28:02d}")
        self.connection.execute("delete from staging.classifications")
        for row in said:
            self.connection.execute(
                f"insert into staging.classifications by name select {PARAMETERS}", row
            )
        for statement in self._statements:
            self.connection.execute(statement)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query to the history."""
        return self.connection.execute(query).fetchall()


def _ancestors(nodes: dict[str, Any], asked: list[str]) -> set[str]:
    """Return the asked nodes and all that they are made of."""
    found: set[str] = set()
    waiting = list(asked)
    while waiting:
        name = waiting.pop()
        if name in nodes and name not in found:
            found.add(name)
            waiting += nodes[name]["depends_on"].get("nodes", [])
    return found
