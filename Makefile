# All that is needed is Python 3.11 or newer; uv, when present, makes the set-up faster.

bin := .venv/bin
runtime := .venv/.runtime
development := .venv/.development
left_out := .venv/left-out.txt
over_postgres := .venv/over-postgres.txt

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help setup run test check format bench bench-timers bench-mail bench-live weigh screenshots requirements clean

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(development) ## Prepare .venv for development

run: $(runtime) ## Serve at 127.0.0.1, port 8000 (PORT=9000 changes it)
	@$(bin)/python -m web run

test: $(development) ## Run the tests over SQLite and PostgreSQL, both at once
	@tools/debian_packages.sh
	@rm -f $(left_out)
	@export GUICHE_LEFT_OUT=$(left_out) $(compiled_once); \
	$(bin)/python -m pytest $(in_two) --database postgres -m 'not anywhere' >$(over_postgres) 2>&1 & postgres=$$!; \
	trap 'kill $$postgres; wait $$postgres; exit 130' INT TERM; \
	echo 'Tests over SQLite'; $(bin)/python -m pytest $(in_two) --database sqlite; status=$$?; \
	echo 'Tests over PostgreSQL'; wait $$postgres || status=$$?; cat $(over_postgres) $(left_out) 2>/dev/null; \
	exit $$status

check: $(development) ## Check style, types, lines and columns
	@$(bin)/ruff check
	@$(bin)/ruff format --check
	@$(bin)/mypy
	@$(bin)/python -m tools.check_lines
	@$(bin)/python -m tools.check_sql

format: $(development) ## Put the style right
	@$(bin)/ruff check --fix
	@$(bin)/ruff format

bench: $(development) ## Measure how many requests it serves, and how fast
	@$(bin)/python -m tools.bench

bench-timers: $(development) ## Measure how fast workers move what is due, and what readers notice of it
	@$(bin)/python -m tools.bench_timers

bench-mail: $(development) ## Measure mail that comes and goes by the thousand, and what people notice of it
	@tools/debian_packages.sh
	@$(bin)/python -m tools.bench_mail

bench-live: $(development) ## Measure what a thousand open pages cost, and how soon they notice a change
	@$(bin)/python -m tools.bench_live

weigh: $(development) ## Measure what pages weigh on a slow line and an old machine
	@tools/debian_packages.sh
	@$(bin)/python -m tools.weigh

screenshots: $(development) ## Take pictures of the demonstration's pages into var/screenshots
	@tools/debian_packages.sh
	@$(bin)/python -m tools.screenshots var/screenshots

requirements: ## Write the requirement files again from pyproject.toml (needs uv)
	@$(compile) --output-file requirements.txt pyproject.toml
	@$(compile) --output-file requirements-dev.txt --group dev pyproject.toml

clean: ## Remove .venv and caches; var/ with its data stays
	@rm -rf .venv .pytest_cache .ruff_cache .mypy_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(runtime): requirements.txt $(bin)/python
	$(call install,$<)
	@touch $@

$(development): requirements-dev.txt $(bin)/python
	$(call install,$<)
	@touch $(runtime) $@

# It has no recipe, so that whatever needs it is made again while it is missing or broken.
$(bin)/python:

# Tests start Python hundreds of times: what it compiles is kept, even where the environment says otherwise.
compiled_once := PYTHONDONTWRITEBYTECODE=

# Each half in one piece: tests of a module share a server and a browser, which are not to be started twice.
# Two processors do the other database's tests while tests of one wait for servers and browsers.
in_two := -n 2 --dist worksteal

define install
	@test -x $(bin)/python || { $(make_environment); }
	@echo 'Installing $(1) into .venv'
	@if $(has_uv); then uv pip install --quiet --python .venv --require-hashes -r $(1); \
	else $(bin)/python -m ensurepip >/dev/null && $(bin)/python -m pip install -qq --require-hashes -r $(1); fi
endef

define make_environment
	rm -rf .venv; python=$$($(find_python)); \
	test -n "$$python" || { echo 'Guichê needs Python 3.11 or newer, and finds none.' >&2; exit 1; }; \
	if $(has_uv); then uv venv --quiet --python "$$python" .venv; \
	else "$$python" -m venv .venv || { rm -rf .venv; exit 1; }; fi
endef

# Each is started, for a name on PATH can be a shim with no Python behind it.
find_python = for name in python3.14 python3.13 python3.12 python3.11 python3 python; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11) or print(sys.executable))' 2>/dev/null && break; done

has_uv = uv --version >/dev/null 2>&1

compile = uv pip compile --quiet --no-strip-extras --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links
