# Everything a person or the CI does goes through here. Needs Python >= 3.11 and make; the rest is installed in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
export PORT
MANAGE := $(BIN)/python manage.py

.DEFAULT_GOAL := aide
.PHONY: aide installer catalogues demo run test test-rapide lint format bench bench-sites captures messages nettoyer

aide: ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

$(VENV)/.installe: pyproject.toml uv.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python >= 3.11 is needed; set PYTHON=/path/to/python3."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
	  { echo "The venv module of Python is missing (Debian: apt install python3-venv)."; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv sync --frozen --inexact --quiet
	@touch $@

installer: $(VENV)/.installe ## Install what the project needs in .venv

MESSAGES := $(shell find portal sites etablissements espace_parents espace_eleves themes -name django.po)

$(VENV)/.catalogues: $(VENV)/.installe $(MESSAGES)
	@$(MANAGE) catalogues --compiler
	@touch $@

catalogues: $(VENV)/.catalogues

demo: catalogues ## A running portal with real schools and invented people, on http://127.0.0.1:$(PORT)
	@test -f "$${VAR_DIR:-var}/demonstration/pret.json" || $(MANAGE) demo --preparer
	@exec $(MANAGE) demo --port $(PORT)

run: catalogues ## Start the portal as it is (migrates first), with the follower of its published copies
	@$(MANAGE) migrate --verbosity 0
	@export DJANGO_SETTINGS_MODULE=$${DJANGO_SETTINGS_MODULE:-portal.settings.dev}; \
	  $(BIN)/gunicorn portal.wsgi --bind 127.0.0.1:$(PORT) --workers 2 --preload --log-level warning & serveur=$$!; \
	  $(MANAGE) suivre_diffusion & suivi=$$!; \
	  trap 'kill $$serveur $$suivi 2>/dev/null' EXIT INT TERM; wait $$serveur

test: catalogues ## The whole suite, browser tests included (DATABASE_URL chooses the database)
	$(BIN)/pytest -n 2 $(ARGS)

test-rapide: catalogues ## The suite without the browser
	$(BIN)/pytest -n 2 -m "not navigateur" $(ARGS)

lint: catalogues ## Style, types, floors of the house, configuration
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MANAGE) makemigrations --check --dry-run
	$(MANAGE) check

format: installer ## Rewrite the sources in the house style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

messages: installer ## Extract the messages of every app and complete the French (needs GNU gettext)
	$(MANAGE) catalogues

bench: catalogues ## Measure: one JSON object per figure on a line
	@for banc in tests/charge/banc_*.py; do $(BIN)/python $$banc || exit 1; done

bench-sites: catalogues ## The sites and their back office, at 1 school and at 12,000 (PostgreSQL, ARGS="--garder" keeps the country)
	@$(BIN)/python -m tests.charge.sites $(ARGS)

captures: catalogues ## Screenshots of the public pages in var/captures (needs Chromium)
	@$(BIN)/python -m tests.captures.prendre

nettoyer: ## Remove what the portal wrote in var/ (asks first)
	@printf 'Remove %s and everything in it? [y/N] ' "$${VAR_DIR:-var}"; read reponse; [ "$$reponse" = y ] && rm -rf "$${VAR_DIR:-var}"
