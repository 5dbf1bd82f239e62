"""What people decide, kept in a journal that nobody can change unseen (docs/quarantine.md).

The journal lies in the lake and is hash-chained. This package knows who may decide what about
whom; it types no cell, builds nothing and publishes nothing.
"""

from approvals.decisions.entry import GENESIS, Entry
from approvals.decisions.journal import BrokenLink, Head, Journal

__all__ = ["GENESIS", "BrokenLink", "Entry", "Head", "Journal"]
