"""A piece of the build: what every process that makes one has to know, and nothing more."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from spojnik.output import Output, Put, Stage, put_all
from spojnik.reads import noted


class Unit(NamedTuple):
    """A piece of the build that can be made alone, in any process, in any order. given: what the plan decided for it
    from the data (keys, finished texts, findings); what it reads of the world itself is seen while it is made."""

    name: str
    make: Callable[[], Iterable[Output]]
    given: object = ()


class Made(NamedTuple):
    """What came of a unit: what it put, and the places it read (spojnik.reads)."""

    puts: tuple[Put, ...]
    places: tuple[str, ...]


def made_of(unit: Unit, stage: Stage) -> Made:
    """Make a unit into the stage."""
    with noted() as places:
        puts = tuple(put_all(stage, unit.make()))
    return Made(puts, tuple(sorted(places)))
