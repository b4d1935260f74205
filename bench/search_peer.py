"""Our search and Pagefind over the same synthetic records, asked the same things in the same Chromium.

`python -m bench.search_peer [N …]` prints the report. A record is relevant when its text satisfies the expressions of
the query (`queries/synthetic.yml`), judged without either engine. The peer's index is made of pages with the same
texts; it is measured at the smallest size only.
"""

from __future__ import annotations

import gzip
import json
import re
import shutil
import sys
import tempfile
from array import array
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import yaml

from bench.make import make
from bench.measure import Run, once
from bench.search_browser import Asked, Passes, asked
from bench.search_docs import SITE, documents, write_pages
from bench.search_lines import PAGEFIND, Made, Score, lines
from bench.search_quality import text_of
from spojnik.search import search
from spojnik.search.text import digits
from spojnik.web.static_files import static_files

HERE = Path(__file__).resolve().parent
HOME = HERE.parent
RUNS = 3  # of an index of the smallest size; larger ones are made once
_ONLY_SHOWN = ("-ui.", "-highlight.")  # files of the peer that no query needs
_MAGIC = b"pagefind_dcd"
_WORD = re.compile(r"\w+")


class Query(NamedTuple):
    """One row of synthetic.yml."""

    kind: str
    words: str
    expressions: tuple[str, ...]


def search_report(work: Path, sizes: tuple[int, ...] = (10_000, 160_000)) -> Iterator[str]:
    """Markdown lines, Polish. work: an empty folder for catalogues and indexes; sizes: the peer joins at the first."""
    queries = list(_queries())
    program = pagefind()
    made: dict[tuple[str, int], Made] = {}
    for size in sizes:  # all indexes first, one after another, so that a ratio of their times has the same weather
        datasets, root = make(size, work / str(size)), _root(work, size)
        if program and size == sizes[0]:
            made[PAGEFIND, size] = _theirs(program, datasets, work / "pages", root / "pagefind")
        first, later = _ours(datasets, root / "szukaj" / "indeks", work / "words", RUNS if size == sizes[0] else 1)
        made["Spójnik", size], made["Spójnik, pierwszy raz", size] = later, first
    scores: dict[tuple[str, int], list[Score]] = {}
    passes: dict[tuple[str, int], Passes] = {}
    for size in sizes:
        root = _root(work, size)
        relevant = _relevant(work / str(size) / "datasets", queries)
        answers = {query.words: _answer(root / "szukaj" / "indeks", query.words, size) for query in queries}
        scores["Spójnik", size] = [_score(query, relevant[query.words], answers[query.words]) for query in queries]
        passes["Spójnik", size] = asked(root, "ours", [query.words for query in queries])
        _agree(passes["Spójnik", size].new, answers)
        if (PAGEFIND, size) in made:
            passes[PAGEFIND, size] = asked(root, "pagefind", [query.words for query in queries])
            names = _names(root / "pagefind")
            found = {one.words: [names[each] for each in one.ids or ()] for one in passes[PAGEFIND, size].new}
            scores[PAGEFIND, size] = [_score(query, relevant[query.words], found[query.words]) for query in queries]
    yield from lines(len(queries), program is not None, scores, passes, made)


def pagefind() -> Path | None:
    """The peer's program, called without its launcher in Python."""
    found = HERE / "out" / "python" / "pagefind_bin" / "pagefind"
    return found if found.exists() else None


