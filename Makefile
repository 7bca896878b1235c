# make run    install into .venv and open Reflect
# make test   install, then run every test
# make check  lint, types, imports, prompts, pages
# make quick  the rules alone: the tests to run while you work
# make coverage, make mutate  how much the tests hold; hours, so weekly
# make sbom   build/sbom.json: every package of the lock with its hashes, for each release
# make torture  kills, damage, full disks, SQL, hostile lines, and a tab used for two hours; before a release
PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif

# Branches that the tests go through, in a hundred: no less than this.
COVERED := 90

.PHONY: run test quick coverage mutate torture sbom check docs lock wheel format screenshots cast clean

run: .venv/installed
	$(BIN)/reflect

test: .venv/installed-dev
	$(BIN)/python -m pytest -n 3 --dist worksteal  # three for two cores: tests of screens wait as much as they work

quick: .venv/installed-dev
	$(BIN)/python -m pytest -q -n 2 -m "not slow" tests/language tests/noticing tests/retrieval tests/conversation

coverage: .venv/installed-dev
	$(BIN)/uv pip install --quiet --python $(BIN)/python --group held
	$(BIN)/python -m pytest -n 2 --cov --cov-report=term:skip-covered --cov-fail-under=$(COVERED)

mutate: .venv/installed-dev
	$(BIN)/uv pip install --quiet --python $(BIN)/python --group held
	$(BIN)/mutmut run
	$(BIN)/mutmut results

sbom: .venv/installed-dev
	$(BIN)/uv pip install --quiet --python $(BIN)/python --group bill
	mkdir -p build
	$(BIN)/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml --output-reproducible \
		--output-format JSON --output-file build/sbom.json

torture: .venv/installed-dev
	$(BIN)/python -m tools.torture

check: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/reflect prompts check
	$(BIN)/mkdocs build --quiet --strict --site-dir build/site

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
	--extra serve --extra office --extra pdf --group build --group model pyproject.toml
lock:
	$(COMPILE) --output-file requirements.lock
	$(COMPILE) --group dev --constraint requirements.lock --output-file requirements-dev.lock

format:
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: .venv/installed-dev
	$(BIN)/mkdocs build --strict --site-dir build/site

wheel: .venv/installed-dev
	$(BIN)/python -m build

screenshots: .venv/installed-dev
	$(BIN)/python -m tools.screenshots

cast: .venv/installed-dev
	$(BIN)/uv pip install --quiet --python $(BIN)/python --group cast
	$(BIN)/python -m tools.cast

clean:
	rm -rf .venv dist build mutants
