"""What a child process imports before it parses a first file.

Not here: what it may do and take (`test_isolated.py`).
"""

import subprocess
import sys

from extract.readers.child import PARSERS


def test_child_imports_the_readers_alone() -> None:
    modules = ", ".join(["extract.readers.exchange", *PARSERS.values()])
    code = f"import sys, {modules}; print(*sys.modules, sep='\\n')"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    imported = set(done.stdout.splitlines())
    assert {"extract", "extract.readers.spreadsheet"} <= imported
    assert not imported & {"extract.load", "approvals.configuration", "pandas", "pydantic"}
