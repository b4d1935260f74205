"""What a unit of the build read, seen while it was made: its outputs hold for as long as all of that stays the same.

Nobody declares what a page shows; a declaration would age. The world that units are given notes every record, list and
history that somebody asks it for. A unit is a pure function of what it is given and of what it read, so where all of
that is unchanged it would read the same again and write the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterable, Iterator, KeysView, Mapping, Sequence, Set, ValuesView
from contextlib import contextmanager
from functools import cached_property
from typing import Any, Generic, TypeVar

import orjson
import xxhash

from spojnik.manifest import Seen
from spojnik.sealed import marks
from spojnik.web.rows import References
from spojnik.world import World

_DAILY = ("observed", "manual", "history.jsonl")
_MARKED = ("records", "gists")  # of the same record both are the same as long as its mark is
KEYS = "keys "  # begins a place that is only the keys of a mapping: how many there are, whether one is there
_NOTED: list[set[str]] = []
_NOWHERE: frozenset[str] = frozenset()  # most read nothing that is noted, and an empty set of its own is 200 bytes
Key = TypeVar("Key")
Value = TypeVar("Value")


@contextmanager
def noted() -> Iterator[set[str]]:
    """The places of a watched world that are read inside, as `name<TAB>key`; `name<TAB>` is all of it, and
    `keys name<TAB>` which keys there are."""
    places: set[str] = set()
    _NOTED.append(places)
    try:
        yield places
    finally:
        _NOTED.pop()


class Recall(Generic[Key, Value]):
    """A memo between parts of a unit: whoever is answered from it has read what its first answer read."""

    def __init__(self, make: Callable[[Key], Value]) -> None:
        self._make = make
        self._known: dict[Key, tuple[Value, Set[str]]] = {}

    def __call__(self, key: Key) -> Value:
        found = self._known.get(key)
        if found is None:
            with noted() as places:
                value = self._make(key)
            found = self._known[key] = value, places or _NOWHERE
        value, read = found
        if read and _NOTED:
            _NOTED[-1] |= read
        return value


class Watched(Mapping[Any, Value]):
    """A mapping that notes what is asked of it: one key, or everything."""

    __slots__ = ("_inner", "_name")

    def __init__(self, name: str, inner: Mapping[Any, Value]) -> None:
        self._name, self._inner = name, inner

    def _note(self, key: object) -> None:
        if _NOTED:
            _NOTED[-1].add(f"{self._name}\t{' '.join(key) if isinstance(key, tuple) else key}")

    def _note_keys(self) -> None:
        if _NOTED:
            _NOTED[-1].add(f"{KEYS}{self._name}\t")

    def __getitem__(self, key: Any) -> Value:
        self._note(key)
        return self._inner[key]

    def get(self, key: Any, default: Any = None) -> Any:
        """The value of one key."""
        self._note(key)
        return self._inner.get(key, default)

    def __contains__(self, key: object) -> bool:
        self._note(key)
        return key in self._inner

    def __iter__(self) -> Iterator[Any]:
        self._note_keys()
        return iter(self._inner)

    def __len__(self) -> int:
        self._note_keys()
        return len(self._inner)

    def keys(self) -> KeysView[Any]:
        """All keys."""
        self._note_keys()
        return self._inner.keys()

    def values(self) -> ValuesView[Value]:
        """All values."""
        self._note("")
        return self._inner.values()

    def items(self) -> ItemsView[Any, Value]:
        """All pairs."""
        self._note("")
        return self._inner.items()


def unnoted(mapping: Mapping[Key, Value]) -> Mapping[Key, Value]:
    """A mapping that notes nothing: for a unit that was given the marks of all it asks for."""
    return mapping._inner if isinstance(mapping, Watched) else mapping


def watched(world: World) -> World:
    """The same world, noting what is read of it. Its catalogue, day and site are the frame of every unit."""
    return world._replace(
        records={name: Watched(f"records {name}", found) for name, found in world.records.items()},
        gists={name: Watched(f"gists {name}", found) for name, found in world.gists.items()},
        told={name: Watched(f"told {name}", found) for name, found in world.told.items()},
        large=Watched("large", world.large),
        standing=Watched("standing", world.standing),
        newest=Watched("newest", world.newest),
        modified=Watched("modified", world.modified),
        history=Watched("history", world.history),
        runs=Watched("runs", world.runs),
        said=Watched("said", world.said),
        stated=Watched("stated", world.stated),
        published=Watched("published", world.published),
        closing=Watched("closing", world.closing),
    )


class Readings:
    """Digests of one world (a plain one), each made when first asked for."""

    def __init__(self, world: World, joined: References, inputs: Mapping[str, Seen]) -> None:
        self._world, self._joined, self._inputs = world, joined, inputs
        self._known: dict[str, str] = {}

    def key(self, given: object, places: Iterable[str]) -> str:
        """The key of a unit that was given this and read these places."""
        return digest([self.frame, given, [self._place(place) for place in sorted(places)]])

    @cached_property
    def frame(self) -> str:
        """Everything but records: code, templates, texts, schemas, joins, the facts of the site, and the day."""
        return frame_of(str(self._world.catalog.root), self._world.today, self._inputs)

    def _place(self, place: str) -> str:
        """What stands at a place, found once: many units of a build have read the same."""
        if place not in self._known:
            self._known[place] = self._found(place)
        return self._known[place]

    def _found(self, place: str) -> str:
        """What stands at a place, as a digest; "" for nothing."""
        name, _, key = place.partition("\t")
        kind, _, dataset = name.partition(" ")
        if kind in _MARKED and key:
            gist = self._world.gists.get(dataset, {}).get(key)
            return gist.mark if gist else ""
        if kind == "told" and key:
            found = self._world.told[dataset].get(key)
            return digest(found) if found else ""
        if kind == "joined" and key:
            one, _, two = key.partition(" ")
            return repr(self._joined.get((one, two), ""))
        keys = f"{kind} " == KEYS
        return digest(self._keys(*dataset.split(" ")) if keys else self._whole(kind, dataset, key))

    def _keys(self, kind: str, dataset: str = "") -> Sequence[object]:
        """Which keys a mapping has."""
        found: Mapping[Any, Any] = self._joined if kind == "joined" else getattr(self._world, kind)
        return list(found[dataset] if dataset else found)

    def _whole(self, kind: str, dataset: str, key: str) -> Sequence[object]:
        """What a whole list or a single figure says."""
        if kind in _MARKED:
            return [part for key, gist in self._world.gists[dataset].items() for part in (key, gist.mark)]
        if kind == "told":
            return self._world.history[dataset]
        if kind == "joined":
            return list(self._joined.items())
        if kind == "said":
            names = [key] if key else list(self._world.said)
            return [mark for name in names for mark in marks(self._world.said[name])]
        found: Mapping[str, Any] = getattr(self._world, kind)
        return [found.get(key) if key else list(found.items())]


def frame_of(root: str, today: str, inputs: Mapping[str, Seen]) -> str:
    """A digest of everything that is not records. root: the folder of the datasets."""
    return digest([today, [(path, seen.digest) for path, seen in inputs.items() if not _is_daily(root, path)]])


def _is_daily(root: str, path: str) -> bool:
    """Whether an input is records, which count one by one: `<root>/<dataset>/observed/…`."""
    parts = path.removeprefix(root).strip("/").split("/")
    return path.startswith(root) and len(parts) > 1 and parts[1] in _DAILY


def digest(parts: Iterable[object]) -> str:
    """A digest of plain values; of anything else, of how it shows itself."""
    return xxhash.xxh3_128_hexdigest(orjson.dumps(list(parts), default=repr))
