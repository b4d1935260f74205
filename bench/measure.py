"""Whole processes, from start to exit: wall, CPU and peak memory of one run."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple


class Run(NamedTuple):
    """Seconds on the clock, seconds of all processors, and megabytes of the largest process."""

    wall: float
    cpu: float
    peak: float


class Failed(Exception):
    """A measured program ended badly: its last words."""


def once(words: Sequence[str | Path], folder: Path, environment: Mapping[str, str] | None = None) -> Run:
    """Run a program once. Raises Failed with the end of what it said."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [str(word) for word in words],
        cwd=folder,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    said = process.stderr.read() if process.stderr else ""
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise Failed(f"{words[0]}: {said[-500:]}")
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def middle(runs: Sequence[Run]) -> Run:
    """The median of each figure."""
    return Run(*(median(figures) for figures in zip(*runs, strict=True)))


def ratio(ours: Sequence[Run], theirs: Sequence[Run], figure: str) -> float:
    """The median of the ratios of runs made one after the other: on a shared machine both had the same weather."""
    return median(getattr(a, figure) / getattr(b, figure) for a, b in zip(ours, theirs, strict=True))


def file_system(folder: Path) -> str:
    """The kind of file system that holds a folder, as the kernel calls it."""
    best, kind = "", "?"
    for line in Path("/proc/mounts").read_text().splitlines():
        _, place, name, *_ = line.split()
        if str(folder.resolve()).startswith(place) and len(place) >= len(best):
            best, kind = place, name
    return kind
