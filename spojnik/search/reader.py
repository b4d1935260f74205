"""The index as the engine sees it: shards read when asked for, every failure told in Polish."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any

from spojnik.search.doc import STATES, IndexMissing
from spojnik.search.index import ENTRY, VERSION
from spojnik.search.roots import Roots
from spojnik.search.synonyms import scattered
from spojnik.search.wire import (
    CARDS,
    LEMMA,
    Reader,
    Term,
    read_cards,
    read_numbers,
    read_pairs,
    read_terms,
    spread,
    unpack,
    unpostings,
    unsteps,
)

_NEIGHBOURS = 3  # shards that a range of keys may reach into


class Index:
    """One index behind `read` (file name → bytes, OSError or KeyError where there is none)."""

    def __init__(self, read: Callable[[str], bytes]) -> None:
        self._read = read
        self._shards: dict[int, tuple[list[Term], str]] = {}
        self._cards: dict[int, list[tuple[str, str, str]]] = {}
        self.meta: dict[str, Any] = json.loads(self._file(ENTRY))
        if self.meta.get("version") != VERSION:
            raise IndexMissing("Indeks wyszukiwarki ma inną wersję niż program. Zbuduj serwis jeszcze raz.")
        self.total: int = self.meta["documents"]
        self.roots = Roots(self.meta["endings"], self.meta["families"])

    def _file(self, name: str) -> bytes:
        try:
            return unpack(self._read(name))
        except (OSError, KeyError) as error:
            raise IndexMissing(f"Brakuje pliku {name} indeksu wyszukiwarki. Zbuduj serwis: python build.py") from error
        except ValueError as error:
            raise IndexMissing(f"Plik {name} indeksu jest uszkodzony. Zbuduj serwis jeszcze raz.") from error

    def _part(self, kind: str, at: int | str) -> bytes:
        return self._file(f"{kind}-{self.meta['hashes'][kind]}-{at}.bin")

    def _file_of_terms(self, at: int) -> tuple[list[Term], str]:
        if at not in self._shards:
            self._shards[at] = read_terms(self._part("t", at))
        return self._shards[at]

    def _shard(self, at: int) -> list[Term]:
        return self._file_of_terms(at)[0]

    def sayings(self, keys: Iterable[str]) -> list[tuple[str, list[str]]]:
        """Synonyms that words of these keys may begin to explain: (pattern, meanings), sorted."""
        found: dict[str, list[str]] = {}
        for at in {self._home(key) for key in keys}:
            found.update(scattered(self._file_of_terms(at)[1]))
        return sorted(found.items())

    def _home(self, key: str) -> int:
        return max(0, bisect_right(self.meta["terms"], key) - 1)

    def at(self, key: str) -> list[Term]:
        """Entries with exactly this key."""
        shard = self._shard(self._home(key))
        first = bisect_left(shard, key, key=lambda term: term.key)
        found = []
        while first < len(shard) and shard[first].key == key:
            found.append(shard[first])
            first += 1
        return found

    def lemma(self, key: str) -> Term | None:
        """The lemma entry with exactly this key."""
        return next((term for term in self.at(key) if term.kind == LEMMA), None)

    def pair(self, left: str, right: str) -> list[int]:
        """Documents that have the two lemmas side by side in a title."""
        key = f"{left} {right}"
        return unsteps(read_pairs(self._part("d", spread(key, self.meta["pairs"]))).get(key, b""))

    def range(self, prefix: str) -> Iterator[Term]:
        """Entries whose key starts with prefix, in key order, from at most a few shards."""
        starts = self.meta["terms"]
        first = self._home(prefix)
        for at in range(first, min(first + _NEIGHBOURS, len(starts))):
            if at > first and not starts[at].startswith(prefix):
                return
            shard = self._shard(at)
            place = bisect_left(shard, prefix, key=lambda term: term.key)
            while place < len(shard) and shard[place].key.startswith(prefix):
                yield shard[place]
                place += 1

    def neighbours(self, word: str, prefix: str = "") -> Iterator[Term]:
        """Lemmas of the shard into which a word falls, of those the ones whose key starts with prefix."""
        shard = self._shard(self._home(word))
        return (term for term in shard if term.kind == LEMMA and term.key.startswith(prefix))

    def docs(self, term: Term) -> list[tuple[int, int]]:
        """(document, impact) of a lemma."""
        return unpostings(self._part("p", term.far) if term.far >= 0 else term.docs, term.uses)

    @cached_property
    def common(self) -> list[str]:
        """The most frequent lemmas, for typing errors in the first letters."""
        found: list[str] = json.loads(self._part("w", 0))
        return found

    def identifiers(self, bare: str) -> Iterator[tuple[str, int, list[int]]]:
        """Identifiers that start with these digits (no leading zeros): digits, zeros before them, documents."""
        starts = self.meta["numbers"]
        for at in range(max(0, bisect_left(starts, bare) - 1), len(starts)):
            if starts[at] > bare and not starts[at].startswith(bare):
                return
            yield from (row for row in read_numbers(self._part("n", at)) if row[0].startswith(bare))

    def state(self, doc: int) -> int:
        """Place of the document's state in STATES."""
        for place, count in enumerate(self.meta["states"]):
            if doc < count:
                return place
            doc -= count
        return len(STATES) - 1

    def dataset(self, doc: int) -> int:
        """Place of the document's dataset in the entry file."""
        runs = self.meta["runs"]
        place: int = runs[bisect_right(runs, doc, key=lambda run: run[0])][1]
        return place

    def card(self, doc: int) -> tuple[str, str, str]:
        """(address, title, line) of a document."""
        block = doc // CARDS
        if block not in self._cards:
            self._cards[block] = read_cards(self._part("k", block))
        return self._cards[block][doc % CARDS]

    def facets(self) -> dict[str, list[tuple[str, frozenset[int]]]]:
        """Every facet: (label, documents) in index order; the datasets are not among them."""
        rows = json.loads(self._part("f", "spis"))
        return {name: [(row[0], self._value(*row[2:])) for row in values] for name, values in rows}

    def _value(self, file: int, start: int, length: int) -> frozenset[int]:
        body = self._part("f", file)[start : start + length]
        if body[0]:
            return frozenset(at for at in range(self.total) if body[1 + (at >> 3)] >> (at & 7) & 1)
        reader, docs, last = Reader(body[1:]), set(), 0
        while reader.at < len(reader.data):
            last += reader.number()
            docs.add(last)
        return frozenset(docs)
