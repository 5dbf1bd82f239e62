"""Tests, laid out like the stages they test; each module says what it leaves out."""
