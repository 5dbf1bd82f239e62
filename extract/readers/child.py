"""The child process: one file after the other is parsed here, under limits.

Whatever a hostile file does to a parser, it does to this process: it holds no secret, has no
environment and no network (where the system lets a process give it up), and cannot write a file.
"""

import importlib
import json
import os
import resource
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extract.readers.table import RawTable

MEMORY_LIMIT = 1 << 30
"""Of data; address space may be three times that, as libraries reserve more than they use."""
CPU_SECONDS = 60
UNPACKED_FILE_LIMIT = 1 << 30
RECORDS_LIMIT = 512 << 20
"""Of what one file may bring back: the parent has no limit of its own."""
RETIRE_ABOVE_KIB = 512 << 10
"""A child that once needed this much ends, so that the next file starts with clean memory."""
OUT_OF_MEMORY = (
    f"it takes more than {MEMORY_LIMIT >> 20} MiB of memory: send it in parts, or as CSV"
)

PARSERS = {
    "spreadsheet": "extract.readers.spreadsheet",
    "spreadsheet_xml": "extract.readers.spreadsheet_xml",
    "html": "extract.readers.html",
    "json": "extract.readers.json_text",
    "parquet": "extract.readers.parquet",
    "iati": "extract.readers.iati",
}
"""Kind of file → the module whose `parse(path, code_page)` reads it; only here is it imported."""


def serve() -> None:
    """Answer each request (a line of JSON) on standard input with the file's tables."""
    limit_resources()
    from extract.errors import RefusedFileError
    from extract.readers.exchange import send, send_refusal

    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    for line in sys.stdin:
        kind, path, code_page = json.loads(line)
        limit_processor_time()
        tables, refusal = [], None
        try:
            tables = parse(kind, Path(path), code_page)
        except RefusedFileError as error:
            refusal = error
        except MemoryError:
            refusal = RefusedFileError("file_too_large", OUT_OF_MEMORY)
        is_last = _peak_kib() > RETIRE_ABOVE_KIB
        if refusal:
            send_refusal(refusal, answers, is_last=is_last)
        else:
            send(tables, answers, is_last=is_last)
        if is_last:
            return


def parse(kind: str, path: Path, code_page: str | None) -> "list[RawTable]":
    """Return the tables of a file, read by the parser of its kind.

    Raises:
        RefusedFileError: the file cannot be read for certain.
    """
    from extract.errors import RefusedFileError
    from extract.readers.lost_letters import warned_of_lost_letters

    tables: list[RawTable] = importlib.import_module(PARSERS[kind]).parse(path, code_page)
    size = sum(table.records.table.nbytes for table in tables)  # type: ignore[attr-defined]
    if size > RECORDS_LIMIT:
        raise RefusedFileError(
            "file_too_large",
            f"its records take {size >> 20} MiB, more than {RECORDS_LIMIT >> 20}: send it in parts",
        )
    return [warned_of_lost_letters(table) for table in tables]


def unpack(path: str, folder: str) -> None:
    """Unpack an archive into a folder and write to standard output what came of it."""
    limit_resources(file_size=UNPACKED_FILE_LIMIT)
    limit_processor_time()
    from extract.readers.containers import unpack_here

    sys.stdout.write(unpack_here(Path(path), Path(folder)))


def limit_resources(file_size: int = 0) -> None:
    """Bound what a hostile file can take; the limits hold for this process only."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_AS, (3 * MEMORY_LIMIT, 3 * MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))


def limit_processor_time() -> None:
    """Give the next file its share of processor time, whatever the files before it took."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + CPU_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


def _peak_kib() -> int:
    """Return the most memory that this program took, in KiB.

    getrusage would count what the parent took when it started the child.
    """
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
