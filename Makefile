# BioCarto. A fresh machine needs Python 3.11 or newer, git and make; `make` alone lists what there is.
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run dev data-check check test test-services soak lint format bench assets layers static booth clean

PORT ?= 8501
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin

# A step is done when its stamp exists. The name of a stamp holds a checksum of what the step was made from, and the stamp lies in the
# folder that the step fills: an edited list, another Python, a moved or deleted folder each bring the step back, and nothing else does.
sum = $(shell { $(1); } 2>/dev/null | cksum | cut -d' ' -f1)
VENV := .venv/.made-$(call sum,$(PYTHON) -VV; pwd)
PACKAGES := .venv/.run-$(call sum,cat requirements.txt)
TEST_PACKAGES := .venv/.test-$(call sum,cat requirements-dev.txt)
NODE_PACKAGES := node_modules/.run-$(call sum,cat package-lock.json)
NODE_TEST_PACKAGES := node_modules/.test-$(call sum,cat package-lock.json)

# Node.js is the machine's, else that of the Python wheel. What the browser runs is checked as Python is: rules, types, tests.
NODE := PATH="$$PATH:$(CURDIR)/$(BIN)"
lint_scripts = $(NODE) node_modules/.bin/biome lint --error-on-warnings
type_scripts = $(NODE) node_modules/.bin/tsc --project .
test_scripts = $(NODE) node --test --test-reporter=dot tests/js/*.test.js

# Two workers share what may run beside others, a file at a time. What must run alone comes afterwards; only its files are read.
PYTEST := $(BIN)/python -m pytest
SHARED := $(PYTEST) -n 2 --dist loadfile --no-loadscope-reorder
alone = grep -rl 'mark\.serial' $(1) --include='test_*.py' | xargs -r $(PYTEST) -m "serial and not services"

help: ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 22

run: $(PACKAGES) ## install what is missing, then serve on http://localhost:8501 (or PORT=8600)
	@$(MAKE) --no-print-directory $(NODE_PACKAGES) || echo "The front-end packages could not be installed: the pages will say what is missing."
	@$(BIN)/python -m biocarto assets || echo "BioCarto starts all the same: the pages will say what is missing."
	@exec $(BIN)/python -m streamlit run dashboard.py --server.port $(PORT)

dev: assets ## serve, and follow the edits of the source
	@exec $(BIN)/python -m streamlit run dashboard.py --server.port $(PORT) --server.fileWatcherType auto --client.showErrorDetails full

data-check: $(PACKAGES) ## check the tables of a folder in seconds, and say what to correct (FOLDER=my-tables; data/ without it)
	@$(BIN)/python -m biocarto check $(if $(FOLDER),"$(FOLDER)")

# Types are checked beside the tests, so that neither core waits for the other; what was said of them follows what tests say.
check: $(TEST_PACKAGES) $(NODE_TEST_PACKAGES) assets ## format, lint rules, types, and every test that needs no browser
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(lint_scripts)
	@$(type_scripts)
	@$(test_scripts)
	@said=$$(mktemp) && { $(BIN)/mypy >$$said 2>&1 & beside=$$!; trap 'kill '$$beside' 2>/dev/null; rm -f '$$said EXIT; \
		$(SHARED) -m "not (browser or services or serial)"; tests=$$?; wait $$beside; types=$$?; cat $$said; exit $$((tests || types)); }
	@$(call alone,tests --exclude-dir=browser --exclude-dir=services)

test: check ## what `make check` does, then the pages in Chromium, installed where there is none
	@CHROMIUM="$$($(BIN)/python -m tests.chromium --shell)" && export CHROMIUM && $(SHARED) -m "browser and not serial" tests/browser && $(call alone,tests/browser)

test-services: $(TEST_PACKAGES) assets ## tests that need other programs (nginx, Firefox, LibreOffice, biber, QGIS, R, PostgreSQL) or install packages, installed from Debian where that is allowed
	@$(BIN)/python -m tests.services
	@CHROMIUM="$$($(BIN)/python -m tests.chromium)" && export CHROMIUM && $(PYTEST) -m "services" tests/services

soak: $(TEST_PACKAGES) ## random tests with fifty times the draws, other ones each time, writers of needs killed 200 times, 50 editions published
	@$(SHARED) -m "hypothesis and not (browser or services)" --hypothesis-profile soak
	@$(BIN)/python -m tests.booth.power_cut --rounds 200
	@$(BIN)/python -m tests.app.many_editions --rounds 50

lint: $(TEST_PACKAGES) $(NODE_TEST_PACKAGES) ## format, lint rules and types, checked
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(lint_scripts)
	@$(type_scripts)
	@$(BIN)/mypy

format: $(TEST_PACKAGES) ## rewrite the source as `make lint` wants it
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(TEST_PACKAGES) assets ## our map against the ordinary ways: time, bytes, points drawn
	@CHROMIUM="$$($(BIN)/python -m tests.chromium)" && export CHROMIUM && $(BIN)/python -m tests.bench

assets: $(PACKAGES) $(NODE_PACKAGES) ## fill static/ with the front-end files
	@$(BIN)/python -m biocarto assets

layers: $(PACKAGES) ## rebuild geo/ from the official sources (network, minutes)
	@$(BIN)/python -m biocarto layers

static: assets ## write dist/biocarto/, the edition that opens from a USB stick without a server
	@$(BIN)/python -m biocarto static

booth: assets ## write dist/stand/, the pack of a booth (PYTHONS="3.11 3.12 3.13" PLATFORMS="linux windows")
	@$(BIN)/python -m biocarto booth $(addprefix --python ,$(PYTHONS)) $(addprefix --platform ,$(PLATFORMS))

clean: ## remove all that was installed or built; what a stand was told (dist/stand/besoins, reglages.txt) stays
	rm -rf .venv node_modules static dist/biocarto test-results .pytest_cache .mypy_cache .ruff_cache .hypothesis src/*.egg-info
	@cd dist/stand 2>/dev/null && rm -rf app edition launcher lib wheels .draft-* stand.py stand.sh stand.bat stand.command stand.lock LISEZMOI.txt reglages.exemple.txt pack.json \
		journal.txt journal-1.txt installation.txt || true
	@rmdir dist/stand/besoins dist/stand dist 2>/dev/null || test ! -e dist || echo "Kept:" $$(ls -d dist/stand/* dist/* 2>/dev/null | grep -vx dist/stand)

$(VENV):
	@test -n "$(PYTHON)" || { echo "BioCarto needs Python 3.11 or newer: apt install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'from ensurepip import version; version()' 2>/dev/null || { test "$$(id -u)" = 0 && apt-get update && apt-get install -y python3-venv; } \
		|| { echo "$(PYTHON) lacks its venv module: sudo apt install python3-venv"; exit 1; }
	@test ! -L .venv || { echo ".venv is a link to $$(readlink .venv), which others may use: run its programs by hand, or remove the link"; exit 1; }
	@echo "Making .venv with $$($(PYTHON) -V)…"
	@$(PYTHON) -m venv --clear .venv
	@touch $@

$(PACKAGES): | $(VENV)
	@echo "Installing the Python packages (about 250 MB, a few minutes)…"
	@rm -f .venv/.run-*
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(TEST_PACKAGES): | $(PACKAGES)
	@echo "Installing the test packages…"
	@rm -f .venv/.test-*
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

# Whoever only looks at the maps needs no compiler: what checks the scripts is installed where they are checked, with all the rest.
install_npm = command -v npm >/dev/null || test -x $(BIN)/npm || $(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-node.txt

$(NODE_PACKAGES): | $(PACKAGES)
	@echo "Installing the front-end packages…"
	@$(install_npm)
	@$(NODE) npm ci --silent --omit=dev
	@touch $@

$(NODE_TEST_PACKAGES): | $(PACKAGES)
	@echo "Installing the front-end packages and what checks our scripts…"
	@$(install_npm)
	@$(NODE) npm ci --silent
	@touch $(NODE_PACKAGES) $@
