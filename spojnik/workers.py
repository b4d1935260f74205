"""Units of the build in several processes: the world comes along with the fork, outputs go straight to the disk."""

from __future__ import annotations

import gc
import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, count, islice

from spojnik.output import Stage
from spojnik.unit import Known, Made, Unit, made_of, unknown

FEW = 2  # units: one alone needs no second process
_AT_WORK: list[tuple[Stage, Sequence[Unit], Known]] = []


def make_all(
    units: Sequence[Unit], stage: Stage, jobs: int, progress: Callable[[str], None], known: Known = unknown
) -> dict[str, Made]:
    """Make every unit that the last build did not leave (known); unit name → what came of it, or what was left. A
    worker that dies costs time only: its units are made here."""
    made: dict[str, Made] = {}
    todo: list[Unit] = []
    asked = _asked(units, known, made, todo)
    done = count(1)
    first = list(islice(asked, FEW))
    if jobs > 1 and len(first) == FEW:
        for number, each in _forked(units, stage, jobs, known, chain(first, asked)):
            made[units[number].name] = each
            progress(f"Buduję: {next(done)} z {len(todo)}")
    deque(asked, 0)  # where one process is enough, or a worker died, nobody has asked about all of them
    for unit in todo:
        if unit.name not in made:
            made[unit.name] = made_of(unit, stage, known)
            progress(f"Buduję: {next(done)} z {len(todo)}")
    return made


def _asked(units: Sequence[Unit], known: Known, made: dict[str, Made], todo: list[Unit]) -> Iterator[int]:
    """The numbers of units that have to be made, each as soon as that is known: the heaviest are at work while the last
    build is still asked about the others."""
    for number, unit in enumerate(units):
        old = known(unit)
        if old is None:
            todo.append(unit)
            yield number
        else:
            made[unit.name] = old


def _forked(
    units: Sequence[Unit], stage: Stage, jobs: int, known: Known, numbers: Iterable[int]
) -> Iterator[tuple[int, Made]]:
    from concurrent.futures import as_completed

    _AT_WORK[:] = [(stage, units, known)]
    gc.freeze()
    try:
        with ProcessPoolExecutor(min(jobs, len(units)), multiprocessing.get_context("fork")) as pool:
            running = {pool.submit(_make, number): number for number in numbers}
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
