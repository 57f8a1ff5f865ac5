# Two commands: `make run` and `make test`. GNU make 3.81 syntax only.
PY ?= python3
PORT ?= 8000
JOBS ?= 2
VENV := .venv
BIN := $(VENV)/bin
UV := UV_PYTHON_DOWNLOADS=never $(BIN)/uv
export PORT
# Compiled modules are kept even where the shell says not to: every start is four times as quick.
export PYTHONDONTWRITEBYTECODE =

.PHONY: run setup test lint format browser bench lock clean frontend messages

run: $(VENV)/.run frontend
	@exec env DEMO=1 DEBUG=0 $(BIN)/python manage.py serve

# Everything a developer needs.
setup: $(VENV)/.dev frontend messages

test: setup
	@$(BIN)/python -m pytest --ignore=tests/browser -n $(JOBS) --dist loadgroup $(ARGS)

# Chromium from the system; without one the tests say so and are skipped (never in CI).
browser: setup
	@$(BIN)/python -m pytest tests/browser -n $(JOBS) --dist loadgroup $(ARGS)

TYPED = $(wildcard lmp/lib) $(foreach app,actors cohorts meetings reports,$(foreach room,rules queries actions access,$(wildcard $(app)/$(room).py $(app)/$(room))))

lint: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy $(TYPED)
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python -m lmp.deploycheck

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# make bench ONLY=pages
bench: setup
	@$(BIN)/python -m bench.run $(ONLY)

# Write the locks anew: names, versions and hashes, no address.
lock: $(VENV)/.uv
	$(UV) lock --upgrade
	@for set in "--no-dev -o requirements.lock" "--group dev -o requirements-dev.lock" "--only-group node -o requirements-node.lock"; do \
	    $(UV) export --quiet --frozen --no-emit-project $$set > /dev/null; done
	npm install --package-lock-only

clean:
	rm -rf $(VENV) node_modules static/vendor var/static

# --- set-up -------------------------------------------------------------------------------------
$(VENV)/.uv:
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo "Python 3.11 or newer is needed. If you have one under another name: make PY=python3.12 run"; exit 1; }
	@$(PY) -m venv $(VENV) || { rm -rf $(VENV); \
	    echo "Python cannot make a virtual environment. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==0.13.8 || echo "uv is not to be had; pip does the rest, slower."
	@touch $@

$(VENV)/.run: requirements.lock $(VENV)/.uv
	@echo "Installing the Python packages ..."
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock \
	    || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.uv
	@echo "Installing the Python packages ..."
	@$(UV) pip sync --quiet --python $(BIN)/python --require-hashes requirements-dev.lock \
	    || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@ $(VENV)/.run

# Node only installs the front-end packages; where there is none it comes into the environment.
frontend: static/vendor/.done

node_modules/.done: package.json package-lock.json .npmrc $(VENV)/.uv
	@echo "Installing the front-end packages ..."
	@if command -v npm > /dev/null; then npm ci --ignore-scripts --silent; else \
	    { $(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements-node.lock \
	      || $(BIN)/python -m pip install --quiet --require-hashes -r requirements-node.lock; } \
	    && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --ignore-scripts --silent; fi
	@touch $@

static/vendor/.done: node_modules/.done lmp/frontend.py
	@$(BIN)/python -m lmp.frontend
	@touch $@

messages: $(VENV)/.run
	@$(BIN)/python -m lmp.catalogues
