# make check: install, then check the shipped graph. make test: the whole suite. make lint, make bench, make lock.
.DEFAULT_GOAL := check
.PHONY: check test lint format bench lock clean

PYTHON  ?= python3
VENV    := .venv
BIN     := $(VENV)/bin
STAMP   := $(VENV)/.installed
# The archive of source texts: beside the checkout unless told otherwise; without it, evidence stays unchecked.
ARCHIVE ?= $(wildcard ../shared/seeds)
export ACCORDS_ARCHIVE := $(ARCHIVE)
ENGINE  ?= auto

check: $(STAMP)
	@$(BIN)/accords check --engine $(ENGINE)

test: $(STAMP)
	$(BIN)/python -m pytest -n auto --dist loadfile

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(STAMP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(STAMP)
	$(BIN)/python tests/bench/run.py
	$(BIN)/python tests/bench/editing.py
	$(BIN)/python tests/bench/keystrokes.py
	$(BIN)/python tests/bench/questions.py --triples 10000 100000 1000000
	$(BIN)/python tests/bench/website.py

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# Needs the network: resolves every dependency again and writes the lock without any index address.
lock:
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python -m pip install --quiet 'pip-tools>=7.6' 'dependency-groups>=1.3'
	.venv-lock/bin/python -m dependency_groups build lint test > .venv-lock/groups.in
	CUSTOM_COMPILE_COMMAND="make lock" .venv-lock/bin/pip-compile --quiet --strip-extras --no-annotate \
	  --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
	  --extra fast --extra framed --extra frames --extra graph --extra lsp --extra sheets --output-file requirements.lock pyproject.toml .venv-lock/groups.in

clean:
	rm -rf $(VENV) .venv-lock dist build
