# The commands to start with: `make run`, `make test`, `make demo`. All can be repeated; what is in place is left alone.
VENV := .venv
BIN := $(VENV)/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)
export OMP_THREAD_LIMIT := 1

.PHONY: run test demo bench examples lock train-swedish train-models docs pictures

run: $(VENV)/.ready
	dvc repro --quiet
	@$(BIN)/python -m pipeline.summary data/processed

test: $(VENV)/.ready-to-test
	ruff check .
	ruff format --check .
	mypy
	lint-imports
	pytest -n auto --dist loadscope

demo: run
	$(BIN)/python -m pipeline run data/examples --out build/demo
	$(BIN)/python -m pipeline.evaluation.same_table data/processed build/demo

$(VENV)/.ready: requirements.lock pyproject.toml scripts/setup.sh
	sh scripts/setup.sh run
	@touch $@

$(VENV)/.ready-to-test: requirements-dev.lock $(VENV)/.ready
	sh scripts/setup.sh test
	@touch $@

# Hours for all sizes; make bench SIZES="10 100" for minutes.
bench: $(VENV)/.ready-to-test
	$(BIN)/python -m benchmarks.scale $(SIZES)

# The rest is for who builds Jämka, not for who uses it.
examples: $(VENV)/.ready-to-test
	$(BIN)/python -m benchmarks.examples.render

train-swedish: $(VENV)/.ready-to-test
	@test -n "$(TREEBANKS)" || { echo "make train-swedish TREEBANKS=FOLDER [OPTIONS='--out FOLDER --steps 20']" >&2; exit 2; }
	$(BIN)/python -m pipeline.swedish.training $(TREEBANKS) $(OPTIONS)

train-models: $(VENV)/.ready-to-test
	$(BIN)/python -m pipeline.learning data/gold/training --passages data/gold/passages data/gold/clauses

docs: $(VENV)/.ready
	$(BIN)/python -m pipeline.dictionary > docs/data_dictionary.md

pictures: $(VENV)/.ready-to-test
	$(BIN)/python -m benchmarks.handbook

lock:
	$(BIN)/uv pip compile -q --generate-hashes --python-version 3.11.2 --no-emit-index-url --no-header --extra dvc pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --generate-hashes --python-version 3.11.2 --no-emit-index-url --no-header --extra dvc --extra dev --extra notebooks --extra cluster --extra store --extra heic \
		pyproject.toml -c requirements.lock -o requirements-dev.lock
