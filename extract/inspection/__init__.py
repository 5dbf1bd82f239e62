"""What the reader makes of one file and why, without loading it: `approvals inspect`."""

from extract.inspection.findings import Findings
from extract.inspection.trial import inspect_file

__all__ = ["Findings", "inspect_file"]
