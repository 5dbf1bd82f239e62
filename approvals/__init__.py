"""The command line, the settings and the contracts that every stage of the warehouse shares."""

__version__ = "0.1.0"
