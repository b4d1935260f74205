"""Documents → postings in memory: the first half of building the index, one document at a time."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise

from spojnik.search.doc import STATES, Doc
from spojnik.search.lexicon import Lexicon, key_of
from spojnik.search.stops import STOPS
from spojnik.search.text import digits, fold, words
from spojnik.search.wire import number, write_cards

_RAW = re.compile(r"[0-9]{2}-[0-9]{3}(?![0-9])|[^\W_]+")
# Contributions of a word to a document that part the impacts 0–7; each step is about half as much again.
_STEPS = (0.35, 0.6, 1.0, 1.6, 2.5, 4.0, 6.0)
#: Fields from this weight on are titles: their neighbouring words are indexed as pairs.
TITLE = 6
DATASET_FACET = "Zbiór"
_LABEL = 2  # weight of a filter's label
_REPEATED = 48  # letters up to which a whole text is likely to come again: filters, cities, topics


class Scan:
    """Everything the documents said. Documents are numbered as they come; `order` puts them right at the end."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.keys: dict[str, int] = {}
        self.posts: list[array[int]] = []
        self.pairs: dict[int, array[int]] = {}
        self.numbers: list[tuple[str, int, int]] = []
        self.facets: dict[str, dict[str, array[int]]] = {}
        self.labels: dict[str, str] = {}
        self.lemmas: set[str] = set()
        self.cards: list[bytes] = []
        self.places: list[tuple[int, str, str]] = []
        self._tokens: dict[str, tuple[int, ...]] = {}
        self._texts: dict[str, list[tuple[int, ...]]] = {}

    def add(self, doc: Doc) -> None:
        """Take one document in. ValueError for a state outside STATES."""
        at = len(self.places)
        self.places.append((STATES.index(doc.state), doc.dataset, doc.address))
        self.cards.append(write_cards([(doc.address, doc.title, doc.line)]))
        self.labels.setdefault(doc.dataset, next(iter(doc.facets.get(DATASET_FACET, ())), doc.dataset))
        worth: dict[int, float] = {}
        for text, weight in (*doc.fields, (self.labels[doc.dataset], 1), *_unsaid(doc)):
            self._field(at, text, weight, worth)
        shifted = at << 3
        for term, sum_ in worth.items():
            self.posts[term].append(shifted | bisect_right(_STEPS, sum_))
        for spelling in doc.numbers:
            kept = digits(spelling)
            bare = kept.lstrip("0")
            if bare:
                self.numbers.append((bare, len(kept) - len(bare), at))
        for name, values in doc.facets.items():
            if name != DATASET_FACET:
                for value in values:
                    self.facets.setdefault(name, {}).setdefault(value, array("I")).append(at)

    def _field(self, at: int, text: str, weight: int, worth: dict[int, float]) -> None:
        row = self._texts.get(text)
        if row is None:
            row = self._row(text)
            if len(text) <= _REPEATED:
                self._texts[text] = row
        share = weight * (4 / (4 + len(row))) ** 0.5
        for found in row:
            for term in found:
                before = worth.get(term)
                worth[term] = share if before is None else before * 0.8 + share
        if weight >= TITLE:
            for left, right in pairwise(row):
                for pair in (first << 32 | second for first in left for second in right):
                    posts = self.pairs.get(pair)
                    if posts is None:
                        self.pairs[pair] = array("I", (at,))
                    elif posts[-1] != at:
                        posts.append(at)

    def _row(self, text: str) -> list[tuple[int, ...]]:
        """The terms of each word that has any."""
        tokens, row = self._tokens, []
        for token in _RAW.findall(text):
            found = tokens.get(token)
            if found is None:
                found = tokens[token] = self._terms(token)
            if found:
                row.append(found)
        return row

    def _terms(self, token: str) -> tuple[int, ...]:
        return tuple(self._term(key) for key in self.keys_of(token) if key not in STOPS)

    def keys_of(self, token: str) -> list[str]:
        """Folded keys under which a token is indexed, its lemmas noted for the forms to be made."""
        folded = fold(token)
        if folded in STOPS:
            return []
        parts = words(folded)
        if len(parts) != 1 or parts[0].isdigit():
            return [part for part in parts if len(part) < 7 or not part.isdigit()]
        found = [lemma for lemma in self.lexicon.lemmas(token) if key_of(lemma)]
        self.lemmas.update(found)
        return list(dict.fromkeys(map(key_of, found))) or parts

    def _term(self, key: str) -> int:
        at = self.keys.setdefault(key, len(self.keys))
        if at == len(self.posts):
            self.posts.append(array("I"))
        return at

    def order(self) -> tuple[list[int], array[int]]:
        """(documents in index order, place of each document): by state, dataset, address."""
        order = sorted(range(len(self.places)), key=self.places.__getitem__)
        rank = array("I", bytes(4 * len(order)))
        for place, doc in enumerate(order):
            rank[doc] = place
        return order, rank


def scan(docs: Iterable[Doc], lexicon: Lexicon) -> Scan:
    """Every document taken in."""
    found = Scan(lexicon)
    for doc in docs:
        found.add(doc)
    return found


def _unsaid(doc: Doc) -> Iterator[tuple[str, int]]:
    """Labels of filters that no field says: a district, for one, is also something to type."""
    for name, values in doc.facets.items():
        if name != DATASET_FACET:
            for value in values:
                if not any(value in text for text, _ in doc.fields):
                    yield value, _LABEL


def packed_values(docs: Iterable[int], total: int) -> bytes:
    """Documents of one facet value: 0 and steps, or 1 and a bitmap (lowest bit first) where that is shorter."""
    docs = list(docs)
    if len(docs) * 8 <= total:
        body, last = bytearray(b"\0"), 0
        for doc in docs:
            body += number(doc - last)
            last = doc
        return bytes(body)
    bits = bytearray((total + 7) // 8)
    for doc in docs:
        bits[doc >> 3] |= 1 << (doc & 7)
    return b"\1" + bytes(bits)
