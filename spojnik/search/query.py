"""The engine: typed words → one Answer. Whole numbers only, so that the browser counts exactly the same.

A query becomes slots, one for each word that means something; a slot is a choice of phrases, a phrase a list of words
that must all be there, a word a choice of lemmas. Documents need all slots first; where none has them all, the least
telling words may be missing, step by step.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from spojnik.search.doc import STATES, Answer, Hit
from spojnik.search.match import EXACT, Match, match, meant
from spojnik.search.ranking import NUMBER_WORTH, Slot, Word, scores
from spojnik.search.reader import Index
from spojnik.search.scan import DATASET_FACET
from spojnik.search.text import HOUSE, digits, fold, number_runs, words

_KIN = 3  # a single word that records use is explained by words of its own beginning only: "Romowie" by "romski"
_SYNONYM = 52  # weight of an office word for an everyday word, in 64ths
_LABELS = frozenset(("krs", "nip", "regon", "tel", "telefon", "numer", "nr", "phone"))


def search(
    read: Callable[[str], bytes], typed: str, limit: int = 10, picked: Mapping[str, tuple[str, ...]] | None = None
) -> Answer:
    """The best `limit` documents for the typed words, from the index files behind `read`.

    picked: facet name → labels of which a document must have one. IndexMissing (Polish) where a file is not there or
    broken.
    """
    index = Index(read)
    slots, ignored, corrected = _understood(index, typed)
    found = scores(index, slots, set(words(fold(typed))))
    kept, facets = _faceted(index, found, picked or {})
    best = sorted(kept, key=lambda doc: (-found[doc], doc))[:limit]
    hits = []
    for doc in best:
        address, title, line = index.card(doc)
        dataset = index.meta["datasets"][index.dataset(doc)][0]
        hits.append(Hit(address, dataset, title, line, STATES[index.state(doc)], found[doc]))
    return Answer(len(kept), tuple(hits), ignored, corrected, facets)


def _understood(index: Index, query: str) -> tuple[list[Slot], tuple[str, ...], tuple[tuple[str, str], ...]]:
    folded = fold(query)
    slots, ignored, corrected = [], [], []
    found, folded = _identifiers(index, folded)
    slots += found
    typed = words(folded)
    if found:
        typed = [word for word in typed if word not in _LABELS]
    silent = {*index.meta["stops"], *index.meta["asks"]}
    if all(word in silent for word in typed):
        silent = set(index.meta["stops"])
    matches = [None if word in silent else match(index, word) for word in typed]
    beside = _beside(index, typed, matches)
    sayings = index.sayings(_keys(typed, matches))
    at = 0
    while at < len(typed):
        taken, meanings = _synonym(sayings, typed, matches, at) if at not in beside else (1, [])
        first = matches[at]
        if taken == 1 and first and first.known:
            meanings = [meaning for meaning in meanings if meaning[:_KIN] == typed[at][:_KIN]]
        here = [(word, found) for word, found in zip(typed[at : at + taken], matches[at : at + taken], strict=True)]
        own = [found for _, found in here if found and found.terms]
        if meanings and len(own) < sum(found is not None for _, found in here):
            own = []  # "dom starców" where nobody writes "starzec": any house would do
        corrected += [(word, found.corrected) for word, found in here if found and found.corrected]
        if own or meanings:
            slots.append(_slot(index, own, meanings, len(here))._replace(beside=beside.get(at, 0)))
        else:
            ignored += [word for word, _ in here if word not in index.meta["stops"]]
        at += taken
    return slots, tuple(dict.fromkeys(ignored)), tuple(corrected)


def _beside(index: Index, typed: list[str], matches: list[Match | None]) -> dict[int, int]:
    """Places of words that only narrow a name: −1 for the number of a house, 1 for the kind of a place.

    A name is looked for as it stands, without its family: "os. Szkolne" is no school. matches are changed so.
    """
    beside: dict[int, int] = {}
    said = {at: found for at, found in enumerate(matches) if found}
    for at, word in enumerate(typed):
        after = next((other for other in said if other > at and said[other].terms), 0)
        short = index.meta["places"].get(word)
        if short is not None and after:
            _name(matches, after)
            matches[at] = match(index, short) if short and at in said else None
            beside[at] = 1
        elif _numbers(index, typed, at) and at - 1 in said and (at - 1 in beside or said[at - 1].terms):
            beside[at] = -1
            _name(matches, at - 1)
    return beside


def _name(matches: list[Match | None], at: int) -> None:
    found = matches[at]
    if found and found.exact and found.known:
        matches[at] = found._replace(terms=tuple(row for row in found.terms if row[0].key in found.exact))


def _numbers(index: Index, typed: list[str], at: int) -> bool:
    if not at or not HOUSE.fullmatch(typed[at]):
        return False
    return typed[at - 1] not in index.meta["counted"] and typed[at - 1] not in index.meta["places"]


def _slot(index: Index, own: list[Match], meanings: list[str], width: int) -> Slot:
    choices = [((tuple(found.terms for found in own)), EXACT)] if own else []
    for meaning in meanings:
        choices.append((tuple(meant(index, word.split("|")) for word in meaning.split(" ")), _SYNONYM))
    idf = max(1, *(_telling(phrase, width) for phrase, _ in choices))
    return Slot(tuple(choices), idf, own[0].exact[0] if width == 1 and own and own[0].exact else "")


def _telling(phrase: tuple[Word, ...], width: int) -> int:
    """How much a phrase tells: of a meaning longer than what was typed, as much as so many of its words."""
    weights = [term.weight for word in phrase for term, _ in word[:1]]
    return sum(weights) * min(width, len(phrase)) // len(phrase)


def _identifiers(index: Index, folded: str) -> tuple[list[Slot], str]:
    """Numbers that are somebody's identifier, and the query without them."""
    slots = []
    labelled = not _LABELS.isdisjoint(words(folded))
    for run in number_runs(folded):
        kept = digits(run)
        if len(kept) < (4 if labelled else 5) or not kept.strip("0"):
            continue
        rows = list(index.identifiers(kept.lstrip("0")))
        docs = {doc for bare, _, found in rows if bare == kept.lstrip("0") for doc in found}
        docs = docs or {doc for bare, zeros, found in rows if ("0" * zeros + bare).startswith(kept) for doc in found}
        if docs:
            slots.append(Slot((), NUMBER_WORTH, "", frozenset(docs)))
            folded = folded.replace(run, " ", 1)
    return slots, folded


