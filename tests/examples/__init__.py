"""Tests of the example exports and of the data that configures them."""
