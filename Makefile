# Louke's commands for people. `make` alone lists them.

# uv is used if it works here; otherwise a copy is put into .uv, with a Python that is on this machine.
UV := $(shell uv --version >/dev/null 2>&1 && echo uv || echo .uv/bin/uv)
export UV_PYTHON_PREFERENCE ?= system
export UV_PROJECT_ENVIRONMENT := .venv
# Compiled once while installing, so that every process starts fast.
export UV_COMPILE_BYTECODE ?= 1
# Whom the machine trusts is trusted, a proxy that signs anew included: by uv, the same under its older name, and Node.
export UV_SYSTEM_CERTS ?= 1
export UV_NATIVE_TLS ?= 1
export NODE_USE_SYSTEM_CA ?= 1
# A package index of one's own, under the names that uv and pip have for it.
INDEX := $(firstword $(UV_DEFAULT_INDEX) $(UV_INDEX_URL) $(PIP_INDEX_URL))
# The first installation takes a while and shows its progress.
QUIET := $(if $(wildcard .venv),--quiet)
# A virtual environment that happens to be active is not ours.
unexport VIRTUAL_ENV
# What Python has compiled is kept, whatever the shell says: else each process, and each run of the tests, compiles the whole house anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help up web contract check census units test campaign production lint types floors audit bench fmt clean reset uv dev

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

up: uv ## start everything on this machine, a sandbox of the systems outside included (Ctrl-C stops it)
	@$(if $(INDEX),./.ci/mirror $(UV) $(INDEX),$(UV) sync $(QUIET) --locked --inexact) --no-dev --extra up
	@LOUKE_SANDBOX="$${LOUKE_SANDBOX:-1}" LOUKE_CHECK_ANSWERS="$${LOUKE_CHECK_ANSWERS:-1}" exec .venv/bin/louke up

web: dev ## build the pages (`make up` does so by itself when their sources changed)
	@.venv/bin/louke web

contract: dev ## write the OpenAPI document and its TypeScript types (commit both)
	@.venv/bin/python -m operations.contract

# Two at a time, each told of when it is done; the tests in two processes, of which one works while the other waits.
check: dev ## before each commit: lint, types, floors, and the tests that need neither engine nor browser
	@$(MAKE) --no-print-directory -j2 --output-sync=target units lint types floors

census: dev ## before a new kind, step, form or route is pushed: the tests that go over each that there is
	@.venv/bin/pytest -n 2 --dist worksteal -m census

units: dev
	@.venv/bin/pytest -n 2 --dist worksteal -m "not engines and not slow"

# Each process has engines of its own, and takes over what another has not come to.
test: dev ## run every test
	@.venv/bin/pytest -n auto --dist worksteal

campaign: dev ## the longest tests at full length; then kill every part of a bureau at work for half an hour, and see whether anything is lost
	@LOUKE_LONG=1 .venv/bin/pytest -m long tests/api tests/faults tests/web
	@.venv/bin/python -m tests.faults.campaign

production: dev ## see production run on this machine (LOUKE_TEMPORAL_SERVER names the folder of Temporal's binaries)
	@.venv/bin/python -m tests.production

lint: dev ## what ruff and eslint have to say
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/python -m operations.web_tools lint

types: dev ## what pyright and tsc have to say
	@PYRIGHT_PYTHON_IGNORE_WARNINGS=1 .venv/bin/pyright
	@.venv/bin/python -m operations.web_tools types

floors: dev ## which room imports which
	@.venv/bin/lint-imports

audit: dev ## known faults and licences of what is locked, and its bill of materials (status 69: nobody could be asked)
	@.venv/bin/python -m operations.audit

bench: dev ## measure, beside the floor of what the engines can do
	@.venv/bin/python -m bench

fmt: dev ## lay the code out
	@.venv/bin/ruff check --fix --quiet .
	@.venv/bin/ruff format .

clean: ## remove what can be made again; the data stay
	rm -rf .venv .uv .pytest_cache .ruff_cache .hypothesis .import_linter_cache dist api/pages web/node_modules
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

reset: ## remove the data of `make up`, after asking
	@dir="$${LOUKE_DATA_DIR:-.louke}"; printf 'Remove %s with everything in it? [y/N] ' "$$dir"; read answer; \
	if [ "$$answer" = y ]; then rm -rf "$$dir"; else echo 'Nothing was removed.'; fi

dev: uv ## lay the environment of this clone, with all that tests and checks need
	@$(if $(INDEX),./.ci/mirror $(UV) $(INDEX),$(UV) sync $(QUIET) --locked) --all-extras

uv:
	@$(UV) --version >/dev/null 2>&1 || ./.ci/uv
