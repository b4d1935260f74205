"""Units of the build in several processes: the world comes along with the fork, outputs go straight to the disk."""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from spojnik.output import Stage
from spojnik.unit import Known, Made, Unit, made_of, unknown

FEW = 3  # units: below that a second process only repeats the start
_AT_WORK: list[tuple[Stage, Sequence[Unit], Known]] = []


def make_all(
    units: Sequence[Unit], stage: Stage, jobs: int, progress: Callable[[str], None], known: Known = unknown
) -> dict[str, Made]:
    """Make every unit; unit name → what came of it. A worker that dies costs time only: its units are made here."""
    made: dict[str, Made] = {}
    if jobs > 1 and len(units) >= FEW:
        for number, each in _forked(units, stage, jobs, known):
            made[units[number].name] = each
            progress(f"Buduję: {len(made)} z {len(units)}")
    for unit in units:
        if unit.name not in made:
            made[unit.name] = made_of(unit, stage, known)
            progress(f"Buduję: {len(made)} z {len(units)}")
    return made


def _forked(units: Sequence[Unit], stage: Stage, jobs: int, known: Known) -> Iterator[tuple[int, Made]]:
    from concurrent.futures import as_completed

    _AT_WORK[:] = [(stage, units, known)]
    gc.freeze()
    try:
        with ProcessPoolExecutor(min(jobs, len(units)), multiprocessing.get_context("fork")) as pool:
            running = {pool.submit(_make, number): number for number in range(len(units))}
            for future in as_completed(running):
                yield running[future], future.result()
    except BrokenProcessPool:
        return
    finally:
        _AT_WORK.clear()
        gc.unfreeze()


def _make(number: int) -> Made:
    stage, units, known = _AT_WORK[0]
    return made_of(units[number], stage, known)
