# make run    everything, until Ctrl-C; PORT=8001, DEMO=0, DATABASE_URL=… and others: see the README
# make test   lint, types, missing migrations, all tests
# make lint   only what needs no database
# make chaos  60 rounds of kill -9 at random moments, then what was lost or doubled; ROUNDS=10, SEED=1
# What starts and kills whole processes is tested one at a time; the rest on all cores.
WHOLE = tests/operations tests/chaos
.PHONY: run test lint chaos clean

run:
	@bin/install run
	@.venv/bin/python -m config.up

test: lint
	@.venv/bin/python manage.py makemigrations --check --dry-run
	@.venv/bin/python -m pytest -n auto --dist loadgroup $(WHOLE:%=--ignore=%) $(PYTEST)
	@.venv/bin/python -m pytest $(WHOLE) $(PYTEST)

lint:
	@bin/install test
	@.venv/bin/python -m ruff check .
	@.venv/bin/python -m ruff format --check .
	@.venv/bin/python -m mypy .

chaos:
	@bin/install test
	@.venv/bin/python -m tests.chaos.storm $(or $(ROUNDS),60) $(SEED)

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis
