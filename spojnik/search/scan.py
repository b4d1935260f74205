"""Documents → postings in memory: the first half of building the index, one document at a time."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from functools import partial
from itertools import chain, islice, pairwise
from typing import NamedTuple

from spojnik.search.doc import STATES, Doc
from spojnik.search.forks import made
from spojnik.search.lexicon import Lexicon, key_of
from spojnik.search.stops import STOPS
from spojnik.search.text import HOUSE, digits, fold, words
from spojnik.search.wire import number, write_cards

_RAW = re.compile(r"[0-9]{2}-[0-9]{3}(?![0-9])|[^\W_]+")
_DIGIT = re.compile("[0-9]")
# Contributions of a word to a document that part the impacts 0–7; each step is about half as much again.
_STEPS = (0.35, 0.6, 1.0, 1.6, 2.5, 4.0, 6.0)
#: Fields from this weight on are titles: their neighbouring words are indexed as pairs, elsewhere an address is.
TITLE = 6
DATASET_FACET = "Zbiór"
_LABEL = 2  # weight of a filter's label
_ADDRESS = 160  # letters up to which a text is searched for the numbers of houses
_REPEATED = 48  # letters up to which a whole text is likely to come again: filters, cities, topics


class Share(NamedTuple):
    """What a process found in its documents, in few and flat values: many small ones would cost more to pass.

    posts, pair_posts: (how many documents each has, the documents of all of them in a row). pairs: of places in keys.
    known: what the lexicon learnt. The rest is as in Scan.
    """

    keys: list[str]
    posts: tuple[array[int], array[int]]
    pairs: array[int]
    pair_posts: tuple[array[int], array[int]]
    numbers: list[tuple[str, int, int]]
    facets: dict[str, dict[str, array[int]]]
    labels: dict[str, str]
    counts: set[str]
    lemmas: set[str]
    cards: list[bytes]
    places: list[tuple[int, str, str]]
    known: dict[str, str]


class Scan:
    """Everything the documents said. Documents are numbered as they come; `order` puts them right at the end.

    Where several share the work, each numbers its own from `first` on, by `step`, as one alone would have done.
    """

    def __init__(self, lexicon: Lexicon, first: int = 0, step: int = 1) -> None:
        self.lexicon = lexicon
        self.first, self.step = first, step
        self.keys: dict[str, int] = {}
        self.posts: list[array[int]] = []
        self.pairs: dict[int, array[int]] = {}
        self.numbers: list[tuple[str, int, int]] = []
        self.facets: dict[str, dict[str, array[int]]] = {}
        self.labels: dict[str, str] = {}
        self.counts: set[str] = set()
        self.lemmas: set[str] = set()
        self.cards: list[bytes] = []
        self.places: list[tuple[int, str, str]] = []
        self._tokens: dict[str, tuple[int, ...]] = {}
        self._pieces: dict[str, tuple[tuple[int, ...], ...]] = {}
        self._texts: dict[str, list[tuple[int, ...]]] = {}
        self._houses: set[int] = set()

    def add(self, doc: Doc) -> None:
        """Take one document in. ValueError for a state outside STATES."""
        at = self.first + self.step * len(self.places)
        self.places.append((STATES.index(doc.state), doc.dataset, doc.address))
        self.cards.append(write_cards([(doc.address, doc.title, doc.line)]))
        label = next(iter(doc.facets.get(DATASET_FACET, ())), doc.dataset)
        self.labels[doc.dataset] = min(label, self.labels.get(doc.dataset, label))
        if doc.counted:
            self.counts.add(doc.dataset)
        worth: dict[int, float] = {}
        for text, weight in (*doc.fields, (label, 1), *_unsaid(doc)):
            self._field(at, text, weight, worth)
        posts, shifted = self.posts, at << 3
        for term, sum_ in worth.items():
            posts[term].append(shifted | bisect_right(_STEPS, sum_))
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
        said = worth.get
        for term in chain.from_iterable(row):
            before = said(term)
            worth[term] = share if before is None else before * 0.8 + share
        if weight >= TITLE or (len(text) <= _ADDRESS and _DIGIT.search(text)):
            self._pair(at, row, weight >= TITLE)

    def _pair(self, at: int, row: list[tuple[int, ...]], title: bool) -> None:
        pairs, houses = self.pairs, self._houses
        for left, right in pairwise(row):
            if title or not houses.isdisjoint(right):
                for pair in [first << 32 | second for first in left for second in right]:
                    if pair not in pairs:
                        pairs[pair] = array("I", (at,))
                    elif pairs[pair][-1] != at:
                        pairs[pair].append(at)

    def _row(self, text: str) -> list[tuple[int, ...]]:
        """The terms of each word that has any. Words with what stands around them come again as often as words do."""
        pieces = text.split()
        parts = list(map(self._pieces.get, pieces))
        if None in parts:
            for piece in pieces:
                if piece not in self._pieces:
                    self._pieces[piece] = tuple(filter(None, map(self._terms, _RAW.findall(piece))))
            parts = list(map(self._pieces.get, pieces))
        return list(chain.from_iterable(filter(None, parts)))

    def _terms(self, token: str) -> tuple[int, ...]:
        found = self._tokens.get(token)
        if found is None:
            keys = self.keys_of(token)
            keys += [key[:-1] for key in keys if HOUSE.fullmatch(key) and not key.isdigit()]  # 17a is at number 17
            found = self._tokens[token] = tuple(self._term(key) for key in keys if key not in STOPS)
        return found

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
            if HOUSE.fullmatch(key):
                self._houses.add(at)
        return at

    def join(self, share: Share) -> None:
        """Take in what another process found; its documents keep their numbers."""
        self.lexicon.learn(share.known)
        at = [self._term(key) for key in share.keys]
        for term, docs in zip(at, _rows(share.posts), strict=True):
            self.posts[term].extend(docs)
        for pair, docs in zip(share.pairs, _rows(share.pair_posts), strict=True):
            here = at[pair >> 32] << 32 | at[pair & 0xFFFFFFFF]
            self.pairs.setdefault(here, array("I")).extend(docs)
        self.numbers += share.numbers
        for name, values in share.facets.items():
            for value, docs in values.items():
                self.facets.setdefault(name, {}).setdefault(value, array("I")).extend(docs)
        for dataset, label in share.labels.items():
            self.labels[dataset] = min(label, self.labels.get(dataset, label))
        self.counts |= share.counts
        self.lemmas |= share.lemmas

    def order(self) -> tuple[list[int], array[int]]:
        """(documents in index order, place of each document): by state, dataset, address."""
        order = sorted(range(len(self.places)), key=self.places.__getitem__)
        rank = array("I", bytes(4 * len(order)))
        for place, doc in enumerate(order):
            rank[doc] = place
        return order, rank


def scan(docs: Iterable[Doc], lexicon: Lexicon, jobs: int) -> Scan:
    """Every document taken in, by so many processes: each reads them all and takes its share."""
    shares = made([partial(_share, docs, lexicon, at, jobs) for at in range(jobs)], jobs) if jobs > 1 else []
    if not shares:
        return _taken(docs, Scan(lexicon))
    found = Scan(lexicon)
    found.places = [(0, "", "")] * sum(len(share.places) for share in shares)
    found.cards = [b""] * len(found.places)
    for at, share in enumerate(shares):
        found.places[at::jobs], found.cards[at::jobs] = share.places, share.cards
        found.join(share)
    return found


def _taken(docs: Iterable[Doc], found: Scan) -> Scan:
    for doc in docs:
        found.add(doc)
    return found


def _share(docs: Iterable[Doc], lexicon: Lexicon, first: int, step: int) -> Share:
    found = _taken(islice(docs, first, None, step), Scan(lexicon, first, step))
    return Share(
        list(found.keys),
        _flat(found.posts),
        array("Q", found.pairs),
        _flat(found.pairs.values()),
        found.numbers,
        found.facets,
        found.labels,
        found.counts,
        found.lemmas,
        found.cards,
        found.places,
        lexicon.learnt(),
    )


def _flat(rows: Collection[array[int]]) -> tuple[array[int], array[int]]:
    docs = array("I")
    for row in rows:
        docs.extend(row)
    return array("I", map(len, rows)), docs


def _rows(flat: tuple[array[int], array[int]]) -> Iterator[array[int]]:
    lengths, docs = flat
    start = 0
    for length in lengths:
        yield docs[start : start + length]
        start += length


def _unsaid(doc: Doc) -> Iterator[tuple[str, int]]:
    """Labels of filters that no field says: a district, for one, is also something to type."""
    said = "\0".join([text for text, _ in doc.fields])
    for name, values in doc.facets.items():
        if name != DATASET_FACET:
            for value in values:
                if value not in said:
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
