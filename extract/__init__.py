"""Field-office exports in, lake out: find, land, read, map, type, commit.

Knows nothing of schedulers. `load_exports` is the stage; everything else serves it. It is imported
when it is asked for: the child process that parses a spreadsheet needs the readers alone, and the
rest would cost it more than a small file does.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extract.load import load_exports
    from extract.report import FileReport, LoadReport

__all__ = ["FileReport", "LoadReport", "load_exports"]


def __getattr__(name: str) -> object:
    """Return one of the public names, imported now.

    Raises:
        AttributeError: the package has no such name.
    """
    if name == "load_exports":
        from extract.load import load_exports

        return load_exports
    if name in __all__:
        from extract import report

        return getattr(report, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
