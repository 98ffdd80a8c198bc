# Everything a person or a machine does here, one word each. `make` alone prints the list.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help install run test lint types layers unit coverage browser pictures demo law-table bench \
        bench-large bench-rivals torture torture-kills torture-lives wheel lock clean

help: ## print this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 18

install: ## set up .venv with the locked dependencies
	@$(PYTHON) app.py --install

run: ## set up if needed, then start the app and open the browser
	@$(PYTHON) app.py

test: dev lint types layers unit ## set up if needed, then every check and every test

.PHONY: dev
dev:
	@$(PYTHON) app.py --install-dev

lint: dev
	@$(BIN)/ruff check .
types: dev
	@$(BIN)/mypy -n 2
layers: dev
	@$(BIN)/lint-imports
unit: dev
	@$(BIN)/python -m pytest -n 2 --dist worksteal
coverage: dev ## the tests once more, counting which lines and branches they pass: twice as slow
	@$(BIN)/python -m pytest -n 2 --dist worksteal --cov --cov-report=term

browser: dev ## only the journeys in a real browser
	@$(BIN)/python -m pytest -m browser tests/browser

pictures: dev ## take the README's pictures anew
	@$(BIN)/python -m tests.browser.take_pictures

demo: install ## the main job for a fictional Californian, in a throw-away folder
	@rm -rf demo-out
	@$(BIN)/optout demo --out demo-out

law-table: install ## who may ask whom for what, in every place, as a page and a sheet
	@$(BIN)/optout law table --out build/law-table

bench: install ## speed against named rivals and floors
	@$(BIN)/python -m benchmarks

bench-large: install ## fill a data folder with a million requests, and measure what grows: minutes, and some GB
	@$(BIN)/python -m benchmarks tracker --full

bench-rivals: dev ## install what bench compares the letters with, as far as it is there
	@$(BIN)/uv pip install --python $(BIN)/python --group bench
	@command -v npm >/dev/null && npm install --silent --no-save --prefix build/bench-rivals \
	  pdfkit@0.20 pdfmake@0.3 || echo "There is no npm here: the rivals under Node are left out."

torture: dev ## 200 kills of the program at its work, beside 140 long random lives: 4 minutes
	@$(MAKE) --no-print-directory -j2 torture-kills torture-lives
torture-kills: dev
	@$(BIN)/python -m tests.torture.kills 200
torture-lives: dev
	@OPTOUT_TORTURE=1 $(BIN)/python -m pytest -q tests/services/test_tracker_model.py

wheel: dev ## build the wheel into dist/
	@$(BIN)/python -m hatchling build -t wheel

lock: dev ## renew both lock files
	@$(BIN)/uv pip compile pyproject.toml --generate-hashes --universal --python-version 3.11 \
	  --no-strip-extras --custom-compile-command "make lock" --group setup --upgrade -o requirements.lock
	@$(BIN)/uv pip compile pyproject.toml --group dev --generate-hashes --universal --python-version 3.11 \
	  --no-strip-extras --custom-compile-command "make lock" -c requirements.lock -o requirements-dev.lock

clean: ## remove what was built; never instance/
	rm -rf $(VENV) build dist .coverage* .mypy_cache .ruff_cache .pytest_cache .import_linter_cache demo-out
