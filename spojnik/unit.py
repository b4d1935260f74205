"""A piece of the build: what every process that makes one has to know, and nothing more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from spojnik.output import Output


class Unit(NamedTuple):
    """A piece of the build that can be made alone, in any process, in any order. dataset, keys: what it reads
    (spojnik.reads); a unit that does not say reads everything and is made again whenever anything changes."""

    name: str
    make: Callable[[], Iterable[Output]]
    dataset: str = ""
    keys: Sequence[str] | None = None
