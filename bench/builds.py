"""Our own whole builds, real templates and everything a site has: clean, nothing changed, one record changed."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.make import make
from bench.measure import middle, once
from bench.pages import TODAY

HOME = Path(__file__).resolve().parent.parent
HEAD = "| co | czas | CPU | pamięć |\n|---|---|---|---|"


def builds(work: Path, sizes: Sequence[int], runs: int) -> Iterator[str]:
    """Rows for the real catalogue and for every size but the smallest."""
    yield from ("## Cały serwis (`build.py --jobs 2`, prawdziwe szablony, wszystkie pliki)", "", HEAD)
    yield from _rows(work / "real", _copied(work / "real"), "prawdziwy katalog", runs)
    for size in sizes[1:]:
        yield from _rows(work / "made", make(size, work / "made"), f"{size} organizacji", 1 if size > 10_000 else runs)
    yield ""


def _copied(folder: Path) -> Path:
    for name in ("datasets", "site"):
        shutil.copytree(HOME / name, folder / name)
    return folder / "datasets"


def _rows(folder: Path, datasets: Path, title: str, runs: int) -> Iterator[str]:
    words: list[str | Path] = [sys.executable, "build.py", "--datasets", datasets, "--out", folder / "dist",
                               "--today", TODAY, "--jobs", "2"]  # fmt: skip
    clean = [once(words, HOME)]
    same = [once(words, HOME) for _ in range(runs)]
    changed = []
    path = max(datasets.glob("organisations/observed/*.jsonl"), key=lambda each: each.stat().st_size)
    for turn in range(runs):
        _rename(path, turn)
        changed.append(once(words, HOME))
    for name, each in (("od zera", clean), ("nic się nie zmieniło", same), ("zmieniony jeden rekord", changed)):
        here = middle(each)
        yield f"| {title}: {name} | {here.wall:.2f} s | {here.cpu:.2f} s | {here.peak:.0f} MB |"
    shutil.rmtree(folder)


def _rename(path: Path, turn: int) -> None:
    """Another name in one record."""
    lines = path.read_text("utf-8").splitlines(keepends=True)
    at = [number for number, line in enumerate(lines) if '"name":"' in line][turn]
    lines[at] = lines[at].replace('"name":"', f'"name":"Zmiana {turn} ', 1)
    path.write_text("".join(lines), "utf-8")
