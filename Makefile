# Dwa polecenia wystarczą: «make site» buduje serwis do dist/, «make test» sprawdza wszystko.
# Każde samo przygotowuje to, czego potrzebuje; znaczniki w .venv/ sprawiają, że drugi raz jest szybki.
# Czego nie da się zainstalować, to jest nazwane, a reszta idzie dalej.

OUT ?= dist
VENV := .venv
RUN := $(VENV)/bin/python
# Only finished wheels with known hashes: installing never runs a stranger's code.
PIP := $(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all:
LOCK := $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header
EXTRA := import sys, tomllib; \
	print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"][sys.argv[1]], sep="\n")

.PHONY: site test serve check bench conformance readme words lock

site: $(VENV)/.site node_modules/.site
	$(RUN) build.py --out "$(OUT)"

test: $(VENV)/.test node_modules/.installed $(VENV)/.browser
	$(RUN) -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(TESTS)

serve: $(VENV)/.site
	$(RUN) build.py serve

check: $(VENV)/.site
	$(RUN) build.py check

bench: $(VENV)/.test node_modules/.installed $(VENV)/.browser
	$(RUN) -m bench

conformance: $(VENV)/.test node_modules/.installed
	$(RUN) -m spojnik.conformance --out "$(OUT)" $(if $(SCHEMAS),--schemas "$(SCHEMAS)")

# After a change of a sentence: the catalogues in site/locale/ get the new ones, empty, and lose the old ones.
words: $(VENV)/.site
	$(RUN) -m spojnik.translations

readme: $(VENV)/.site
	$(RUN) .ci/readme > README.new && mv README.new README.md

$(VENV)/.created:
	.ci/environment $(VENV)
	touch $@

$(VENV)/.core: requirements.lock $(VENV)/.created
	$(PIP) -r requirements.lock
	touch $@

$(VENV)/.pdf: requirements-pdf.lock $(VENV)/.core
	{ $(PIP) -r $< && touch $@; } || echo "Nie udało się zainstalować Typst. Serwis powstanie bez plików PDF." >&2

$(VENV)/.parquet: requirements-parquet.lock $(VENV)/.core
	{ $(PIP) -r $< && touch $@; } || echo "Nie udało się zainstalować DuckDB. Serwis powstanie bez plików Parquet." >&2

$(VENV)/.site: $(VENV)/.pdf $(VENV)/.parquet
	touch $@

$(VENV)/.test: requirements-dev.lock $(VENV)/.site
	$(PIP) -r requirements-dev.lock
	touch $@

$(VENV)/.browser: $(VENV)/.test
	{ .ci/browser $(RUN) && touch $@; } || echo "Nie ma Chromium. Testy wymienią, czego nie sprawdziły." >&2

# SQLite for the browser (the page /sql/); without Node the site is built without that page.
node_modules/.site: package.json package-lock.json
	{ test -e node_modules/.installed || npm ci --omit=dev --ignore-scripts --loglevel=error; } && touch $@ || \
		echo "Nie ma Node. Serwis powstanie bez strony /sql/." >&2

node_modules/.installed: package.json package-lock.json
	{ npm ci --ignore-scripts --loglevel=error && touch $@; } || \
		echo "Nie ma sprawdzianów z npm. Testy wymienią, czego nie sprawdziły." >&2

# After a change of dependencies in pyproject.toml; the largest set is solved first, so that all the files agree.
lock: $(VENV)/.test
	$(LOCK) pyproject.toml --extra cluster --group dev -o requirements-dev.lock
	$(LOCK) pyproject.toml -c requirements-dev.lock -o requirements.lock
	for extra in pdf parquet; do \
		$(RUN) -c '$(EXTRA)' $$extra | $(LOCK) - -c requirements-dev.lock -o requirements-$$extra.lock; done
