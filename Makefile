# Everything happens inside this folder: .venv holds the Python packages, out/ reports, build/ and dist/ the frozen app.
#   make run      set up, then open the window; with no display, appraise the example and write its report to out/
#   make test     set up, then run the whole suite with no display
# Another Python:   make run PYTHON=/usr/bin/python3.12

SHELL := /bin/bash
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
PYTHON ?=
export PYTHON

# Tests see neither the display nor the settings of whoever runs them.
JOBS ?= auto
TESTS ?=

.PHONY: coverage cases screens help setup run test check format advice app verify fuzz audit long mutants package twice bench lock clean

help:            ## this list
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

setup:           ## .venv with the pinned run-time dependencies and .venv/bin/partnerwizard
	@tools/setup.sh run

run: setup       ## open the wizard, or with no display do the main job on the example
	@.venv/bin/python tools/run.py

test:            ## the whole suite, with no display (one file: make test TESTS=tests/test_x.py)
	@tools/setup.sh run test
	@.venv/bin/python tools/check_system_libraries.py offscreen
	QT_QPA_PLATFORM=offscreen .venv/bin/python -m pytest -n $(JOBS) -m "not long" $(TESTS)

coverage:        ## the same, with which lines ran (half as slow again)
	@tools/setup.sh run test
	QT_QPA_PLATFORM=offscreen .venv/bin/python -m pytest -n $(JOBS) -m "not long" --cov --cov-report=term $(TESTS)

check:           ## lint, types, and which part may import which
	@tools/setup.sh run test check
	.venv/bin/ruff check
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/python tools/structure.py --check

format:          ## lay the code out and fix what can be fixed safely
	@tools/setup.sh run test check
	.venv/bin/ruff check --fix
	.venv/bin/ruff format

advice:          ## what the guidance advises in every known situation, whether it is sound, and how much it moves
	@tools/setup.sh run
	@.venv/bin/python tools/advice.py

app:             ## the frozen app in dist/partnerwizard, and its smoke test
	@tools/setup.sh run app
	@.venv/bin/python tools/check_system_libraries.py offscreen freeze
	PYTHONPATH=tools .venv/bin/python -m package.prepare
	PYTHONHASHSEED=0 SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct 2>/dev/null || echo 0) \
	  .venv/bin/pyinstaller --noconfirm --clean --log-level ERROR --distpath dist --workpath build/pyinstaller build.spec
	tools/smoke_frozen.sh dist/partnerwizard

verify: app      ## what must hold before a release: the frozen app, the advice under stress, the reports in every format
	@tools/setup.sh run test verify oracles
	.venv/bin/python -m pytest -q -n $(JOBS) -m long
	@tools/package/try_wheel.sh
	PYTHONPATH=tools .venv/bin/python -m verify
	@$(MAKE) --no-print-directory fuzz audit

fuzz:            ## files of every kind made by machine to do harm (FUZZ_SECONDS=60 for all kinds together)
	@tools/setup.sh run fuzz || { echo "fuzz: the guide by coverage cannot be had here, so this goes on without"; tools/setup.sh run; }
	PYTHONPATH=tools .venv/bin/python -m fuzz --seconds $(or $(FUZZ_SECONDS),60)

audit:           ## dependencies: pinned by hash, each with reason and licence; known weaknesses where data is at hand
	@tools/setup.sh run
	PYTHONPATH=tools .venv/bin/python -m audit

long:            ## by hand, some hours: 500 kills, 10,000 actions, an hour of hostile files (docs/reliability.md)
	@tools/setup.sh run test
	PARTNERWIZARD_KILLS=500 PARTNERWIZARD_SOAK=10000 QT_QPA_PLATFORM=offscreen \
	  .venv/bin/python -m pytest -q -n $(JOBS) -m long tests/reliability
	@$(MAKE) --no-print-directory fuzz FUZZ_SECONDS=3600

mutants:         ## by hand: which changes of the gates, the case file and the engine no test notices (SCOPE=gates|engine)
	@tools/setup.sh run test $(if $(wildcard requirements/mutants.txt),mutants)
	tools/mutants.sh $(or $(SCOPE),gates)

screens: setup   ## the pictures of the user guide anew, from the real window
	@.venv/bin/python tools/screens.py

cases: setup     ## the example and decided cases anew from their answers, after a change of the pack
	@tools/cases.sh

package: app     ## what is handed out, into out/packages: Debian package, tarball, portable zip, hashes (as root: tried in a clean root)
	@tools/package/make.sh dist/partnerwizard out/packages

twice: setup     ## two builds of the frozen app, compared file by file
	@tools/setup.sh run app
	@tools/package/twice.sh

bench:           ## times the decision engine beside its peers, into out/benchmarks.md (WITHOUT_PEERS=1: alone)
	@tools/setup.sh run
	@tools/bench/run.sh $(if $(WITHOUT_PEERS),--without-peers)
	@PYTHONPATH=. .venv/bin/python tools/bench/workshop.py

lock:            ## write requirements/*.txt anew from pyproject.toml (needs uv; UPGRADE=1 takes newer versions)
	tools/lock.sh $(if $(UPGRADE),--upgrade)

clean:           ## remove everything that was made here
	rm -rf .venv build dist out .coverage .coverage.* .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
