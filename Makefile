# make run    everything, until Ctrl-C; PORT=8001, DEMO=0, DATABASE_URL=… and others: see the README
# make test   lint, types, missing migrations, all tests
# make lint   only what needs no database
.PHONY: run test lint clean

run:
	@bin/install run
	@.venv/bin/python -m config.up

test: lint
	@.venv/bin/python manage.py makemigrations --check --dry-run
	@.venv/bin/python -m pytest $(PYTEST)

lint:
	@bin/install test
	@.venv/bin/python -m ruff check .
	@.venv/bin/python -m ruff format --check .
	@.venv/bin/python -m mypy .

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis
