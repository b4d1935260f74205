"""Parts of the index made side by side: documents come along with the fork, only what was made of them comes back."""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")
_AT_WORK: list[Sequence[Callable[[], Any]]] = []


def made(tasks: Sequence[Callable[[], T]], jobs: int) -> list[T]:
    """What each task makes, in their order, by so many processes; nothing at all where one of them was killed."""
    _AT_WORK[:] = [tasks]
    gc.freeze()
    try:
        with ProcessPoolExecutor(min(jobs, len(tasks)), multiprocessing.get_context("fork")) as pool:
            return list(pool.map(_make, range(len(tasks))))
    except BrokenProcessPool:
        return []
    finally:
        _AT_WORK.clear()
        gc.unfreeze()


def done(tasks: Sequence[Callable[[], T]], jobs: int) -> list[T]:
    """The same, but what a killed process did not make is made here, and so is everything where jobs is 1."""
    return (made(tasks, jobs) if jobs > 1 else []) or [task() for task in tasks]


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for cycles meanwhile: an index is millions of small things without any; it took a fifth of the time."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def _make(number: int) -> Any:
    return _AT_WORK[0][number]()
