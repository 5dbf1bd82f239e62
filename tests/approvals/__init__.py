"""Tests of settings, configuration, run ids, pipeline and command line."""
