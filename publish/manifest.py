"""The manifest of a release: what it was made from, what it holds, how to prove it."""

import hashlib
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any, Final

import duckdb

from approvals import __version__
from approvals.contracts import BUILT_NAME, CANDIDATE_NAME, PUBLIC_SCHEMA
from approvals.settings import PROJECT_ROOT
from publish.contents import Table
from publish.storage import sha256_of

MANIFEST_NAME: Final = "manifest.json"
MANIFEST_VERSION: Final = 1
"""Grows when a key changes its meaning or goes; docs/releases.md lists the keys."""

INPUTS = """
select file_sha256, office_id, dataset, original_name,
    strftime(exported_at, '%Y-%m-%dT%H:%M:%SZ') as exported_at
from quality.files order by file_sha256
"""
TOTALS = """
select approval_year, approval_count, cast(amount_usd as varchar) as amount_usd
from marts.rpt_approvals_by_year order by approval_year
"""


def describe(folder: Path, tables: list[Table], audit: dict[str, Any]) -> dict[str, Any]:
    """Return the manifest's description of a written release folder.

    Args:
        folder: the release, complete but for the manifest.
        tables: the tables that `write_contents` wrote.
        audit: the gates' entries of the run's audit record.
    """
    files = {
        path.relative_to(folder).as_posix(): {
            "sha256": sha256_of(path),
            "size_bytes": path.stat().st_size,
        }
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    with duckdb.connect(str(folder / CANDIDATE_NAME), read_only=True) as connection:
        connection.execute("set timezone = 'UTC'")
        inputs = _records(connection, INPUTS)
        totals = _records(connection, TOTALS)
    return {
        "manifest_version": MANIFEST_VERSION,
        "code": {"version": __version__, "commit": _commit()},
        "inputs": inputs,
        "totals_by_year": totals,
        "tables": [_described(table, files) for table in tables],
        "files": files,
        "content_sha256": content_sha256(files),
        "audit": {gate: _gate(entry) for gate, entry in audit.items()},
    }


def went_on_from(build: Path) -> str | None:
    """Return the run whose tables a build went on from; None if it made everything anew."""
    path = build / BUILT_NAME
    built: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return built.get("goes_on_from")


def content_sha256(files: dict[str, Any]) -> str:
    """Return one hash over the Parquet files of `marts`: equal data, equal hash."""
    lines = [
        f"{name} {entry['sha256']}\n"
        for name, entry in sorted(files.items())
        if name.startswith(f"{PUBLIC_SCHEMA}/")
    ]
    return hashlib.sha256("".join(lines).encode("utf-8")).hexdigest()


def same_content(manifest: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two releases were made from the same inputs and say the same."""
    keys = ("content_sha256", "config_sha256", "inputs")
    return all(manifest[key] == other[key] for key in keys)


def _described(table: Table, files: dict[str, Any]) -> dict[str, Any]:
    path = f"{table.schema}/{table.name}.parquet"
    return {
        "schema": table.schema,
        "name": table.name,
        "rows": table.rows,
        "path": path,
        "sha256": files[path]["sha256"],
    }


def _gate(entry: dict[str, Any]) -> dict[str, Any]:
    failed = [result["rule_id"] for result in entry["results"] if not result["success"]]
    return {
        "outcome": entry["outcome"],
        "audited_at": entry["audited_at"],
        "rules_checked": len(entry["results"]),
        "rules_failed": failed,
    }


def _records(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _commit() -> str | None:
    """Return the checkout's commit, or None where the code does not lie in a git checkout."""
    git = shutil.which("git")
    if git is None or not (PROJECT_ROOT / ".git").exists():
        return None
    asked = subprocess.run(  # noqa: S603 - a fixed command, no input
        [git, "-C", str(PROJECT_ROOT), "rev-parse", "HEAD"],
        capture_output=True,
        check=False,
        text=True,
        timeout=10,
    )
    return asked.stdout.strip() if asked.returncode == 0 else None
