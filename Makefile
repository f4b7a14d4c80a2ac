# Two commands: `make run` (the nightly flow over the bundled sample) and `make test` (the whole suite).
# Both set up what they need; a second time they start at once and need no network.

PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet
INSTALL := $(PIP) install --no-deps --require-hashes
DATA := .data

# Bytecode is kept even where the environment forbids it: without it every command takes twice as long.
export PYTHONDONTWRITEBYTECODE =

.PHONY: run test setup setup-dev lint score bench lock gazetteer clean

run: setup
	@$(BIN)/dateline ingest --home "$(DATA)"

setup: $(VENV)/.run $(DATA)/gazetteer.sqlite $(VENV)/.warm

setup-dev: setup $(VENV)/.dev

# A file's tests stay together in one process, since they share what is slow to set up.
test: setup-dev
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile

lint: setup-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

score: setup
	@test -n "$(CORPORA)" || { echo "error: say where the corpora are: make score CORPORA=FOLDER SCORER=FOLDER/score.py"; exit 2; }
	@$(BIN)/python -m benchmarks.scores "$(CORPORA)" $(if $(SCORER),--scorer "$(SCORER)")

bench: setup-dev
	@$(BIN)/python -m benchmarks.speed

lock:
	requirements/lock

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "error: Python 3.11, 3.12 or 3.13 is needed; set PYTHON=/path/to/python3.12"; exit 2; }
	@$(PYTHON) -m venv $(VENV)

# The lists of requirements are complete, so nothing is resolved here; hashes are checked.
$(VENV)/.run: requirements/run.txt pyproject.toml | $(BIN)/python
	@echo "installing what dateline needs (once, about a minute)"
	@$(INSTALL) --no-compile -r requirements/run.txt
	@$(BIN)/python requirements/prune.py
	@$(PIP) install --no-deps --no-build-isolation --no-index --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	@echo "installing what the tests need (once)"
	@$(INSTALL) --no-compile -r requirements/dev.txt
	@touch $@

# Reading one page compiles what reading needs, and no more, so that the first command is as fast as the second.
$(VENV)/.warm: $(VENV)/.run | $(DATA)/gazetteer.sqlite
	@DATELINE_HOME="$(DATA)" $(BIN)/dateline extract fixtures/articles/kharkiv-glide-bombs.html --format jsonl >/dev/null
	@touch $@

# The sources of the gazetteer are large and needed once: they go to a folder that is thrown away.
# They alone are in it: places.csv is laid over them at every start, so a new row needs no rebuild.
$(DATA)/gazetteer.sqlite: requirements/gazetteer.txt $(wildcard flows/gazetteer_*.py) | $(VENV)/.run
	@echo "building the gazetteer (once, about a minute)"
	@mkdir -p "$(DATA)"
	@rm -rf "$(DATA)/sources" && $(INSTALL) --no-compile --target "$(DATA)/sources" -r requirements/gazetteer.txt
	@$(BIN)/dateline gazetteer build --sources "$(DATA)/sources" --output $@
	@rm -rf "$(DATA)/sources"

# Built anew as if its sources had changed; the old one stays until the new one is whole.
gazetteer:
	@$(MAKE) --no-print-directory -W requirements/gazetteer.txt $(DATA)/gazetteer.sqlite

clean:
	rm -rf $(VENV) $(DATA)