def _keys(typed: list[str], matches: list[Match | None]) -> set[str]:
    """Words that say something, as typed and as lemmas: what any synonym of the query must have one of."""
    return {key for word, found in zip(typed, matches, strict=True) if found for key in (word, *found.exact)}


def _synonym(
    sayings: list[tuple[str, list[str]]], typed: list[str], matches: list[Match | None], at: int
) -> tuple[int, list[str]]:
    """How many words from here make up the longest everyday phrase, and its meanings; (1, []) where none does."""
    best: tuple[int, list[str]] = (1, [])
    for pattern, meanings in sayings:
        parts = pattern.split(" ")
        if len(parts) < best[0] or (len(parts) == best[0] and best[1]) or at + len(parts) > len(typed):
            continue
        if not any(matches[at : at + len(parts)]):
            continue  # words that only ask: "święty Antoni" is not about holidays
        if all(_is(parts[i], typed[at + i], matches[at + i]) for i in range(len(parts))):
            best = (len(parts), meanings)
    return best


def _is(part: str, word: str, found: Match | None) -> bool:
    if part.endswith("*"):
        return word.startswith(part[:-1]) and not (found and found.terms and not found.corrected)
    choices = part.split("|")
    return word in choices or bool(found and not set(found.exact).isdisjoint(choices))


def _faceted(
    index: Index, scores: Mapping[int, int], picked: Mapping[str, tuple[str, ...]]
) -> tuple[list[int], dict[str, tuple[tuple[str, int], ...]]]:
    """Documents that pass the picked facets, and counts; a facet's own choice does not narrow its own counts."""
    values = {DATASET_FACET: _datasets(index, scores), **index.facets()}
    outside: dict[str, set[int]] = {}
    for name, labels in picked.items():
        chosen = {doc for label, docs in values.get(name, []) if label in labels for doc in docs}
        outside[name] = set(scores) - chosen
    facets = {}
    for name, rows in values.items():
        barred = set().union(*(docs for other, docs in outside.items() if other != name))
        kept = set(scores) - barred
        facets[name] = tuple((label, len(kept & docs)) for label, docs in rows)
    barred = set().union(*outside.values())
    return [doc for doc in scores if doc not in barred], facets


def _datasets(index: Index, docs: Mapping[int, int]) -> list[tuple[str, frozenset[int]]]:
    places: dict[int, set[int]] = {}
    for doc in docs:
        places.setdefault(index.dataset(doc), set()).add(doc)
    return [(label, frozenset(places.get(at, ()))) for at, (_, label) in enumerate(index.meta["datasets"])]
