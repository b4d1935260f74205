"""Our search and Pagefind over the same synthetic records, asked the same things in the same Chromium.

`python -m bench.search_peer [N …]` prints the report. A record is relevant when its text satisfies the expressions of
the query (`queries/synthetic.yml`), judged without either engine. The peer's index is made of pages with the same
texts; it is measured at the smallest size only: at 160 000 pages it failed to get 13 GB of memory when it was tried.
"""

from __future__ import annotations

import gzip
import json
import re
import shutil
import sys
import tempfile
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

import yaml

from bench.make import make
from bench.measure import Run, middle, once
from bench.search_browser import Asked, Passes, asked
from bench.search_docs import SITE, documents, write_pages
from bench.search_quality import text_of
from spojnik.search import search
from spojnik.search.text import digits

HERE = Path(__file__).resolve().parent
HOME = HERE.parent
PAGEFIND = "Pagefind"
RUNS = 3  # of an index of the smallest size; larger ones are made once
_ONLY_SHOWN = ("-ui.", "-highlight.")  # files of the peer that no query needs
_MAGIC = b"pagefind_dcd"
_WORD = re.compile(r"\w+")


class Query(NamedTuple):
    """One row of synthetic.yml."""

    kind: str
    words: str
    expressions: tuple[str, ...]


class Score(NamedTuple):
    """One query judged; recall over the whole result, precision over the ten first."""

    kind: str
    recall: float
    precision: float
    total: int


class Made(NamedTuple):
    """An index: the runs that made it, bytes and files of it."""

    runs: list[Run]
    size: int
    files: int


def search_report(work: Path, sizes: tuple[int, ...] = (10_000, 160_000)) -> Iterator[str]:
    """Markdown lines, Polish. work: an empty folder for catalogues and indexes; sizes: the peer joins at the first."""
    queries = list(_queries())
    program = pagefind()
    made: dict[tuple[str, int], Made] = {}
    scores: dict[tuple[str, int], list[Score]] = {}
    passes: dict[tuple[str, int], Passes] = {}
    for size in sizes:
        folder = work / str(size)
        root = folder / "site"
        datasets = make(size, folder)
        _prepare(root)
        for kind, cache in (("Spójnik", folder / "words"), ("Spójnik, pierwszy raz", None)):
            made[kind, size] = _ours(datasets, root / "szukaj" / "indeks", cache, RUNS if size == sizes[0] else 1)
        relevant = _relevant(datasets, queries)
        answers = {query.words: _answer(root / "szukaj" / "indeks", query.words, size) for query in queries}
        scores["Spójnik", size] = [_score(query, relevant[query.words], answers[query.words]) for query in queries]
        passes["Spójnik", size] = asked(root, "ours", [query.words for query in queries])
        _agree(passes["Spójnik", size].new, answers)
        if program and size == sizes[0]:
            made[PAGEFIND, size] = _theirs(program, datasets, folder / "pages", root / "pagefind")
            passes[PAGEFIND, size] = asked(root, "pagefind", [query.words for query in queries])
            names = _names(root / "pagefind")
            found = {one.words: [names[each] for each in one.ids or ()] for one in passes[PAGEFIND, size].new}
            scores[PAGEFIND, size] = [_score(query, relevant[query.words], found[query.words]) for query in queries]
        shutil.rmtree(folder)
    yield from _lines(len(queries), program is not None, scores, passes, made)


def pagefind() -> Path | None:
    """The peer's program, called without its launcher in Python."""
    found = HERE / "out" / "python" / "pagefind_bin" / "pagefind"
    return found if found.exists() else None


