"""Writes the example exports: `python -m examples.generate OUT_DIR`.

The same bytes at every run and on every Python: fixed seeds, no clock, no locale. What stands in
the folder under the names that are written is replaced; nothing else is touched.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from examples.cells import row
from examples.contents import lines
from examples.history import all_histories
from examples.layouts import LAYOUTS
from examples.schedule import OFFICES, Export, exports
from examples.side_files import side_files
from examples.writers import file_bytes

RESENT = "bangkok/bangkok_approvals_2006-03_exported_2006-04-20.csv"
"""The export of March once more, byte for byte, under a later name."""
NOTICE = Path(__file__).with_name("exports.md")


def export_files() -> Iterator[tuple[str, bytes]]:
    """Yield path below the drop folder and bytes of every example export."""
    histories = all_histories()
    yield "README.md", NOTICE.read_bytes()
    yield from side_files()
    for office in OFFICES:
        own = [history for history in histories if history.first.office_id == office]
        layout = LAYOUTS[office]
        for export in exports(office):
            rows = [row(approval, status, layout) for approval, status in lines(export, own)]
            content = file_bytes(rows, layout, _subtitle(export))
            yield f"{office}/{export.name}", content
            if export.name.startswith("bangkok_approvals_2006-03_"):
                yield RESENT, content


def write_exports(folder: Path) -> int:
    """Write every example export below the folder and return how many."""
    count = 0
    for name, content in export_files():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        count += 1
    return count


def _subtitle(export: Export) -> str:
    period = f"Approvals of {export.year}" if export.year else "New approvals and revisions"
    return f"{period}, as at {export.cutoff:%d/%m/%Y}"


def main(arguments: list[str]) -> int:
    """Run the command line; return the exit code."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m examples.generate OUT_DIR\n")
        return 2
    count = write_exports(Path(arguments[0]))
    sys.stdout.write(f"{count} files written below {arguments[0]}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
