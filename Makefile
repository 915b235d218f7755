# `make demo` and `make test` set up whatever they need; Python 3.11 or later and make are enough.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
DATA ?= data
TEACHER ?= all-mpnet-base-v2

.DEFAULT_GOAL := help
.PHONY: help demo test quick lint types imports format docs examples pictures figures check train bench clean

help: ## Say what there is to make
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/.installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "sayso needs Python 3.11 or later: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.tests: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --group test --editable '.[postgres]'
	@touch $@

$(VENV)/.dev: $(VENV)/.tests
	$(BIN)/python -m pip install --quiet --group dev
	@touch $@

demo: $(VENV)/.installed ## Read the bundled articles, show one here and all in the browser
	$(BIN)/sayso demo

test: $(VENV)/.tests ## Run the whole test suite
	$(BIN)/python -m pytest

quick: $(VENV)/.tests ## Run the tests that need neither the model nor a browser
	$(BIN)/python -m pytest -m "not model and not browser"

lint: $(VENV)/.dev ## Check style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev ## Check types (strict)
	$(BIN)/mypy

imports: $(VENV)/.dev ## Check that data flows one way
	$(BIN)/lint-imports

format: $(VENV)/.dev ## Put the code in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(VENV)/.dev ## Build the documentation into site/
	$(BIN)/mkdocs build --strict --quiet

examples: $(VENV)/.installed ## Write the samples in README and docs anew
	$(BIN)/python -m docs.refresh

pictures: $(VENV)/.installed ## Take the screenshots anew (needs Chromium)
	$(BIN)/python -m pip install --quiet Pillow
	$(BIN)/python -m docs.refresh --pictures

figures: $(VENV)/.installed ## Measure accuracy and speed for the docs: make figures DATA=folder
	$(BIN)/python -m docs.refresh --figures $(DATA)

check: lint types imports docs test ## All of the above

train: $(VENV)/.dev ## Train the reader and write its files: make train DATA=folder TEACHER=folder (three hours on two cores)
	$(BIN)/python -m pip install --quiet --editable '.[train]'
	MALLOC_MMAP_THRESHOLD_=8589934592 MALLOC_TRIM_THRESHOLD_=17179869184 \
	$(BIN)/python -m training --data $(DATA) --teacher-files $(TEACHER)

bench: $(VENV)/.tests ## Measure accuracy and speed: make bench DATA=folder
	$(BIN)/python -m benchmarks.attribution --data $(DATA)
	$(BIN)/python -m benchmarks.phenomena
	$(BIN)/python -m benchmarks.actors --data $(DATA)
	$(BIN)/python -m benchmarks.entities --data $(DATA)
	$(BIN)/python -m benchmarks.coreference --data $(DATA)
	$(BIN)/python -m benchmarks.metonymy --data $(DATA)
	$(BIN)/python -m benchmarks.force --data $(DATA)
	$(BIN)/python -m benchmarks.speed

clean: ## Remove what was set up or built here
	rm -rf $(VENV) site dist build demo .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
