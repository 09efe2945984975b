# make check: install, then check the shipped graph. make test: the whole suite. make lint, make bench, make lock.
# make release VERSION=1.2.0 [PREVIOUS=rev:v1.1.0] [TO=folder] [DAY=2026-11-22] [ADDRESS=https://…]: a release, verified.
# ADDRESS is where its folder site/ will be served.
.DEFAULT_GOAL := check
.PHONY: check test lint format bench release lock clean

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
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

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
	$(BIN)/python tests/bench/publishing.py --triples 100000 1000000 --forms
	$(BIN)/python tests/bench/website.py

TO      ?= dist/accords-emploi-$(VERSION)
release: $(STAMP)
	@test -n "$(VERSION)" || { echo "make release VERSION=1.2.0" >&2; exit 2; }
	@mkdir -p "$(dir $(TO))"
	$(BIN)/accords release build --version "$(VERSION)" --to "$(TO)" $(if $(PREVIOUS),--previous "$(PREVIOUS)") $(if $(DAY),--date "$(DAY)") $(if $(ADDRESS),--address "$(ADDRESS)")
	$(BIN)/accords release verify "$(TO)"

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
