"""Tests of what an inspection finds."""
