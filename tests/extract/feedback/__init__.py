"""Tests of the answer that an office gets."""
