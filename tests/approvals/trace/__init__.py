"""Tests of approvals.trace."""
