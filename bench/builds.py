"""Our own whole builds, real templates and everything a site has: clean, nothing changed, one record changed."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bench.goals import CHANGED, CHANGED_PAGES, REAL_CHANGED, REAL_SAME, SAME, Goal, said
from bench.measure import HOME, Run, middle, once
from bench.pages import TODAY

HEAD = "| co | czas | CPU | pamięć: największy proces | pamięć: wszystkie razem | cel |\n|---|---|---|---|---|---|"
LARGE = 10_000  # records; a change of more is measured once
Words = list[str | Path]


def builds(work: Path, catalogues: Sequence[tuple[int, Path]], runs: int) -> Iterator[str]:
    """Rows for the real catalogue and for synthetic ones (records, datasets)."""
    yield from ("## Cały serwis (`build.py --jobs 2`, prawdziwe szablony, wszystkie pliki)", "", HEAD)
    yield from _whole(_copied(work / "real"), work / "dist", "prawdziwy katalog", runs, (REAL_SAME, REAL_CHANGED))
    for size, datasets in catalogues:
        title, turns = f"{size} organizacji", 1 if size > LARGE else runs
        yield from _whole(datasets, work / "dist", title, turns, (SAME.get(size), CHANGED.get(size)))
        yield from _pages(datasets, work / "dist", title, turns, CHANGED_PAGES.get(size))
    yield ""
    yield (
        "„Same strony”: `python -m bench.part`, to samo budowanie bez wyszukiwarki i bez plików do pobrania: strony "
        "rekordu i jego powiązań, listy i ich kanały. Zmieniona nazwa przesuwa w alfabecie wszystko, co stoi pomiędzy."
    )
    yield ""


def _copied(folder: Path) -> Path:
    for name in ("datasets", "site"):
        shutil.copytree(HOME / name, folder / name)
    return folder / "datasets"


def _whole(datasets: Path, out: Path, title: str, runs: int, most: tuple[float | None, float | None]) -> Iterator[str]:
    words: Words = [sys.executable, "build.py", "--datasets", datasets, "--out", out, "--today", TODAY, "--jobs", "2"]
    yield _row(f"{title}: od zera", [once(words, HOME)], None)
    yield _row(f"{title}: nic się nie zmieniło", [once(words, HOME) for _ in range(runs)], most[0])
    yield _row(f"{title}: zmieniony jeden telefon", _changes(words, datasets, runs, _dial), most[1])
    yield _row(f"{title}: zmieniona jedna nazwa", _changes(words, datasets, runs, _rename), most[1])
    _clear(out)


def _pages(datasets: Path, out: Path, title: str, runs: int, most: float | None) -> Iterator[str]:
    words: Words = [sys.executable, "-m", "bench.part", datasets, out, "feeds"]
    once(words, HOME)
    yield _row(f"{title}: zmieniony jeden telefon, same strony", _changes(words, datasets, runs, _dial), most)
    _clear(out)


def _changes(words: Words, datasets: Path, runs: int, change: Callable[[str, int], str]) -> list[Run]:
    """Builds after one change each. change: a line of observations and the number of the change → the line after it."""
    path = max(datasets.glob("organisations/observed/*.jsonl"), key=lambda each: each.stat().st_size)
    done = []
    for turn in range(runs):
        lines = path.read_text("utf-8").splitlines(keepends=True)
        at = [number for number, line in enumerate(lines) if '"phone":"+48 12' in line and '"name":"' in line][turn]
        lines[at] = change(lines[at], turn)
        path.write_text("".join(lines), "utf-8")
        done.append(once(words, HOME))
    return done


def _row(title: str, runs: Sequence[Run], most: float | None) -> str:
    here = middle(runs)
    goal = said(Goal("czas ≤ {} s", most, here.wall))
    return f"| {title} | {here.wall:.2f} s | {here.cpu:.2f} s | {here.peak:.0f} MB | {here.together:.0f} MB | {goal} |"


def _clear(out: Path) -> None:
    shutil.rmtree(out)
    shutil.rmtree(out.parent / f".{out.name}.spojnik")


def _dial(line: str, turn: int) -> str:
    """Another telephone: what stands on a record's page and in the files, and moves nothing on any list."""
    return re.sub(r'("phone":"[^"]*)(\d)"', lambda found: f'{found[1]}{(int(found[2]) + 1) % 10}"', line, count=1)


def _rename(line: str, turn: int) -> str:
    """Another name: in the alphabet it moves all that stand between."""
    return line.replace('"name":"', f'"name":"Zmiana {turn} ', 1)
