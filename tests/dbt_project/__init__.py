"""Tests of the dbt project, on small lakes and through the real dbt and DuckDB."""
