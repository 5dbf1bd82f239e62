"""The command line: one entry point over the stages; exit codes in docs/command-line.md."""

from approvals.cli.app import main

__all__ = ["main"]
