"""From a figure to the cells that it comes from: every level re-added and compared with the next.

Reads one release, read-only, and nothing else: the way down is the data of its `lineage_` tables
(docs/trace.md), so whoever has the release can walk it without this package too.
"""

from approvals.trace.model import Trace
from approvals.trace.page import render_page
from approvals.trace.walk import trace

__all__ = ["Trace", "render_page", "trace"]
