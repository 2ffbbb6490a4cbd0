# make demo   the whole story on a government portal in a box, in under a minute
# make bench-reading   reading against its peers, in an environment of its own
# make bench-crawl     the crawl against other watchers, each in its own process (half an hour)
# make bench-record    identity, changes and saving, beside other watchers' differs
# make bench-archive   a large archive: search, start, room, export, replay (an hour)
# make docs   the generated parts of docs/: commands, configuration, data dictionary
# make test   every check: lint, types, imports, tests
# A first run makes .venv from the hashed lock file; later ones reuse it.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo docs test lint format lock bench-reading bench-crawl bench-record bench-archive clean

demo: $(READY)
	@$(BIN)/fuhan demo

docs: $(READY)
	@$(BIN)/python -m schedules.references.commands
	@$(BIN)/python -m schedules.references.dictionary

test: lint
	@$(BIN)/python -m pytest -n 2

lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(READY)
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

# what the lock says, checked by hash; then the project itself, without network
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "fuhan needs Python 3.11 or newer; say: make PYTHON=python3.12")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# the newest versions pyproject.toml allows, in an environment of their own
lock:
	@$(PYTHON) -m venv build/lock
	@build/lock/bin/python -m pip install --quiet --disable-pip-version-check --upgrade pip pip-tools
	@CUSTOM_COMPILE_COMMAND="make lock" build/lock/bin/pip-compile --quiet --upgrade --all-extras \
	  --allow-unsafe --generate-hashes --strip-extras --no-header \
	  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
	  --output-file requirements.lock pyproject.toml
	@CUSTOM_COMPILE_COMMAND="make lock" build/lock/bin/pip-compile --quiet --upgrade --extra build \
	  --allow-unsafe --generate-hashes --strip-extras --no-header \
	  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
	  --constraint requirements.lock --output-file requirements.runtime.lock pyproject.toml
	@CUSTOM_COMPILE_COMMAND="make lock" build/lock/bin/pip-compile --quiet --upgrade \
	  --allow-unsafe --generate-hashes --strip-extras --no-header \
	  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
	  --output-file benchmarks/requirements.lock pyproject.toml benchmarks/requirements.in
	@CUSTOM_COMPILE_COMMAND="make lock" build/lock/bin/pip-compile --quiet --upgrade \
	  --allow-unsafe --generate-hashes --strip-extras --no-header \
	  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
	  --output-file benchmarks/watchers.lock benchmarks/watchers.in

# the peers stay out of .venv; --no-deps because the lock names everything
bench-reading: build/bench/.ready
	@build/bench/bin/python -m benchmarks.reading

build/bench/.ready: benchmarks/requirements.lock
	@$(PYTHON) -m venv build/bench
	@build/bench/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $<
	@touch $@

# fuhan from .venv; the other watchers are commands in an environment without it
bench-crawl: $(READY) build/bench-watchers/.ready
	@$(BIN)/python -m benchmarks.crawl --peers build/bench-watchers

bench-record: $(READY) build/bench-watchers/.ready
	@$(BIN)/python -m benchmarks.record --peers build/bench-watchers

bench-archive: $(READY)
	@$(BIN)/python -m benchmarks.archive

build/bench-watchers/.ready: benchmarks/watchers.lock
	@$(PYTHON) -m venv build/bench-watchers
	@build/bench-watchers/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $<
	@touch $@

clean:
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info
	find . -path ./$(VENV) -prune -o -name __pycache__ -type d -exec rm -rf {} +
