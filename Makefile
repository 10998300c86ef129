# What the README promises, as verbs. `make ledger` and `make test` do their own set-up: they need
# Python 3.11 or later with venv and pip, nothing else, and may be run again at any time.
#
#   make ledger   read the example reports into a ledger, print the incidents, write the pages
#   make test     style, types, house rules, documents, tests
#   make site     write the pages of the example ledger again
#   make docs     print the generated parts of README.md and docs/ again
#   make pictures take the pictures in docs/images again (needs a Chromium)
#   make proofs   the desk: 10,000 cases against its API, every page with hostile content (20 minutes)
#   make audit    lock file, installed versions, known vulnerabilities (says when it cannot reach them)
#   make bench    speed, memory and sizes beside named peers
#   make fuzz     garbled reports for an hour; FUZZ_SECONDS says how long
#   make clean    take away everything that make made

PYTHON ?= python3
UV_VERSION := 0.13.9

# An uv on the path is used as it is; otherwise a pinned one is put into .tools.
# `make UV= ledger` insists on the pinned one.
ifeq ($(origin UV),undefined)
UV := $(shell command -v uv 2>/dev/null)
endif
ifeq ($(strip $(UV)),)
override UV := .tools/bin/uv
endif

# One thread each: on shared cores more are slower.
export OMP_NUM_THREADS := 1
export HARMLEDGER_GAZETTEER := $(CURDIR)/.local/gazetteer.sqlite
export UV_PYTHON_DOWNLOADS := never
unexport VIRTUAL_ENV
# Modules compiled once: without that every process of ours begins by compiling some 600 of them.
unexport PYTHONDONTWRITEBYTECODE

GAZETTEER := .local/gazetteer.sqlite
LEDGER := .local/examples.ledger
SITE := .local/site
FUZZ_SECONDS := 3600
GENERATED := README.md docs/commands.md docs/fields.md docs/policies.md docs/rules.md docs/publishing.md docs/desk.md docs/desk-routes.md
IN := .venv/bin
PINNED := $(filter .tools/bin/uv,$(UV))

.PHONY: ledger test site docs pictures audit bench fuzz clean runtime development peers
.NOTPARALLEL:

ledger: runtime $(GAZETTEER)
	@echo "harmledger run examples/reports --ledger $(LEDGER) --site $(SITE)"
	@$(IN)/harmledger run examples/reports --ledger $(LEDGER) --site $(SITE)

test: development $(GAZETTEER)
	$(IN)/ruff check
	$(IN)/ruff format --check
	$(IN)/mypy
	$(IN)/lint-imports
	$(IN)/cog --check --diff -I scripts $(GENERATED)
	$(IN)/pytest -n 2 --dist loadfile

site: ledger
	@$(IN)/harmledger export --format site --ledger $(LEDGER) --out $(SITE)

docs: development $(GAZETTEER)
	$(IN)/cog -r -I scripts $(GENERATED)

pictures: development $(GAZETTEER)
	rm -rf .local/pictures*
	$(IN)/harmledger run examples/reports --ledger .local/pictures.ledger --site .local/pictures.site
	$(IN)/python scripts/screenshots.py .local/pictures.site .local/pictures
	@mkdir -p docs/images
	cp .local/pictures/overview-desk-light.png docs/images/overview.png
	$(IN)/python scripts/desk_pictures.py .local/pictures.ledger docs/images

proofs: development $(GAZETTEER)
	DESK_WHOLE=1 DESK_API_CASES=11000 $(IN)/pytest -s \
	  tests/web/test_api_cases.py tests/web/test_hostile_content.py

audit: development
	@$(IN)/python scripts/audit.py

bench: peers $(GAZETTEER)
	@$(IN)/python benchmarks/speed.py

fuzz: development $(GAZETTEER)
	HARMLEDGER_FUZZ_SECONDS=$(FUZZ_SECONDS) $(IN)/pytest -s -p no:logging \
	  tests/extract/test_fuzz.py -k as_long_as_asked

clean:
	rm -rf .venv .tools .local .mypy_cache .ruff_cache .pytest_cache .hypothesis \
	  .import_linter_cache build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The place names, made once from the installed tables; made again when their rules change.
$(GAZETTEER): $(wildcard src/harmledger/lexicon/data/gazetteer_*.yaml) \
  $(addprefix src/harmledger/lexicon/gazetteer/,build.py clean.py entries.py schema.py sources.py) \
  | runtime
	@mkdir -p .local
	$(IN)/harmledger gazetteer --out $@

# --inexact: what the other verb installed stays.
runtime: .venv/bin/python | $(PINNED)
	@$(UV) sync --quiet --frozen --inexact --no-default-groups --group gazetteer

development: .venv/bin/python | $(PINNED)
	@$(UV) sync --quiet --frozen --inexact

# What the benchmarks compare with; no test needs it.
peers: development
	@$(UV) sync --quiet --frozen --inexact --all-groups

.venv/bin/python: | $(PINNED)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "harmledger needs Python 3.11 or later; $(PYTHON) is older or missing." \
	    "Name another: make PYTHON=python3.12 ledger" >&2; exit 1; }
	$(UV) venv --quiet --python "$$(command -v $(PYTHON))" .venv

.tools/bin/uv:
	$(PYTHON) -m venv .tools
	.tools/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
