"""The models of the history run again and again on small lakes, without dbt.

dbt builds once; what it compiled is then executed in memory, in its order, with the seeds it
loaded: hundredths of a second for each model, where a build takes seconds. Of a build that goes on
from another one what it compiled goes on too, from what was loaded before.
"""

import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb

from approvals.basis import COMPARED
from approvals.build import Candidate
from tests.dbt_project.lake_builder import LakeBuilder, Row
from tests.dbt_project.random_lake import Sent
from tests.dbt_project.reclassified import COLUMNS
from tests.dbt_project.released import Released, record_all

ASKED = (
    *("fct_approval_versions", "rpt_approval_vintages", "fct_approval_restatements"),
    *("fct_approvals", "rpt_duplicate_decisions", "lineage_records"),
)
PARAMETERS = ", ".join(f"${name} as {name}" for name in COLUMNS)


class Replay:
    """The models that the history is made of, on a lake that is written anew for each question."""

    def __init__(self, candidate: Candidate, lake: Path, going_on: Candidate | None = None) -> None:
        """Take seeds and compiled models from a build whose lake lay there.

        Args:
            candidate: a build of everything.
            lake: where its lake lay.
            going_on: a build that went on from another one.
        """
        self._lake = lake
        self.connection = duckdb.connect()
        self.connection.execute("set TimeZone = 'UTC'; attach ':memory:' as approvals")
        self.connection.execute(f"attach '{candidate.database}' as built (read_only)")
        for schema in ("staging", "intermediate", "marts", "quality", "before"):
            self.connection.execute(f"create schema approvals.{schema}")
        for node, _ in _results(candidate, "seed"):
            kept = node["relation_name"].replace('"approvals"', "built", 1)
            self.connection.execute(f"create table {node['relation_name']} as from {kept}")
        self._statements = [_created(node, query) for node, query in _results(candidate, "model")]
        self._going_on = [
            _gone_on(node, query)
            if node["config"]["materialized"] == "incremental"
            else _created(node, query)
            for node, query in (_results(going_on, "model") if going_on else ())
        ]
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
        self._write_lake(files, released)
        self.connection.execute("delete from staging.classifications")
        for row in said:
            self.connection.execute(
                f"insert into staging.classifications by name select {PARAMETERS}", row
            )
        for statement in self._statements:
            self.connection.execute(statement)

    def go_on(self, files: Iterable[Sent], released: Iterable[Released] = ()) -> None:
        """Write a lake that holds what was loaded before and more; go on from the history of then.

        What is said of classifications stays.
        """
        self._write_lake(files, released)
        for name in COMPARED:
            self.connection.execute(
                f"create or replace table before.{name} as from intermediate.{name}"
            )
        for statement in self._going_on:
            self.connection.execute(statement)

    def _write_lake(self, files: Iterable[Sent], released: Iterable[Released]) -> None:
        shutil.rmtree(self._lake, ignore_errors=True)
        lake = LakeBuilder(self._lake)
        record_all(self._lake, released)
        for number, file in enumerate(files):
            file.add_to(lake, received_on=f"2008-01-{1 + number % 28:02d}")

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query to the history."""
        return self.connection.execute(query).fetchall()


def _results(candidate: Candidate, kind: str) -> list[tuple[dict[str, Any], str]]:
    """Return each node of a kind that the asked models need, with what dbt compiled, in order."""
    target = candidate.folder / "target"
    nodes = json.loads((target / "manifest.json").read_text())["nodes"]
    needed = _ancestors(nodes, [f"model.approvals.{name}" for name in ASKED])
    results = json.loads((target / "run_results.json").read_text())["results"]
    return [
        (nodes[result["unique_id"]], result["compiled_code"])
        for result in results
        if result["unique_id"] in needed
        and nodes[result["unique_id"]]["resource_type"] == kind
        and nodes[result["unique_id"]]["config"]["materialized"] != "ephemeral"
    ]


def _created(node: dict[str, Any], query: str) -> str:
    kind = "view" if node["config"]["materialized"] == "view" else "table"
    return f"create or replace {kind} {node['relation_name']} as {query}"


def _gone_on(node: dict[str, Any], query: str) -> str:
    """Return what dbt does with an incremental model: rows of touched keys go, new ones come."""
    name, config = node["relation_name"], node["config"]
    key = ", ".join(config["unique_key"])
    touched_key = ", ".join(config["meta"]["touched_key"])
    touched = f"select ({touched_key}) from {config['meta']['touched']}"
    return f"delete from {name} where ({key}) in ({touched});insert into {name} by name {query}"


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
