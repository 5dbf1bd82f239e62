# Every target works on a fresh machine with Python 3.11, 3.12 or 3.13, make and a package index.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOCKS := requirements/warehouse.lock requirements/airflow.lock
DBT_FILES := $(shell find dbt_project -type f ! -name '*.csv')
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps

DBT_LINT := --quiet --project-dir dbt_project --profiles-dir dbt_project --target-path ../var/lint/target \
  --log-path var/lint/logs --no-send-anonymous-usage-stats --no-version-check --no-partial-parse \
  --warn-error-options '{"error": ["Deprecations"]}'

.DEFAULT_GOAL := help
.PHONY: help setup run up test lint format docs lock clean

help: ## Show this list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.project-read ## Install everything that a run needs, pinned and hashed, into .venv

$(VENV)/.installed: $(LOCKS) pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13) and \
	  "Python 3.11, 3.12 or 3.13 is needed, this is %d.%d: make PYTHON=python3.12" % sys.version_info[:2])'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing into $(VENV) (about two minutes the first time)"
	@$(INSTALL) $(addprefix -r ,$(LOCKS))
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# dbt takes ten seconds to read the project; every run uses this reading until the project changes.
$(VENV)/.project-read: $(VENV)/.installed $(DBT_FILES)
	@$(BIN)/python -m approvals.parsed_project
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.project-read requirements/dev.lock
	@$(INSTALL) -r requirements/dev.lock
	@touch $@

run: setup ## Run the three Dags once through Airflow; print the published figures and the release
	@$(BIN)/python -m approvals.local_airflow run-once
	@$(BIN)/approvals figures
	@$(BIN)/approvals where

up: setup ## Start a local Airflow with its web UI on loopback; Ctrl-C stops it
	@$(BIN)/python -m approvals.local_airflow up

test: $(VENV)/.installed-dev ## Run all tests side by side, with coverage
	@$(BIN)/python -m pytest -n logical --maxprocesses 4 --no-loadscope-reorder --cov --cov-report=term
	@for package in extract expectations publish; do echo "coverage of $$package, at least 93 %:"; \
	  $(BIN)/coverage report --include="$$package/*" --format=total --fail-under=93 || exit 1; done

lint: $(VENV)/.installed-dev ## Run every check that needs no data
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/sqlfluff lint dbt_project/models dbt_project/tests
	@APPROVALS_LAKE=var/lake $(BIN)/dbt parse $(DBT_LINT)
	@mkdir -p var/lint
	@$(BIN)/dbt-bouncer run --config-file dbt-bouncer.yml > var/lint/bouncer.log 2>&1 \
	  || { cat var/lint/bouncer.log; exit 1; }

format: $(VENV)/.installed-dev ## Format Python and SQL
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .
	@$(BIN)/sqlfluff fix --quiet dbt_project/models

docs: $(VENV)/.installed-dev ## Write the generated pages of docs/ anew
	@APPROVALS_LAKE=var/lake $(BIN)/dbt parse $(DBT_LINT)
	@$(BIN)/python -m approvals.marts_page var/lint/target/manifest.json docs/marts.md
	@$(BIN)/python -m extract.reasons_page > docs/reason-codes.md
	@$(BIN)/python -m expectations.catalogue > docs/quality-rules.md

lock: ## Resolve the locks anew (needs uv)
	@requirements/lock.sh

clean: ## Remove what runs produced (var/), nothing else
	@chmod -R u+w var 2>/dev/null || true
	@rm -rf var
