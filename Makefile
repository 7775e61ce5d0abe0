# Rundbord. `make` alone lists what there is. ARGS are passed on: make test ARGS="tests/rules -x"
.DEFAULT_GOAL := help
.PHONY: help run demo test test-quick nightly test-servers test-dates test-late mutants check format rehearsal bench bench-browser vendor setup setup-dev clean

# Empty: scripts/ensure_venv.sh looks for one.
PYTHON ?=
ARGS ?=
# More than there are cores: all workers but one run tests that wait for servers and browsers (tests/scheduling.py).
WORKERS ?= 6
# Each worker reads all tests: they are compiled once, also where the environment forbids to keep what was compiled.
COMPILED := env -u PYTHONDONTWRITEBYTECODE
export PYTHON

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## (.*)/  make \1\t\2/' | expand -t 20

run: setup ## start the server (settings: docs/running.md)
	@exec .venv/bin/python run.py $(ARGS)

demo: setup ## start the server with an example workshop in the middle of its programme
	@exec .venv/bin/python run.py --demo $(ARGS)

test: setup-dev ## run every test; installs Chromium and Node where they are missing and apt is there
	@scripts/ensure_test_tools.sh
	$(COMPILED) .venv/bin/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

test-quick: setup-dev ## run a sample of the tests that need no browser, no server of their own and no load
	$(COMPILED) .venv/bin/python -m scripts.quick_tests $(ARGS)

nightly: setup-dev ## run the long tests of what faults may cost, with a half-day of MINUTES (30)
	@scripts/ensure_test_tools.sh
	MINUTES=$(or $(MINUTES),30) .venv/bin/python -m pytest -n 0 -s -v tests/nightly $(ARGS)

test-servers: setup-dev ## run the live tests on every engine and database, on one and two processes, and commands on PostgreSQL
	@scripts/ensure_test_tools.sh
	SERVERS=all $(COMPILED) .venv/bin/python -m pytest -n 2 --dist loadfile tests/live $(ARGS)
	TEST_DATABASE=postgresql $(COMPILED) .venv/bin/python -m pytest -n 2 tests/commands tests/door tests/screens $(ARGS)

test-dates: setup-dev ## run the tests but for browser and load with the clock set to 2027-07-01 and 2028-02-29
	@WORKERS=$(WORKERS) scripts/test_dates.sh $(ARGS)

test-late: setup-dev ## run the browser tests against a server that does half a second late what pages ask for
	@scripts/ensure_test_tools.sh
	LATE=$(or $(LATE),0.5) $(COMPILED) .venv/bin/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder tests/browser $(ARGS)

mutants: setup-dev ## put COUNT faults (SEED) into a copy of the code and say which no test notices
	.venv/bin/python -m scripts.mutants $(if $(COUNT),--count $(COUNT)) $(if $(SEED),--seed $(SEED)) $(ARGS)

check: setup-dev ## lint, layout and types
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy

format: setup-dev ## order imports and lay out the code
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

rehearsal: setup-dev ## replay a real session through the real server and compare every number
	.venv/bin/python -m tests.load.rehearsal $(ARGS)

bench: setup-dev ## measure the server with many phones
	.venv/bin/python -m tests.load.bench $(ARGS)

bench-browser: setup-dev ## measure phone, console and board with 2,000 ideas in Chromium
	@scripts/ensure_test_tools.sh
	.venv/bin/python -m tests.load.bench_browser $(ARGS)

vendor: setup ## fetch the browser libraries again at their pinned versions
	.venv/bin/python scripts/vendor.py $(ARGS)

setup:
	@scripts/ensure_venv.sh requirements.txt

setup-dev:
	@scripts/ensure_venv.sh requirements-dev.txt

clean: ## remove the virtual environment and caches; the instance folder stays
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
