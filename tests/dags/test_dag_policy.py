"""The rules that every Dag here follows, on the Dags as Airflow reads them.

Not tested here: that they run (test_night.py), and what the stages do (the stages' own tests).
"""

import ast
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from approvals.errors import ConfigurationError
from approvals.settings import PROJECT_ROOT

if TYPE_CHECKING:
    from airflow.dag_processing.dagbag import DagBag
    from airflow.sdk import DAG

DAGS = PROJECT_ROOT / "dags"
DAG_IDS = ("build_marts", "load_field_offices", "publish_reports")
DAG_FILES = [DAGS / f"{dag_id}.py" for dag_id in DAG_IDS]
HEADINGS = ("What and when.", "Inputs.", "Output tables.", "What a re-run does.", "Triage.")
HEAVY = ("duckdb", "dbt", "great_expectations", "pandas", "pyarrow", "extract", "publish")

every_dag = pytest.mark.parametrize("dag_id", DAG_IDS)
every_file = pytest.mark.parametrize("file", DAG_FILES, ids=lambda file: file.stem)


@pytest.fixture
def dag(dag_bag: "DagBag", dag_id: str) -> "DAG":
    return dag_bag.dags[dag_id]


def test_dag_bag_holds_exactly_our_dags_when_read(dag_bag: "DagBag") -> None:
    assert dag_bag.import_errors == {}
    assert sorted(dag_bag.dags) == sorted(DAG_IDS)


@every_dag
def test_dag_is_named_after_its_file(dag: "DAG") -> None:
    assert Path(dag.fileloc).stem == dag.dag_id


@every_dag
def test_dag_states_its_schedule_in_full(dag: "DAG") -> None:
    assert dag.timetable is not None
    assert dag.start_date is not None
    assert dag.start_date.utcoffset() == timedelta(0)
    assert dag.catchup is False
    assert dag.max_active_runs == 1


@every_dag
def test_dag_has_owner_and_tags(dag: "DAG") -> None:
    assert dag.owner == "data-engineering"
    assert "approvals" in dag.tags
    assert len(dag.tags) > 1


@every_dag
def test_dag_documents_every_heading_in_order(dag: "DAG") -> None:
    positions = [(dag.doc_md or "").find(f"**{heading}**") for heading in HEADINGS]
    assert -1 not in positions
    assert positions == sorted(positions)


@every_dag
def test_dag_retries_with_backoff_and_gives_up_in_time(dag: "DAG") -> None:
    for task in dag.tasks:
        assert task.retries >= 3, task.task_id
        assert task.retry_exponential_backoff > 1, task.task_id
        assert task.retry_policy is not None, task.task_id
        assert timedelta(0) < task.execution_timeout <= timedelta(hours=1), task.task_id


@every_dag
def test_mapped_task_names_what_it_was_mapped_over(dag: "DAG") -> None:
    mapped = [task for task in dag.tasks if task.is_mapped]
    assert all(task.map_index_template for task in mapped)


def test_writers_of_duckdb_share_a_pool_of_one_slot(dag_bag: "DagBag") -> None:
    tasks = dag_bag.dags["build_marts"].task_dict
    pools = {name: task.pool for name, task in tasks.items()}
    writers = {name for name, pool in pools.items() if pool == "duckdb_writer"}
    assert writers == {"build_candidate", "audit_marts", "publish_release"}


def test_dags_are_chained_by_assets(dag_bag: "DagBag") -> None:
    outlets = {
        (dag_id, asset.name)
        for dag_id, dag in dag_bag.dags.items()
        for task in dag.tasks
        for asset in task.outlets
    }
    waits_for = {
        dag_id: getattr(dag.timetable, "asset_condition", None)
        for dag_id, dag in dag_bag.dags.items()
    }
    assert outlets == {
        ("load_field_offices", "approvals_lake"),
        ("build_marts", "approvals_release"),
    }
    assert waits_for["build_marts"].name == "approvals_lake"
    assert waits_for["publish_reports"].name == "approvals_release"


@every_file
def test_dag_file_imports_only_the_sdk_at_module_level(file: Path) -> None:
    modules = {
        name.split(".")[0] if not name.startswith("airflow") else name
        for statement in ast.parse(file.read_text()).body
        for name in _imported(statement)
    }
    assert modules - set(sys.stdlib_module_names) - {"sign_off"} == {"airflow.sdk", "dag_policy"}


@every_file
def test_tasks_are_small_and_say_what_they_do(file: Path) -> None:
    functions = [
        node
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef) and node.name != file.stem
    ]
    for function in functions:
        sentence = ast.get_docstring(function) or ""
        work = [
            statement
            for statement in function.body[1:]
            if not isinstance(statement, ast.Import | ast.ImportFrom)
        ]
        assert sentence.endswith("."), function.name
        assert "\n" not in sentence, function.name
        assert 1 <= len(work) <= 5, function.name


def test_reading_the_dags_loads_no_stage_and_no_heavy_library() -> None:
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); import load_field_offices, build_marts, "
        "publish_reports; print(*{name.split('.')[0] for name in sys.modules})"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", program, str(DAGS)],
        cwd=PROJECT_ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert not set(loaded.stdout.split()) & set(HEAVY)


def _imported(statement: ast.stmt) -> list[str]:
    match statement:
        case ast.Import(names):
            return [alias.name for alias in names]
        case ast.ImportFrom(module=str(module)):
            return [module]
        case _:
            return []


@pytest.mark.parametrize(
    ("error", "action"),
    [
        pytest.param("ConfigurationError", "fail", id="wrong-setting"),
        pytest.param("AuditFailedError", "fail", id="critical-rule"),
        pytest.param("BuildFailedError", "fail", id="dbt-failed"),
        pytest.param("ExportsNotFoundError", "fail", id="no-drop-folder"),
        pytest.param("PublicationLockedError", "retry", id="lock-held"),
        pytest.param("OSError", "retry", id="disk"),
        pytest.param("ConnectionResetError", "retry", id="network"),
        pytest.param("TimeoutError", "retry", id="time-out"),
        pytest.param("KeyError", "fail", id="a-bug"),
        pytest.param("MemoryError", "fail", id="out-of-memory"),
    ],
)
def test_retry_policy_retries_only_input_and_output(
    dag_bag: "DagBag", error: str, action: str
) -> None:
    import builtins

    from approvals import errors

    task: Any = dag_bag.dags["build_marts"].task_dict["publish_release"]
    raised = getattr(errors, error, None) or getattr(builtins, error)

    decision = task.retry_policy.evaluate(raised("message"), 1, 3)

    assert decision.action.value == action


def test_retry_policy_retries_a_task_that_hung(dag_bag: "DagBag") -> None:
    from airflow.sdk.exceptions import AirflowTaskTimeout

    task: Any = dag_bag.dags["load_field_offices"].task_dict["load_office"]
    decision = task.retry_policy.evaluate(AirflowTaskTimeout(), 1, 3)

    assert decision.action.value == "retry"


def test_a_task_says_in_one_line_which_variable_is_wrong(
    dag_bag: "DagBag", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("APPROVALS_THREADS", "many")
    task: Any = dag_bag.dags["load_field_offices"].get_task("find_offices")

    with pytest.raises(ConfigurationError, match=r"^APPROVALS_THREADS: .*, not 'many'$"):
        task.python_callable()
