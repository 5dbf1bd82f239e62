"""Tests of proposed column maps."""
