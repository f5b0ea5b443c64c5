# Everything a developer types. `make run` and `make test` work as the first command on a bare clone.
BIN := .venv/bin
WORKERS ?= 2
PYTEST_ARGS ?=

.PHONY: setup run test check cases bench dist clean
.DEFAULT_GOAL := setup

setup: .venv/ready

# The script compares contents, so a mere change of date costs no network either.
.venv/ready: pyproject.toml scripts/setup.sh
	@sh scripts/setup.sh

run: setup
	@$(BIN)/liveroom rehearse

check: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

# A file stays with one worker, so that what its fixtures build is built once.
test: check
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup --no-loadscope-reorder $(PYTEST_ARGS)

# The fourteen cases on forty seeds each; `make test` plays ten.
cases: setup
	@LIVEROOM_CASE_SEEDS=40 QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup tests/rehearsals

bench: setup
	@$(BIN)/python -m benchmarks

dist: setup
	@$(BIN)/python scripts/build_dist.py

clean:
	rm -rf build dist .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