def _queries() -> Iterator[Query]:
    rows = yaml.load((HERE / "queries" / "synthetic.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    for kind, entries in rows.items():
        yield from (Query(kind, words, tuple(expressions)) for words, *expressions in entries)


def _root(work: Path, size: int) -> Path:
    """The folder of one size that is served, with what does not depend on the records."""
    root = work / str(size) / "site"
    if not root.exists():
        (root / "static").mkdir(parents=True)
        for script in static_files(SITE / "static"):
            if str(script.path).startswith("static/search"):
                (root / script.path).write_bytes(script.body)
        shutil.copy(HERE / "search_page.html", root / "index.html")
    return root


def _ours(datasets: Path, folder: Path, cache: Path, runs: int) -> tuple[Made, Made]:
    """Made without anything learnt before, and once more with it, as in every later build."""
    command: list[str | Path] = [sys.executable, "-m", "bench.search_docs", datasets, folder, cache, "2"]
    first: list[Run] = []
    later: list[Run] = []
    for _ in range(runs):
        shutil.rmtree(cache, ignore_errors=True)
        for done in (first, later):
            shutil.rmtree(folder, ignore_errors=True)
            done.append(once(command, HOME))
    sizes = [path.stat().st_size for path in folder.iterdir()]
    return Made(first, sum(sizes), len(sizes)), Made(later, sum(sizes), len(sizes))


def _theirs(program: Path, datasets: Path, pages: Path, folder: Path) -> Made:
    write_pages(datasets, pages)
    done = []
    for _ in range(RUNS):
        shutil.rmtree(folder, ignore_errors=True)
        done.append(once([program, "--site", pages, "--output-path", folder, "--quiet"], HOME))
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file() and not _shown_only(path)]
    return Made(done, sum(sizes), len(sizes))


def _shown_only(path: Path) -> bool:
    return any(mark in path.name for mark in _ONLY_SHOWN)


def _relevant(datasets: Path, queries: Sequence[Query]) -> dict[str, set[str]]:
    """Words of a query → addresses of its records: those that have, for each expression, a word that begins so."""
    addresses: list[str] = []
    texts: dict[str, array[int]] = {}  # words are far fewer than records, so the expressions read them once
    numbers: dict[str, array[int]] = {}
    for at, doc in enumerate(documents(datasets)):
        addresses.append(doc.address)
        for places, said in ((texts, set(_WORD.findall(text_of(doc)))), (numbers, set(map(digits, doc.numbers)))):
            for word in said:
                places.setdefault(word, array("I")).append(at)
    found = {}
    for query in queries:
        places = numbers if query.kind == "numery" else texts
        sets = [
            {at for word, docs in places.items() if re.match(rf"(?:{expression})", word) for at in docs}
            for expression in query.expressions
        ]
        found[query.words] = {addresses[at] for at in set.intersection(*sets)}
        if not found[query.words]:
            raise ValueError(f"no record satisfies {query.words!r}: the query asks for nothing")
    return found


def _answer(index: Path, words: str, limit: int) -> list[str]:
    return [hit.address for hit in search(lambda name: (index / name).read_bytes(), words, limit).hits]


def _agree(browser: Iterable[Asked], answers: dict[str, list[str]]) -> None:
    """The judge reads the engine in Python; the browser must have found as much."""
    unlike = [one.words for one in browser if one.total != len(answers[one.words])]
    if unlike:
        raise ValueError(f"the two engines found different things: {unlike}")


def _names(folder: Path) -> dict[str, str]:
    """The peer's name of a page → our address of its record."""
    names = {}
    for path in (folder / "fragment").iterdir():
        url = json.loads(gzip.decompress(path.read_bytes()).removeprefix(_MAGIC))["url"]
        names[path.stem] = f"organizacje/{url.rpartition('/')[2]}"
    return names


def _score(query: Query, relevant: set[str], found: Sequence[str]) -> Score:
    good = sum(address in relevant for address in found[:10])
    precision = good / min(10, len(found)) if found else 0.0
    return Score(query.kind, len(relevant.intersection(found)) / len(relevant), precision, len(found))


def main() -> None:
    """Print the report."""
    sizes = tuple(map(int, sys.argv[1:])) or (10_000, 160_000)
    with tempfile.TemporaryDirectory(prefix="szukaj-") as work:
        print(*search_report(Path(work), sizes), sep="\n")


if __name__ == "__main__":
    main()
