"""The record of a run's audit: `build/<run>/quality/results.json`, one entry for each gate."""

import json
import os
from pathlib import Path
from typing import Any, Literal

from approvals.settings import Settings
from expectations.report import AuditReport, Gate, RuleResult

RESULTS_NAME = "results.json"
REPORT_NAME = "report.html"


def quality_folder(settings: Settings, run_id: str) -> Path:
    """Return the folder of a run's audit, made if it is missing."""
    folder = settings.builds / run_id / "quality"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def read_record(folder: Path, run_id: str) -> dict[str, Any]:
    """Return what the gates have written so far, by gate."""
    path = folder / RESULTS_NAME
    if not path.exists():
        return {"run_id": run_id, "gates": {}}
    record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return record


def forget_gate(folder: Path, run_id: str, gate: Gate) -> None:
    """Take back a gate's earlier result, so that a crash can never leave an old pass in force."""
    record = read_record(folder, run_id)
    if record["gates"].pop(gate, None) is not None:
        write_record(folder, record)


def write_record(folder: Path, record: dict[str, Any]) -> None:
    """Write the record under a temporary name, bring it to disk and rename it."""
    partial = folder / f".{RESULTS_NAME}.partial"
    with partial.open("w", encoding="utf-8") as file:
        json.dump(record, file, ensure_ascii=False, indent=1, sort_keys=True)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(folder / RESULTS_NAME)


def read_reports(settings: Settings, run_id: str) -> dict[Literal["lake", "marts"], AuditReport]:
    """Return the reports of a run by gate; a gate that has not run is missing."""
    folder = settings.builds / run_id / "quality"
    record = read_record(folder, run_id)
    return {gate: report_of(record, gate, folder) for gate in record["gates"]}


def report_of(record: dict[str, Any], gate: Gate, folder: Path) -> AuditReport:
    """Return one gate's report from the record."""
    entry = record["gates"][gate]
    return AuditReport(
        run_id=record["run_id"],
        gate=gate,
        outcome=entry["outcome"],
        results=tuple(RuleResult.from_record(result) for result in entry["results"]),
        report_path=folder / REPORT_NAME,
    )
