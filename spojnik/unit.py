"""A piece of the build: what every process that makes one has to know, and nothing more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from spojnik.output import Output, Put, Stage, put_all
from spojnik.reads import digest, noted


class Unit(NamedTuple):
    """A piece of the build that can be made alone, in any process, in any order. given: what the plan decided for it
    from the data (keys, finished texts, findings); what it reads of the world itself is seen while it is made.

    Where the pieces show only once the data are sorted and grouped (the pages of a list), it makes units of its own:
    those are made one after another, and each is left alone when the last build made it of the same."""

    name: str
    make: Callable[[], Iterable[Output | Unit]]
    given: object = ()


class Made(NamedTuple):
    """What came of a unit and its parts: what they put, and the places they read (spojnik.reads). key: under which the
    last build kept it, "" for one that was made now."""

    puts: tuple[Put, ...]
    places: tuple[str, ...]
    parts: tuple[Part, ...] = ()
    key: str = ""


class Part(NamedTuple):
    """A unit within a unit. given: the digest of what it was given."""

    name: str
    given: str
    puts: tuple[Put, ...]
    places: tuple[str, ...]
    key: str = ""


Known = Callable[[Unit], Made | None]


def unknown(_: Unit) -> None:
    """Where nobody knows what the last build made."""


def made_of(unit: Unit, stage: Stage, known: Known = unknown) -> Made:
    """Make a unit into the stage. known: what the last build left of a part that would be made of the same again."""
    parts: list[Part] = []

    def own() -> Iterator[Output]:
        for each in unit.make():
            if isinstance(each, Output):
                yield each
            else:
                part = each._replace(given=digest([each.given]))
                made = known(part) or made_of(part, stage, known)
                parts.append(Part(part.name, str(part.given), made.puts, made.places, made.key))

    with noted() as places:
        puts = list(put_all(stage, own()))
    for part in parts:
        puts += part.puts
        places.update(part.places)
    return Made(tuple(puts), tuple(sorted(places)), tuple(parts))
