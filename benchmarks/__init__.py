"""Benchmarks: run by hand, never by the tests; each prints what it measured."""
