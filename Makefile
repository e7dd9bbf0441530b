# Everything starts from a Python of 3.11 or newer: `make demo` and `make test` set up the rest.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
GOLD ?= evaluation/gold evaluation/tags

.PHONY: demo test lint unit messages man pictures site test-browser test-spark bench score mutants clean
.DEFAULT_GOAL := demo

# Byte code is written here too, so that the first run starts as fast as the next.
$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	$(BIN)/python -m compileall -q shuangjian_cli
	touch $@

demo: $(READY)  ## The main job on the samples: a table, a comparison, a report.
	$(BIN)/shuangjian extract samples/zhijin-county.txt --format table
	$(BIN)/shuangjian compare samples/*.txt --pillar quality
	mkdir -p out
	$(BIN)/shuangjian extract samples/*.txt -o out/indicators.csv
	$(BIN)/shuangjian report samples/*.txt -o out/report.html
	@echo 'Written: out/indicators.csv, out/report.html'

test: lint unit  ## All checks: format, lint, types, tests.

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

unit: $(READY)
	$(BIN)/pytest -n auto --dist worksteal

messages: $(READY)  ## What the program says, into its catalogues; lists what is to be translated.
	$(BIN)/python scripts/messages.py

man: $(READY)  ## The man pages, from the help of the verbs.
	$(BIN)/python scripts/man.py

pictures: $(READY)  ## The pictures of the READMEs, from what the commands show.
	$(BIN)/python scripts/screenshots.py

site: $(READY)  ## The documentation as a site in out/site.
	$(BIN)/mkdocs build --quiet --strict

test-browser: $(READY)  ## The report in a real headless Chromium, which must be installed.
	$(BIN)/pytest tests_browser

test-spark: $(READY)  ## On a real Spark of two cores, which needs Java 17 or newer; takes a minute.
	$(BIN)/python -m pip install --quiet --editable '.[dev-spark]'
	$(BIN)/pytest -m spark

bench: $(READY)  ## Speed and memory, beside jieba and others in the same run; takes half an hour.
	-$(BIN)/python -m pip install --quiet --editable '.[bench]'
	$(BIN)/python benchmarks/run.py --write

score: $(READY)  ## How right the records and the tags of sentences are: those in evaluation/.
	@for set in $(GOLD); do echo "$$set"; $(BIN)/shuangjian evaluate $$set --by document; done
	@echo evaluation/sentences; $(BIN)/python scripts/score_sentences.py

mutants: $(READY)  ## Which of the breaks in scripts/mutants.toml the tests notice; takes long.
	$(BIN)/python scripts/mutants.py

clean:
	rm -rf $(VENV) out
