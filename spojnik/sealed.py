"""Observations of large files: read and checked once, then closed up until somebody asks for their record.

160 000 open records fill two gigabytes, and every process that touches them gets a copy of its own. Closed up they are
one run of bytes each, and beside it stands the gist of the record, which is all that most readers look at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, overload

import orjson

from spojnik.catalog import Dataset
from spojnik.gist import Gist
from spojnik.hidden import safe
from spojnik.merge import merged
from spojnik.origin import Merged, Observation, Origin
from spojnik.tuples import quick

Open = Callable[["Sealed"], Observation]


class Sealed(NamedTuple):
    """An observation that is closed up. body: what `open` makes it of again; gist: that of the record that it makes
    alone."""

    source: str
    key: str
    mark: str
    gist: Gist
    body: Any
    open: Open

    def packed(self) -> bytes:
        """The observation as bytes."""
        return self.body if self.open is unpacked else packed(self.open(self))


def packed(observation: Observation) -> bytes:
    """A checked observation as bytes: its parts are what JSON knows, because it was read from JSON."""
    return orjson.dumps((*observation[:2], tuple(observation.origin), *observation[3:]))


def unpacked(sealed: Sealed) -> Observation:
    """What `packed` closed up."""
    return _observation(sealed.body)


def _observation(body: bytes | memoryview) -> Observation:
    key, values, (source, urls, *days), *rest = orjson.loads(body)
    origin = quick(Origin, (source, tuple(urls), *days))
    return quick(Observation, (key, values, origin, *rest))


class Lines(NamedTuple):
    """Lines of one source as a build has read them before. places: mark → which of them it is; gists: of each; bounds:
    where the observation of each begins, and the last one ends, among the bodies."""

    places: Mapping[str, int]
    gists: Sequence[Gist]
    bounds: Sequence[int]


class Remembered(NamedTuple):
    """What a build knew of the lines of a dataset. sources: source → its lines; bodies: their observations."""

    sources: Mapping[str, Lines]
    bodies: memoryview

    def observation(self, shown: str, sealed: Sealed) -> Observation:
        """The observation of a known line. shown: its file for messages; the body is the number of the line today."""
        places, _, bounds = self.sources[sealed.source]
        place = places[sealed.mark]
        return _observation(self.bodies[bounds[place] : bounds[place + 1]])._replace(place=f"{shown}:{sealed.body}:1")


Voice = Observation | Sealed


class Voices(Sequence[Observation]):
    """All observations of a dataset in a fixed order, some of them closed up."""

    __slots__ = ("each",)

    def __init__(self, each: Sequence[Voice]) -> None:
        self.each = each

    @overload
    def __getitem__(self, at: int) -> Observation: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Observation]: ...
    def __getitem__(self, at: int | slice) -> Observation | Sequence[Observation]:
        return Voices(self.each[at]) if isinstance(at, slice) else opened(self.each[at])

    def __iter__(self) -> Iterator[Observation]:
        return map(opened, self.each)

    def __len__(self) -> int:
        return len(self.each)


def marks(said: Sequence[Observation]) -> list[str]:
    """The marks of observations; those that are closed up stay so."""
    return [each.mark for each in (said.each if isinstance(said, Voices) else said)]


def opened(voice: Voice) -> Observation:
    """The observation itself."""
    return voice if isinstance(voice, Observation) else voice.open(voice)


class Records(Mapping[str, Merged]):
    """Key → record, merged when somebody asks for it. voices: key → all that speak of it; gists: the same keys."""

    __slots__ = ("_dataset", "_sheltered", "_voices")

    def __init__(self, dataset: Dataset, voices: Mapping[str, Sequence[Voice]], sheltered: frozenset[str]) -> None:
        self._dataset, self._voices, self._sheltered = dataset, voices, sheltered

    def __getitem__(self, key: str) -> Merged:
        said = [opened(voice) for voice in self._voices[key]]
        return safe(merged(self._dataset, key, said), self._sheltered)

    def __contains__(self, key: object) -> bool:
        return key in self._voices

    def __iter__(self) -> Iterator[str]:
        return iter(self._voices)

    def __len__(self) -> int:
        return len(self._voices)


def alone(voices: Sequence[Voice], key: str) -> Gist | None:
    """The gist of a record of which one sealed observation speaks, under its own key; None of any other."""
    only = voices[0]
    return only.gist if len(voices) == 1 and isinstance(only, Sealed) and only.key == key else None
