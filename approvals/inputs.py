"""What a database was built of: the files of the lake and the journal, as hashes."""

import hashlib
from pathlib import Path
from typing import Any, Final

import duckdb

from approvals.decisions import GENESIS

NEWEST_ENTRY: Final = """
select entry_number, entry_id from staging.stg_lake__decisions order by entry_number desc limit 1
"""


def journal_read(candidate: Path) -> dict[str, Any]:
    """Return the newest entry of the journal that a candidate was built with.

    Its `entry_number` is 0 and its `entry_hash` 64 zeros where the journal had none.
    """
    with duckdb.connect(str(candidate), read_only=True) as connection:
        row = connection.execute(NEWEST_ENTRY).fetchone()
    number, entry_hash = row or (0, GENESIS)
    return {"entry_number": number, "entry_hash": entry_hash}


def lake_manifests(lake: Path) -> dict[str, str]:
    """Return file_sha256 → the hash of its manifest, of every file that the lake holds.

    Nothing else states it: whoever changes a manifest later can be found out by this.
    """
    return {
        path.stem: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((lake / "files").glob("*.json"))
    }
