# A fresh machine needs Python 3.11 or newer and make; everything else comes into .venv, pinned and hashed.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(not sys.version_info >= (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command 'make requirements'

.DEFAULT_GOAL := help
.PHONY: help run test lint format bench fuzz golden train requirements clean

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: .venv/.installed-run ## extract the events of the five example articles into out/seeds
	$(BIN)/dragoman run seeds --out out/seeds

test: .venv/.installed-dev ## run the tests
	$(BIN)/python -m pytest

lint: .venv/.installed-dev ## lint, format check, types, import arrows
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict pipeline
	$(BIN)/lint-imports

format: .venv/.installed-dev ## format and fix what can be fixed
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: .venv/.installed-dev ## measure speed, memory and start-up
	$(BIN)/python -m benchmarks.speed

# 10 minutes; found inputs stay in out/fuzz and are gone on from.
FUZZ_SECONDS ?= 600
fuzz: .venv/.installed-fuzz ## look for inputs that break the readers or the cleaner
	$(BIN)/python -m tests.fuzz --seconds $(FUZZ_SECONDS)

golden: .venv/.installed-dev ## write tests/golden anew from the seeds; read the difference before you commit it
	$(BIN)/python -m pytest tests/test_seeds.py -k golden --update-golden

# CORPUS: further gold folders; PUBLIC: a folder of public corpora; PLAIN: lines of JSON with a text (docs/training.md).
train: .venv/.installed-train ## train the encoder and write it to models/dragoman-sm (hours)
	$(BIN)/python -m pipeline.train.prepare models/corpus/train.jsonl models/corpus/news.jsonl $(CORPUS) \
		--copies 2 --synthetic 2000 $(if $(PUBLIC),--public $(PUBLIC) crossner gum re3d wnut17) \
		$(if $(PLAIN),--plain $(PLAIN)) --out build/train
	$(BIN)/python -m pipeline.train.fit configs/train/small.toml --data build/train --out build/train/small
	$(BIN)/python -m pipeline.train.export build/train/small --out models/dragoman-sm --check build/train/held_out.pkl.gz
	$(BIN)/python -m pipeline.train.decide models/dragoman-sm build/train/held_out.jsonl

requirements: .venv/.installed-dev ## resolve the pinned requirements anew
	$(COMPILE) --upgrade pyproject.toml --extra dev --output-file requirements/dev.txt
	$(COMPILE) pyproject.toml requirements/build.in --constraint requirements/dev.txt --output-file requirements/run.txt

clean: ## remove the environment and everything made
	rm -rf .venv out dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Stamps: a second call installs nothing. The package itself goes in editable, for its command and entry points.
.venv/.created:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	touch $@

.venv/.installed-run: requirements/run.txt pyproject.toml | .venv/.created
	$(PIP) install --require-hashes -r requirements/run.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@

.venv/.installed-train: .venv/.installed-dev pyproject.toml
	$(PIP) install --editable '.[train]'
	touch $@

.venv/.installed-fuzz: .venv/.installed-dev pyproject.toml
	$(PIP) install --editable '.[fuzz]'
	touch $@

.venv/.installed-dev: requirements/dev.txt pyproject.toml | .venv/.created
	$(PIP) install --require-hashes -r requirements/dev.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@ .venv/.installed-run
