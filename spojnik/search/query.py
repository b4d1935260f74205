"""The engine: typed words → one Answer. Whole numbers only, so that the browser counts exactly the same.

A query becomes slots, one for each word that means something; a slot is a choice of phrases, a phrase a list of words
that must all be there, a word a choice of lemmas. Documents need all slots first; where none has them all, the least
telling words may be missing, step by step.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from spojnik.search.doc import STATES, Answer, Hit
from spojnik.search.match import EXACT, Match, match, meant, spoken
from spojnik.search.ranking import GUESSED, NUMBER_WORTH, PLAIN, SAID, Slot, Word, scores
from spojnik.search.reader import Index
from spojnik.search.scan import DATASET_FACET
from spojnik.search.synonyms import DATASET, VAGUE
from spojnik.search.text import HOUSE, digits, fold, number_runs, spellings, words

_KIN = 3  # a single word that records use is explained by words of its own beginning only: "Romowie" by "romski"
_SYNONYM = 52  # weight of an office word for an everyday word, in 64ths
_SENTENCE = 4  # words from which on a query may be a sentence
_ENGLISH = 2  # English words of grammar that make a query English: then nothing is guessed to be Polish
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
    said, written = spellings([typed]), spellings([text for hit in hits for text in (hit.title, hit.line)])
    ignored = [said.get(word, word) for word in ignored]
    pairs = [(said.get(word, word), written.get(meant, meant)) for word, meant in corrected]
    return Answer(len(kept), tuple(hits), tuple(dict.fromkeys(ignored)), tuple(pairs), facets)


def _understood(index: Index, query: str) -> tuple[list[Slot], list[str], list[tuple[str, str]]]:
    """(slots, words that played no part, words with what they were taken for), all folded."""
    slots, folded = _identifiers(index, fold(query))
    ignored: list[str] = []
    corrected: list[tuple[str, str]] = []
    typed = words(folded)
    if slots:
        typed = [word for word in typed if word not in _LABELS]
    matches = _matched(index, typed)
    beside = _beside(index, typed, matches)
    sayings = index.sayings(_keys(typed, matches))
    asking = _asking(index, typed)
    at = 0
    while at < len(typed):
        pattern, meanings = _synonym(sayings, typed, matches, at) if at not in beside else (typed[at], [])
        parts = pattern.removeprefix(VAGUE).split(" ")
        first, end = matches[at], at + len(parts)
        if len(parts) == 1 and first and first.known and not asking:
            meanings = [meaning for meaning in meanings if meaning[:_KIN] == typed[at][:_KIN]]
        wanted = frozenset(meaning for meaning in meanings if meaning.startswith(DATASET))
        meanings = [meaning for meaning in meanings if meaning not in wanted]
        here = list(zip(typed[at:end], matches[at:end], strict=True))
        if meanings:
            here = [(word, _explained(part, word, found)) for part, (word, found) in zip(parts, here, strict=True)]
        own = [found for _, found in here if found and found.terms]
        if meanings and len(own) < sum(found is not None for _, found in here):
            own = []  # "dom starców" where nobody writes "starzec": any house would do
        corrected += [(word, found.corrected) for word, found in here if found and found.corrected]
        if own or meanings:
            slot = _slot(index, own, meanings, len(here))
            slot = _weighed(slot, own, bool(meanings)) if asking else slot
            slots.append(slot._replace(beside=beside.get(at, 0), vague=pattern.startswith(VAGUE), wanted=wanted))
        else:
            ignored += [word for word, _ in here if word not in index.meta["stops"]]
        at = end
    return _certain(slots), ignored, corrected


def _certain(slots: list[Slot]) -> list[Slot]:
    """Without what is said vaguely, where anything is said clearly."""
    clear = [slot for slot in slots if not slot.vague]
    said = any(slot.worth > GUESSED for slot in clear) and not any(slot.beside for slot in slots)
    return clear if said else slots


def _matched(index: Index, typed: list[str]) -> list[Match | None]:
    """What each word may mean; None for words that only ask, unless there are no others."""
    stops = set(index.meta["stops"])
    silent = {*stops, *index.meta["asks"]}
    if all(word in silent for word in typed):
        silent = stops
    english = len(set(typed).intersection(index.meta["english"])) >= _ENGLISH
    matches: list[Match | None] = []
    for word in typed:
        found = None if silent.intersection((word, spoken(word))) else match(index, word)
        guessed = found and not found.exact and english
        matches.append(Match(()) if guessed else found)
    return matches


def _asking(index: Index, typed: list[str]) -> bool:
    """Whether it is a sentence rather than a phrase: long, with words that no title has ("mi", "dostałem")."""
    said = {*index.meta["stops"], *index.meta["asks"]}.difference(index.meta["joins"])
    return len(typed) >= _SENTENCE and any(word in said or spoken(word) != word for word in typed)


def _weighed(slot: Slot, own: list[Match], said: bool) -> Slot:
    """A slot of a sentence: what a reviewed synonym explains is its point, what was only guessed is hardly heard."""
    guessed = not said and not any(found.exact and not found.corrected for found in own)
    worth = SAID if said else GUESSED if guessed else PLAIN
    return slot._replace(idf=max(1, slot.idf * worth >> 4), worth=worth)


def _explained(part: str, word: str, found: Match | None) -> Match | None:
    """The match of a word in a synonym: none of its own where the synonym names it and it could only be guessed."""
    named = part.endswith("*") or word in part.split("|")
    return Match(()) if named and found and found.corrected else found


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
) -> tuple[str, list[str]]:
    """The pattern of the longest everyday phrase from here, and its meanings; the word here and [] where none is."""
    best: tuple[str, list[str]] = (typed[at], [])
    longest = 1
    for pattern, meanings in sayings:
        parts = pattern.removeprefix(VAGUE).split(" ")
        if len(parts) < longest or (len(parts) == longest and best[1]) or at + len(parts) > len(typed):
            continue
        if not any(matches[at : at + len(parts)]):
            continue  # words that only ask: "święty Antoni" is not about holidays
        if len(parts) == 1 and pattern.endswith("*") and _found(matches[at]):
            continue  # "grant*" is no reason to leave what records call so
        if all(_is(parts[i], typed[at + i], matches[at + i]) for i in range(len(parts))):
            best, longest = (pattern, meanings), len(parts)
    return best


def _found(found: Match | None) -> bool:
    return bool(found and found.terms and not found.corrected)


def _is(part: str, word: str, found: Match | None) -> bool:
    if part.endswith("*"):
        return word.startswith(part[:-1])
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
