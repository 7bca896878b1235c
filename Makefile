# make run    install into .venv and open Reflect
# make test   install, then run every test
# make check  lint, types, imports, prompts
PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif

.PHONY: run test check lock wheel format screenshots clean

run: .venv/installed
	$(BIN)/reflect

test: .venv/installed-dev
	$(BIN)/python -m pytest -n 2

check: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/reflect prompts check

# Every package is pinned by hash, and --no-deps because each lock is complete (CONTRIBUTING, "Dependencies").
define installed_from
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $(1)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@
endef

.venv/installed: requirements.lock pyproject.toml
	$(call installed_from,requirements.lock)

.venv/installed-dev: requirements-dev.lock pyproject.toml
	$(call installed_from,requirements-dev.lock)
	touch .venv/installed

# After changing a dependency in pyproject.toml.
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	--all-extras --group build --group model pyproject.toml
lock:
	$(COMPILE) --output-file requirements.lock
	$(COMPILE) --group dev --constraint requirements.lock --output-file requirements-dev.lock

format:
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

wheel: .venv/installed-dev
	$(BIN)/python -m build --wheel

screenshots: .venv/installed-dev
	$(BIN)/python -m tests.app.screenshots

clean:
	rm -rf .venv dist build
