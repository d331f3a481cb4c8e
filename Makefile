# `make demo` shows it, `make test` tests it, both from nothing but this checkout and Python.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin

.PHONY: demo test lint system benchmark-transfer benchmark-live benchmark-sidebar clean

demo: $(VENV)/demo-installed
	@exec $(BIN)/python examples/demo.py $(if $(HEADLESS),--headless)

test: system $(VENV)/test-installed lint
	$(BIN)/python -m pytest -n 2 --dist loadgroup $(ARGS)

lint: $(VENV)/test-installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	cd labextension && export PATH="$(abspath $(BIN)):$$PATH" && \
		jlpm install --immutable && jlpm lint:check && jlpm test

# Java, Maven and Chromium come from the system; what is missing is installed where that may be.
system:
	@sh .ci/system-packages

# Half an hour on two cores; ARGS="--case small" and the like do less.
benchmark-transfer: system $(VENV)/test-installed
	$(BIN)/python -m tests.benchmarks.transfer --markdown docs/benchmarks.md $(ARGS)

# A quarter of an hour; ARGS="--minutes 10" adds the long runs.
benchmark-live: system $(VENV)/test-installed
	$(BIN)/python -m tests.benchmarks.live --markdown docs/benchmarks-live.md $(ARGS)
	$(BIN)/python -m tests.benchmarks.live.records --markdown docs/benchmarks-live.md

# A quarter of an hour; ARGS="--minutes 10" makes the tail as long as it should be.
benchmark-sidebar: system $(VENV)/test-installed
	$(BIN)/python -m tests.benchmarks.sidebar --markdown docs/benchmarks-sidebar.md $(ARGS)

SOURCES = pyproject.toml $(shell find jupyter_stream labextension/src labextension/style examples -type f -not -path '*/labextension/static/*' -not -path '*/__pycache__/*' 2>/dev/null) labextension/package.json

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/demo-installed: $(VENV)/bin/python $(SOURCES)
	@rm -rf jupyter_stream/labextension  # else an old build of it would be taken
	@echo "Installing jupyter_stream into $(VENV), about a minute ..."
	@$(BIN)/python -m pip install --quiet .
	@touch $@

$(VENV)/test-installed: $(VENV)/bin/python $(SOURCES)
	@rm -rf jupyter_stream/labextension
	@echo "Installing jupyter_stream and what its tests need into $(VENV), about a minute ..."
	@$(BIN)/python -m pip install --quiet '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) .venv-openmsistream .demo artifacts build dist jupyter_stream/labextension labextension/lib labextension/node_modules
