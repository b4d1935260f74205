"""load → merge → check → plan → write: the whole build on one screen."""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import NamedTuple

from spojnik.finding import Finding
from spojnik.order import Order, load
from spojnik.output import Output, Written, write
from spojnik.web.pages import Press
from spojnik.web.plan import Unit, closing_unit, units
from spojnik.world import stop_on


class Built(NamedTuple):
    """What came of it: the findings, and what was written."""

    findings: tuple[Finding, ...]
    written: Written


Progress = Callable[[str], None]


def build(order: Order, progress: Progress) -> Built:
    """Make the site. Raises Stopped before anything under `order.out` changes."""
    progress("Czytam dane")
    world, findings = load(order)
    stop_on(findings)
    press = Press(world, order.site)
    return Built(findings, write(outputs(press, findings, order.jobs, progress), order.out))


def outputs(press: Press, findings: Sequence[Finding], jobs: int, progress: Progress) -> Iterator[Output]:
    """Every output of the site; those under `dane/` are kept until the end, for the archive and the checksums."""
    data: list[Output] = []
    planned = units(press, findings)
    for done, made in enumerate(_make(planned, jobs), 1):
        for output in made:
            if output.path.parts[0] == "dane" and len(output.path.parts) == 2:
                data.append(output)
            yield output
        progress(f"Buduję: {done} z {len(planned)}")
    yield from closing_unit(press, sorted(data, key=lambda output: str(output.path)))


_PLANNED: list[Unit] = []


def _make(planned: list[Unit], jobs: int) -> Iterator[Iterable[Output]]:
    """The outputs of every unit; with more than one process in any order (paths are unique, so order is nothing)."""
    if jobs <= 1:
        yield from (unit.make() for unit in planned)
        return
    _PLANNED[:] = planned
    gc.freeze()
    with ProcessPoolExecutor(jobs, multiprocessing.get_context("fork")) as pool:
        yield from pool.map(_made, range(len(planned)))


def _made(number: int) -> list[Output]:
    """Run in a forked process: the world came along with the fork, only outputs travel back."""
    return list(_PLANNED[number].make())
