# Each target runs one command, also written in CONTRIBUTING.md, so that everything works without make.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes
MEETING ?=
TOPIC ?=
T ?=
SEED ?= 1
N ?= 100

.DEFAULT_GOAL := help
.PHONY: help serve meeting pack annex topic send due inbox schedule check fix test golden bench faults findings mutate site demo clean

help: ## List these targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-8s %s\n", $$1, $$2}'

serve: .venv/run.stamp ## Open the desk: a page in the browser of this machine, for everything below
	@$(BIN)/reportpack serve

pack: .venv/run.stamp ## Build the briefing pack (MEETING=2019-05-28 for another meeting than the next)
	@$(BIN)/reportpack pack $(MEETING)

meeting: .venv/run.stamp ## Set the next meeting on the day that its series proposes (MEETING=2019-06-25 for another day)
	@$(BIN)/reportpack meeting new $(MEETING)

annex: .venv/run.stamp ## Make the notes of a meeting into the annex (MEETING=... for another than the latest with notes)
	@$(BIN)/reportpack annex $(MEETING)

send: .venv/run.stamp ## Send what was released to the people who get it; it asks first (MEETING=... for another than the next)
	@$(BIN)/reportpack send $(MEETING)

due: .venv/run.stamp ## Do what fell due by today: notes, packs, chases, reminders (nothing goes that nobody released)
	@$(BIN)/reportpack due

inbox: .venv/run.stamp ## Take in replies from inputs/inbox and list those that wait
	@$(BIN)/reportpack inbox

schedule: .venv/run.stamp ## Show how the machine would run `due` every day
	@$(BIN)/reportpack schedule show

topic: .venv/run.stamp ## Make the dossier of a topic (TOPIC="hate crime satisfaction")
	@$(BIN)/reportpack register topic "$(TOPIC)" --pdf

check: .venv/test.stamp ## Check the code: style, types, the arrows between rooms, help texts and guides
	@$(BIN)/python -m tests.check

fix: .venv/test.stamp ## Put right of the style what a machine can
	@$(BIN)/ruff check --fix reportpack tests bench
	@$(BIN)/ruff format reportpack tests bench

test: .venv/test.stamp ## Run every test (T=tests/merge for some of them)
	@echo "Running the tests$(if $(T),, (a few minutes))"
	@$(BIN)/python -m pytest -n auto --dist loadfile $(T)

golden: .venv/test.stamp ## Renew the golden files; look at what changed before you commit it
	@$(BIN)/python -m pytest tests/golden tests/*/test_golden*.py tests/settings/test_dictionary.py tests/test_architecture.py --update-golden

bench: .venv/bench.stamp ## Measure what things cost, against named peers, in one run
	@$(BIN)/python -m bench

faults: .venv/test.stamp ## Strike runs at every sync and rename, servers and copies too; prints the table of docs/reliability.md (SEED=1)
	@$(BIN)/python -m tests.faults --seed $(SEED)

findings: ## Show again what was found out about others' libraries, tools and formats (findings/README.md)
	@set -e; for one in findings/*.sh; do echo "== $$one"; bash "$$one"; done

mutate: .venv/test.stamp ## Change one operator or number at a time and see whether the room's own tests notice (N=100, SEED=1)
	@$(BIN)/python -m tests.mutate $(N) --seed $(SEED)

site: .venv/site.stamp ## Make the guides into one site, build/site/README.html; a link that leads nowhere stops it
	@$(BIN)/sphinx-build -q -W --keep-going -c docs . build/site
	@echo build/site/README.html

demo: pack ## Build the example's pack and say where it is

clean: ## Remove what can be made again: build/ and .venv/
	rm -rf build .venv

.venv/python.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "reportpack needs Python 3.11 or newer: install it, or say where it is: make pack PYTHON=/path/to/python3.11")'
	@echo "Making .venv/ with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/run.stamp: .venv/python.stamp requirements/run.txt requirements/build.txt pyproject.toml
	@echo "Installing what the program needs (once, about half a minute)"
	@$(PIP) -r requirements/run.txt -r requirements/build.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q reportpack
	@touch $@

.venv/test.stamp: .venv/run.stamp requirements/test.txt
	@echo "Installing what the tests need (once, about a minute)"
	@$(PIP) -r requirements/test.txt
	@touch $@

.venv/bench.stamp: .venv/test.stamp requirements/bench.txt
	@echo "Installing the peers to measure against (once, about a minute)"
	@$(PIP) -r requirements/bench.txt
	@touch $@

.venv/site.stamp: .venv/run.stamp requirements/site.txt
	@echo "Installing what makes the site (once, about half a minute)"
	@$(PIP) -r requirements/site.txt
	@touch $@