def _queries() -> Iterator[Query]:
    rows = yaml.load((HERE / "queries" / "synthetic.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    for kind, entries in rows.items():
        yield from (Query(kind, words, tuple(expressions)) for words, *expressions in entries)


def _prepare(root: Path) -> None:
    (root / "static").mkdir(parents=True)
    for path in (SITE / "static").glob("search*.js"):
        shutil.copy(path, root / "static")
    shutil.copy(HERE / "search_page.html", root / "index.html")


def _ours(datasets: Path, folder: Path, cache: Path | None, runs: int) -> Made:
    """Indexes made one after another; with a cache, what the lexicon learnt is there, as in every later build."""
    command: list[str | Path] = [sys.executable, "-m", "bench.search_docs", datasets, folder, cache or "", "2"]
    if cache:
        once(command, HOME)
    done = []
    for _ in range(runs):
        shutil.rmtree(folder, ignore_errors=True)
        done.append(once(command, HOME))
    sizes = [path.stat().st_size for path in folder.iterdir()]
    return Made(done, sum(sizes), len(sizes))


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


# ---- the report ----------------------------------------------------------------------------------------------------


def _lines(
    count: int,
    peer: bool,
    scores: dict[tuple[str, int], list[Score]],
    passes: dict[tuple[str, int], Passes],
    made: dict[tuple[str, int], Made],
) -> Iterator[str]:
    yield "## Wyszukiwarka"
    yield ""
    yield (
        f"{count} pytań z `bench/queries/synthetic.yml` do zmyślonych rekordów, te same dla obu. Trafność ocenia "
        "wyrażenie regularne wypisane ze słowników generatora, bez żadnej wyszukiwarki. Czułość: trafne w całym wyniku "
        "÷ wszystkie trafne; P@10: trafne wśród dziesięciu pierwszych. Dane i pytania są nasze i sztuczne; pytania do "
        "prawdziwego katalogu sprawdza `python -m bench.search_quality`."
    )
    yield ""
    if not peer:
        yield "Pagefind pominięto: nie ma go w bench/out/python (bench/requirements.txt)."
        yield ""
    yield from _quality(scores)
    yield ""
    yield from _speed(passes)
    yield ""
    yield from _making(made)


def _quality(scores: dict[tuple[str, int], list[Score]]) -> Iterator[str]:
    yield _row(["czułość / P@10", *(_title(key) for key in scores)])
    yield _row(["---", *("---" for _ in scores)])
    kinds = list(dict.fromkeys(score.kind for score in next(iter(scores.values()))))
    for kind in [*kinds, "razem"]:
        groups = [[one for one in each if kind in (one.kind, "razem")] for each in scores.values()]
        yield _row(
            [f"{kind} ({len(groups[0])})"]
            + [
                f"{sum(one.recall for one in group) / len(group):.3f} / "
                f"{sum(one.precision for one in group) / len(group):.3f}"
                for group in groups
            ]
        )
    yield _row(["pytania bez wyniku", *(str(sum(one.total == 0 for one in each)) for each in scores.values())])


def _speed(passes: dict[tuple[str, int], Passes]) -> Iterator[str]:
    yield _row(["w Chromium, środek / 95%", *(_title(key) for key in passes)])
    yield _row(["---", *("---" for _ in passes)])
    wanted: list[tuple[str, Callable[[Passes], list[float]], str]] = [
        ("pierwsze pytanie w pustej przeglądarce, kB", lambda each: _kilobytes(each.cold), ".0f"),
        ("pierwsze pytanie w pustej przeglądarce, ms", lambda each: [one.ms for one in each.cold], ".0f"),
        ("kolejne nowe pytanie na tej samej stronie, kB", lambda each: _kilobytes(each.new), ".1f"),
        ("kolejne nowe pytanie na tej samej stronie, ms", lambda each: [one.ms for one in each.new], ".0f"),
        ("pytanie, którego pliki już są, ms", lambda each: [one.ms for one in each.again], ".0f"),
    ]
    for title, figures, shape in wanted:
        cells = [figures(each) for each in passes.values()]
        yield _row([title, *(f"{median(cell):{shape}} / {_high(cell):{shape}}" for cell in cells)])
    yield ""
    yield "Bajty liczy serwer: treść odpowiedzi, tekst spakowany gzipem, ze skryptem wyszukiwarki, bez samej strony."


def _making(made: dict[tuple[str, int], Made]) -> Iterator[str]:
    yield _row(["indeks", "rekordów", "czas", "procesor", "pamięć", "rozmiar", "plików"])
    yield _row(["---"] * 7)
    for (name, size), each in made.items():
        run = middle(each.runs)
        figures = [f"{run.wall:.1f} s", f"{run.cpu:.1f} s", f"{run.peak:.0f} MB", f"{each.size / 1e6:.1f} MB"]
        yield _row([name, f"{size}", *figures, f"{each.files}"])
    yield ""
    yield (
        "Cały proces, od startu do ostatniego pliku: Spójnik czyta wiersze danych i kończy na plikach indeksu, "
        "Pagefind czyta gotowe strony z tymi samymi tekstami (pisanie stron nie wchodzi w jego czas; pliki jego "
        "okienek nie wchodzą w rozmiar). „Pierwszy raz” znaczy: bez słownika odmian z poprzedniego budowania."
    )


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _title(key: tuple[str, int]) -> str:
    return f"{key[0]}, {key[1]}"


def _kilobytes(rows: Sequence[Asked]) -> list[float]:
    return [one.sent / 1000 for one in rows]


def _high(figures: Sequence[float]) -> float:
    """The 95th percentile: the smallest figure that at least 95 % do not exceed."""
    return sorted(figures)[-(-len(figures) * 95 // 100) - 1]


def main() -> None:
    """Print the report."""
    sizes = tuple(map(int, sys.argv[1:])) or (10_000, 160_000)
    with tempfile.TemporaryDirectory(prefix="szukaj-") as work:
        print(*search_report(Path(work), sizes), sep="\n")


if __name__ == "__main__":
    main()
