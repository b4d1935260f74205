"""What the comparison of searches found, as Markdown tables in Polish."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from statistics import median
from typing import NamedTuple

from bench.measure import Run, middle
from bench.search_browser import Asked, Passes

PAGEFIND = "Pagefind"


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


def lines(
    count: int,
    peer: bool,
    scores: dict[tuple[str, int], list[Score]],
    passes: dict[tuple[str, int], Passes],
    made: dict[tuple[str, int], Made],
) -> Iterator[str]:
    """The report, Polish Markdown. count: queries; peer: whether Pagefind was there; the rest by (engine, records)."""
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
    largest, smallest = max(size for _, size in made), min(size for _, size in made)
    if (PAGEFIND, smallest) in made:
        ours, theirs = middle(made["Spójnik", largest].runs), middle(made[PAGEFIND, smallest].runs)
        yield (
            f"Indeks {largest} rekordów Spójnika powstał w {ours.wall / theirs.wall:.2f} × czasu, jaki Pagefind "
            f"potrzebował na {smallest} (procesor: {ours.cpu / theirs.cpu:.2f} ×)."
        )
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
