# Everything a developer types. `make` lists it.

.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
# What is never imported is not compiled: the rest is when it first is, and kept.
INSTALL := $(BIN)/pip install --quiet --no-compile --disable-pip-version-check
MEMBERS := core/pyproject.toml $(wildcard plugins/*/pyproject.toml)
# Who answers for every branch: named examples, since what chance reaches it may miss tomorrow.
GUARDED := tests/policy tests/tenants tests/storage tests/sealing tests/events \
	tests/deploy/test_pooling.py --ignore tests/storage/test_migrate.py -m "not hypothesis"
OURS := $(shell sed -n 's/^name = "\(.*\)"/\1/p' pyproject.toml $(MEMBERS))

# Whatever the shell says, what was compiled once is kept: every command starts sooner.
export PYTHONDONTWRITEBYTECODE :=
# What tests write is more than a disk likes: into memory, where there is a file system in it.
export PYTEST_DEBUG_TEMPROOT := $(if $(wildcard /dev/shm/.),/dev/shm,)

.PHONY: help
help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# Python brings a pip that may be years old, and takes four times as long: ours comes first.
.venv/ready: requirements.txt workspace.txt $(MEMBERS)
	$(PYTHON) -m venv .venv
	sed -n '/^pip==/,/[^\\]$$/p' requirements.txt | $(INSTALL) --require-hashes -r /dev/stdin
	$(INSTALL) --require-hashes -r requirements.txt
	$(INSTALL) --no-deps --no-build-isolation -r workspace.txt
	@touch $@

.PHONY: setup
setup: .venv/ready ## Make .venv: pinned tools first, then the workspace itself

.PHONY: demo
demo: setup ## Load the five sample institutions into var/demo and serve them
	$(BIN)/zhibu demo

.PHONY: test
test: setup ## Run every test, on SQLite and on a PostgreSQL the suite starts itself
	$(BIN)/pytest -q -n 2 --dist loadgroup

.PHONY: interference
interference: setup ## Ask 5,000 generated queries as each role, on both databases
	TEST_QUERIES=5000 $(BIN)/pytest -q -n 2 --dist loadgroup tests/noninterference

.PHONY: check
check: setup ## Types and style
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

.PHONY: secure
secure: setup ## Look for unsafe code, for secrets, and for known vulnerabilities of what is pinned
	$(BIN)/ruff check --select S .
	$(BIN)/bandit --quiet --configfile pyproject.toml --recursive core plugins
	$(BIN)/python -m zhibu.testing.secrets .ci/secrets.yaml
	$(BIN)/python -m zhibu.testing.vulnerabilities requirements.txt

.PHONY: sbom
sbom: setup ## Write var/sbom.json: what is built in, by CycloneDX, without asking anybody
	$(BIN)/python -m zhibu.testing.components requirements.txt var/sbom.json

.PHONY: coverage
coverage: setup ## Demand every branch of what keeps apart, seals, decides and records
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -q -n 2 --dist loadgroup $(GUARDED)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

.PHONY: plugin
plugin: setup ## Generate a complete small plugin: make plugin NAME=honours [INTO=plugins]
	$(BIN)/zhibu plugin new $(NAME) --into $(or $(INTO),plugins)

.PHONY: clauses
clauses: setup ## Print which clause of the sources is kept by which test
	$(BIN)/python -m zhibu.testing.clauses

.PHONY: bench
bench: setup ## Compare with PostGraphile and with hand-written SQL, as ratios in one run
	$(BIN)/python -m bench

.PHONY: load
load: setup ## Offer writes, reads and votes at a rate, and too much of them; nothing is lost
	$(BIN)/python -m bench.holding

.PHONY: lock
lock: ## Pin every dependency by hash, naming no index
	$(PYTHON) -m venv .tools && .tools/bin/pip install --quiet uv
	.tools/bin/uv pip compile pyproject.toml $(MEMBERS) --group pyproject.toml:dev --universal \
		--python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header \
		$(OURS:%=--no-emit-package %) --quiet --output-file requirements.txt
