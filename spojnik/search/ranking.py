"""Slots → scores: which documents have enough of what was asked for, and how well. Whole numbers only."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from spojnik.search.reader import Index
from spojnik.search.synonyms import DATASET
from spojnik.search.wire import IMPACTS, Term

_WORTH = (24, 22, 20, 18, 13, 10)  # of each state, in 16ths: what can be used comes first
_WHOLE = 5  # worth of a phrase that is there in all its words, in 4ths of their mean: "urząd pracy" before "praca"
_STEPS = (70, 25)  # share of the query's weight that is enough where nothing has it all, in hundredths
_FEW = 3  # whole answers from which on nothing less is shown
_WORTHY = 3  # beside whole answers, only what has a third of the best score; alone, half of that a word
_LOOSE = 16  # in a sentence, what has a part of its point
SAID, PLAIN, GUESSED = 24, 16, 8  # of the words of a sentence, in 16ths: explained by a synonym, used, only guessed
NUMBER_WORTH = 255  # of an identifier: nothing tells more

Word = tuple[tuple[Term, int], ...]


class Slot(NamedTuple):
    """One thing that was asked for. choices: (phrase, weight); idf: how telling; key: its lemma, for pairs, or "".

    beside: where the slot is that this one only narrows: the number of a house the name before it (−1), the kind of a
    place the name after it (1). worth: of the slot's scores and idf, in 16ths. vague: counts only alone.
    wanted: datasets that come first, as synonyms name them.
    """

    choices: tuple[tuple[tuple[Word, ...], int], ...]
    idf: int
    key: str = ""
    numbers: frozenset[int] = frozenset()
    beside: int = 0
    worth: int = PLAIN
    vague: bool = False
    wanted: frozenset[str] = frozenset()


def scores(index: Index, slots: list[Slot], asked: set[str]) -> dict[int, int]:
    """Document → score, of the documents that have enough of the query. asked: all its words."""
    parts = _narrowed(index, slots, [_slot_scores(index, slot) for slot in slots])
    parts = _uncounted(index, parts, asked)
    kept = [at for at, part in enumerate(parts) if part]
    telling = [at for at in kept if len(parts[at]) * 4 <= index.total or index.total < 40] or kept
    sums = _summed(parts, dict.fromkeys(kept))
    weights = _summed(parts, {at: slots[at].idf for at in kept})
    needed = _summed(parts, {at: slots[at].idf for at in telling})
    _add_pairs(index, [slots[at] for at in kept], sums)
    whole = sum(slots[at].idf for at in telling)
    everything = sum(slots[at].idf for at in kept)
    favoured = _favoured(index, slots, asked)
    found = {}
    enough = _enough(needed, whole, 1 if len(telling) < 4 else _FEW)
    point = _to_the_point([parts[at] for at in telling if slots[at].worth == SAID])
    enough += sorted(point.difference(enough))
    for doc in enough:
        share = weights[doc] * 1024 // everything
        found[doc] = (sums[doc] * share * share >> 20) * _WORTH[index.state(doc)] >> 4
        if index.dataset(doc) in favoured:
            found[doc] *= 2
    full = {doc for doc in found if needed[doc] == whole}
    best, worth = max(found.values(), default=0), _LOOSE if point else _WORTHY if full else 2 * len(telling)
    return {doc: score for doc, score in found.items() if doc in full or score * worth >= best}


def _favoured(index: Index, slots: list[Slot], asked: set[str]) -> set[int]:
    """Datasets that a query asks for: counts by "how many", others by what synonyms say of its words."""
    wanted = {name for slot in slots for name in slot.wanted}
    named = {at for at, (name, _) in enumerate(index.meta["datasets"]) if DATASET + name in wanted}
    return named if asked.isdisjoint(index.meta["how_many"]) else named.union(index.meta["counts"])


def _to_the_point(said: list[dict[int, int]]) -> set[int]:
    """Documents that have all that synonyms explain, for the rest of a sentence may be what nobody wrote down; where
    these are few, they have it all by chance, and others have some."""
    docs = [set(part) for part in said]
    every = set.intersection(*docs) if docs else set()
    return every if len(every) > _FEW else set().union(*docs)


def _summed(parts: list[dict[int, int]], worth: Mapping[int, int | None]) -> dict[int, int]:
    """Document → what the parts that it is in are worth together: so much each, or its scores in them."""
    sums: dict[int, int] = {}
    for at, each in worth.items():
        for doc, score in parts[at].items():
            sums[doc] = sums.get(doc, 0) + (score if each is None else each)
    return sums


def _enough(needed: Mapping[int, int], whole: int, fewest: int) -> list[int]:
    """Documents that have all that tells; where they are few, also those that have most of it, or some."""
    full = [doc for doc, weight in needed.items() if weight == whole]
    if len(full) >= _FEW:
        return full
    for share in _STEPS:
        enough = [doc for doc, weight in needed.items() if weight * 100 >= whole * share]
        if full or len(enough) >= fewest:
            break
    return enough


def _uncounted(index: Index, parts: list[dict[int, int]], asked: set[str]) -> list[dict[int, int]]:
    """Without counts of people or things where somebody asks for who or where, and there is anything else."""
    counts = set(index.meta["counts"])
    if not counts or asked.isdisjoint(index.meta["where"]) or not asked.isdisjoint(index.meta["how_many"]):
        return parts
    others = [{doc: score for doc, score in part.items() if index.dataset(doc) not in counts} for part in parts]
    return others if any(others) else parts


def _narrowed(index: Index, slots: list[Slot], parts: list[dict[int, int]]) -> list[dict[int, int]]:
    """Names with what stands beside them, if they are anywhere together; what stands beside asks for nothing alone."""
    for at, slot in enumerate(slots):
        if slot.beside:
            name = at + slot.beside
            while slots[name].beside == slot.beside:
                name += slot.beside
            left, right = slots[at - 1].key, slot.key
            near = index.pair(left, right) if slot.beside < 0 and left and right else []
            both = parts[name].keys() & parts[at].keys()
            both = both.intersection(near) or both
            if both:
                parts[name] = {doc: parts[name][doc] + parts[at][doc] for doc in both}
            parts[at] = {}
    return parts


def _slot_scores(index: Index, slot: Slot) -> dict[int, int]:
    best = dict.fromkeys(slot.numbers, NUMBER_WORTH * IMPACTS[-1])
    for phrase, weight in slot.choices:
        for doc, score in _phrase_scores(index, phrase).items():
            best[doc] = max(best.get(doc, 0), (score * weight >> 6) * slot.worth >> 4)
    return best


def _phrase_scores(index: Index, phrase: tuple[Word, ...]) -> dict[int, int]:
    found: dict[int, int] | None = None
    for word in phrase:
        scores: dict[int, int] = {}
        for term, weight in word:
            for doc, impact in index.docs(term):
                scores[doc] = max(scores.get(doc, 0), term.weight * IMPACTS[impact] * weight >> 6)
        found = scores if found is None else {doc: found[doc] + scores[doc] for doc in found if doc in scores}
    worth = _WHOLE if len(phrase) > 1 else 4
    return {doc: score * worth // (4 * len(phrase)) for doc, score in found.items()} if found else {}


def _add_pairs(index: Index, slots: list[Slot], sums: dict[int, int]) -> None:
    """Words that stand side by side in the query and in a title count more."""
    for left, right in pairwise(slots):
        for doc in index.pair(left.key, right.key) if left.key and right.key else ():
            if doc in sums:
                sums[doc] += (left.idf + right.idf) * 6
