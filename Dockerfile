# The warehouse and its Airflow. The tag is pinned, not the digest: no registry could be asked for it
# when this was written; pin it where you build (docker buildx imagetools inspect python:3.11-slim-bookworm).
FROM python:3.11-slim-bookworm

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /srv/approvals

# Dependencies first: they change less often than the code. Each file is refused without its hash.
COPY requirements/warehouse.lock requirements/airflow.lock requirements/postgres.lock requirements/
RUN pip install --require-hashes --no-deps \
      -r requirements/warehouse.lock -r requirements/airflow.lock -r requirements/postgres.lock

COPY . .
RUN pip install --no-deps --no-build-isolation --editable . && python -m approvals.parsed_project

# dbt and DuckDB want a home that they may write to; /tmp is a tmpfs in the compose file.
ENV HOME=/tmp AIRFLOW_HOME=/srv/airflow PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER 50000:0
CMD ["approvals", "--help"]
