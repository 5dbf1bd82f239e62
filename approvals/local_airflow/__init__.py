"""Airflow on one machine: the night run once (`make run`) and the web interface (`make up`).

The only package beside `dags/` that imports Airflow. Nothing here knows what the Dags do; it
prepares an Airflow home with its own keys, runs the real scheduler and reports what it saw.
"""
