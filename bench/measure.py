"""Whole processes, from start to exit: wall, CPU and peak memory of one run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

HOME = Path(__file__).resolve().parent.parent


class Run(NamedTuple):
    """Seconds on the clock, seconds of all processors, megabytes of the largest process and of all at one moment."""

    wall: float
    cpu: float
    peak: float
    together: float


class Failed(Exception):
    """A measured program ended badly: its last words."""


def once(words: Sequence[str | Path], folder: Path, environment: Mapping[str, str] | None = None) -> Run:
    """Run a program once, in `folder`, whatever this process holds (bench.alone). Raises Failed with the end of what
    it said."""
    command = [sys.executable, "-m", "bench.alone", str(folder), *map(str, words)]
    given = {**os.environ, **(environment or {})}
    given.pop("PYTHONDONTWRITEBYTECODE", None)  # Python keeps what it compiled unless a container's settings forbid it
    done = subprocess.run(command, cwd=HOME, env=given, capture_output=True, text=True)
    if done.returncode:
        raise Failed(f"{words[0]}: {done.stderr[-500:]}")
    return Run(*json.loads(done.stdout))


def middle(runs: Sequence[Run]) -> Run:
    """The median of each figure."""
    return Run(*(median(figures) for figures in zip(*runs, strict=True)))


def ratio(ours: Sequence[Run], theirs: Sequence[Run], figure: str) -> float:
    """The median of the ratios of runs made one after the other: on a shared machine both had the same weather."""
    at = Run._fields.index(figure)
    return median(a[at] / b[at] for a, b in zip(ours, theirs, strict=True))


def file_system(folder: Path) -> str:
    """The kind of file system that holds a folder, as the kernel calls it."""
    best, kind = "", "?"
    for line in Path("/proc/mounts").read_text().splitlines():
        _, place, name, *_ = line.split()
        if str(folder.resolve()).startswith(place) and len(place) >= len(best):
            best, kind = place, name
    return kind
