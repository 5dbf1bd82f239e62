"""Field-office exports in, lake out: find, land, read, map, type, commit.

Knows nothing of schedulers. `load_exports` is the stage; everything else serves it.
"""

from extract.load import load_exports
from extract.report import FileReport, LoadReport

__all__ = ["FileReport", "LoadReport", "load_exports"]
