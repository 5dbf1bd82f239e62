"""Tests of the Dags and of the local Airflow that runs them."""
