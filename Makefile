PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo serve test test-full soak lint samples schemas openapi picture page-picture page-pictures clean
.PHONY: bench bench-small bench-smoke bench-peers bench-acceptance

demo: .venv/ready  ## set up, roster the sample week, show the summary
	$(BIN)/ringfence demo --force

serve: .venv/ready  ## set up, serve the planner's page and the API on http://127.0.0.1:8000
	$(BIN)/ringfence serve --log-format text

# Where this is set, each process that a test starts compiles every module anew.
test test-full: export PYTHONDONTWRITEBYTECODE =

test: .venv/ready  ## the quick tests
	$(BIN)/python -m pytest -q -n logical --dist worksteal

test-full: .venv/ready  ## the counts that the project promises (long)
	$(BIN)/python -m pytest -q -n logical --dist worksteal --full

soak: .venv/ready  ## server and workers killed again and again, on both databases (long)
	$(BIN)/python -m tests.jobs.chaos --jobs 200 --kills 40
	$(BIN)/python -m tests.jobs.chaos --jobs 200 --kills 40 --database postgresql
	$(BIN)/python -m tests.jobs.soak --jobs 500
	$(BIN)/python -m tests.service.load

lint: .venv/ready  ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

samples: .venv/ready  ## write the sample plans anew
	$(BIN)/python -c "from pathlib import Path; from scheduler.samples import write_samples; write_samples(Path('data/samples'))"

schemas: .venv/ready  ## write the JSON Schemas anew
	$(BIN)/ringfence schema --out data/schemas

openapi: .venv/ready  ## write the OpenAPI document anew; refuses what clients would miss
	$(BIN)/ringfence openapi --out scheduler/service/openapi.json

picture: demo  ## draw the pictures of the pages anew (needs a Chromium)
	$(BIN)/python -m tests.picture demo/roster/report.html data/pictures/report.png
	$(BIN)/ringfence whatif data/samples/retail-bank data/whatif/retail-bank.toml --out demo/whatif --from demo/roster --time-limit 180
	$(BIN)/python -m tests.picture demo/whatif/whatif.html data/pictures/whatif.png

page-picture: .venv/ready  ## draw the picture of the page anew (make serve, with a roster, beside)
	$(BIN)/python -m tests.page_picture http://127.0.0.1:8000 data/pictures/page.png

page-pictures: demo  ## draw every view of the page, three widths, light and dark, into build/pictures
	$(BIN)/python -m tests.page_pictures build/pictures demo/plan demo/roster --axe

bench: .venv/ready-bench  ## measure ours and the peers, write RESULTS.md (an hour, two cores)
	$(BIN)/python -m benchmarks.run $(if $(RESUME),--resume)

bench-small: .venv/ready-bench  ## the same in small, to see that it works (minutes)
	$(BIN)/python -m benchmarks.run --small

bench-smoke: .venv/ready  ## every engine on a small case (seconds)
	$(BIN)/ringfence bench --smoke

bench-peers: .venv/ready-bench  ## make the environments of the peers (needs Java 17)
	$(BIN)/python -m benchmarks.peers.environments

bench-acceptance: .venv/ready-bench  ## measure what is promised (hours; goes on where it was)
	$(BIN)/python -m benchmarks.acceptance.run
	$(BIN)/python -m benchmarks.acceptance.run --scaling
	$(BIN)/python -m benchmarks.acceptance.table
	$(BIN)/python -m benchmarks.acceptance.plots

.venv/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.[dev,service]'
	$(BIN)/python -m compileall -q models scheduler
	$(BIN)/python -m models
	touch $@

.venv/ready-bench: .venv/ready
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.[bench]'
	touch $@

clean:
	rm -rf .venv .venv-peers demo
