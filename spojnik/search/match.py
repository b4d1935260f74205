"""One typed word → lemmas of the index: exact form, family, the beginning of a word, a typing error.

Weights are in 64ths; a family member never outweighs the word itself. `search.js` follows the same order.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import NamedTuple

from spojnik.search.reader import Index
from spojnik.search.wire import ALIAS, LEMMA, Term

EXACT, PREFIX, NEAR, FAR, FAMILY = 64, 40, 44, 30, 16
_ERROR = 2  # how far one error takes a word: one that nobody hears takes it half so far
_MOST = 3  # corrections that one typing error may mean
_PREFIXES = 40  # lemmas that the beginning of a word may stand for


_REST = 6  # letters that a word without its prefix must have
_HEARD = 3  # letters by which two spellings of one sound may differ in a word
_SOUNDS = dict(
    pair.split(":")
    for pair in "dzc:c ch:h sz:s cz:c rz:z dz:z u:o j:i y:i om:a on:a em:e en:e w:f t:d p:b s:z k:g".split()
)
_HEARD_AS = re.compile("dzc|ch|sz|cz|rz|dz|[oe][mn](?=[^aeiouymn])|[ujywtpsk]")
_PERSON = re.compile("(.+l)(?:em|es|bym|bys)|(.+la)(?:m|s|bym|bys)|(.+l[iy])(?:smy|scie|bysmy|byscie)")
_TWICE = re.compile(r"(.)\1")


class Match(NamedTuple):
    """What a word may mean. terms: lemmas with weights; exact: keys of the lemmas that it is a form of, most frequent
    first; corrected: what a mistyped word was taken for, or ""; known: how many records use the word in any form.
    """

    terms: tuple[tuple[Term, int], ...]
    exact: tuple[str, ...] = ()
    corrected: str = ""
    known: int = 0


def match(index: Index, word: str) -> Match:
    """What one folded word may mean; no terms where nothing comes near."""
    keys = forms(index, word) or forms(index, spoken(word))
    terms = [term for key in keys if (term := index.lemma(key))]
    terms.sort(key=lambda term: (-term.uses, term.key))
    exact = tuple(term.key for term in terms)
    if terms and terms[0].uses:
        known = sum(term.uses for term in terms)
        return Match(_with_families(index, [(term, EXACT) for term in terms]), exact, "", known)
    family = _with_families(index, [(term, EXACT) for term in terms])
    begun = {term.key: (term, weight) for term, weight in (*family, *_begun(index, word)) if term.uses}
    if begun or exact:
        return Match(tuple(begun.values()), exact, "", sum(term.uses for term, _ in begun.values()))
    return _unknown(index, word)


def _unknown(index: Index, word: str) -> Match:
    """A word of no lemma: one of a family that records use, or a typing error, whichever is likelier."""
    kin = _kin(index, word)
    corrected, near = _mistyped(index, word)
    relatives = [(term, PREFIX) for term, telling in kin if telling or not near]
    if relatives and not (near and near[0][0].key in {term.key for term, _ in kin}):
        return Match(tuple(relatives), (), "", sum(term.uses for term, _ in relatives))
    if not near:
        return _prefixed(index, word)
    found = _with_families(index, near)
    return Match(found, tuple(term.key for term, _ in near), corrected, sum(term.uses for term, _ in near))


def _prefixed(index: Index, word: str) -> Match:
    """A word that nothing explains but what is left of it without its prefix."""
    for prefix in index.meta["prefixes"]:
        rest = word.removeprefix(prefix)
        if len(rest) >= _REST and rest != word:
            found = match(index, rest)
            if found.terms and (not found.corrected or _kin(index, rest)):
                return found._replace(corrected=rest)
    return Match(())


def meant(index: Index, keys: list[str]) -> tuple[tuple[Term, int], ...]:
    """Lemmas that a reviewed meaning names, with their families."""
    return _with_families(index, [(term, EXACT) for key in keys if (term := index.lemma(key))])


def forms(index: Index, word: str) -> tuple[str, ...]:
    """Keys of the lemmas of which the word is a form, sorted."""
    found: set[str] = set()
    for term in index.at(word):
        found.update(term.targets if term.kind == ALIAS else (word,) if term.kind == LEMMA else ())
    if len(word) >= 3:
        found.update(term.key for term in index.neighbours(word, word[:3]) if _makes(term, word))
    return tuple(sorted(found))


def spoken(word: str) -> str:
    """A verb without the ending of a person, which dictionaries take for a word apart: "szukałem" → "szukał"."""
    found = _PERSON.fullmatch(word)
    return next(filter(None, found.groups())) if found else word


def _makes(term: Term, word: str) -> bool:
    return any(word.endswith(end) and term.key[: len(term.key) - cut] + end == word for cut, end in term.shape)


def _spelled(term: Term) -> list[str]:
    return [term.key, *(term.key[: len(term.key) - cut] + end for cut, end in term.shape)]


def _with_families(index: Index, terms: list[tuple[Term, int]]) -> tuple[tuple[Term, int], ...]:
    found = {term.key: (term, weight) for term, weight in terms}
    for term, weight in terms:
        for other, _ in _kin(index, term.key):
            share = weight * FAMILY >> 6
            if term.weight:  # a rare relative tells no more than the word itself
                share = max(1, share * min(term.weight, other.weight) // other.weight)
            found.setdefault(other.key, (other, share))
    return tuple(found.values())


def _kin(index: Index, word: str) -> list[tuple[Term, bool]]:
    """Lemmas of one root with the word, which need not be in the index, and whether the root is a telling one."""
    roots = index.roots.of(word)
    starts = sorted({start for root in roots for start in index.roots.beginnings(root)})
    terms = {term.key: term for start in starts for term in index.range(start) if term.kind == LEMMA and term.uses}
    kin = []
    for term in terms.values():
        common = set(roots).intersection(index.roots.of(term.key))
        if common:
            kin.append((term, any(map(index.roots.telling, common))))
    return sorted(kin, key=lambda row: (-row[0].uses, row[0].key))


def _begun(index: Index, word: str) -> tuple[tuple[Term, int], ...]:
    if len(word) < 2:
        return ()
    keys = {
        term.key for term in index.neighbours(word, word[:3]) if any(form.startswith(word) for form in _spelled(term))
    }
    for term in index.range(word):
        keys.update(term.targets if term.kind == ALIAS else (term.key,))
    terms = [lemma for key in keys if (lemma := index.lemma(key)) and lemma.uses]
    terms.sort(key=lambda term: (-term.uses, term.key))
    return tuple((term, PREFIX) for term in terms[:_PREFIXES])


def _mistyped(index: Index, word: str) -> tuple[str, list[tuple[Term, int]]]:
    if len(word) < 4 or word.isdigit():
        return "", []
    best = _nearest(index, word)
    least = min((far for far, _ in best.values()), default=9)
    if least > _ERROR and (alike := _stem(index, word))[1]:
        return alike
    if not best:
        return "", []
    terms = [lemma for key, (far, _) in best.items() if far == least and (lemma := index.lemma(key))]
    terms.sort(key=lambda term: (-term.uses, term.key))
    return best[terms[0].key][1], [(term, NEAR if least <= _ERROR else FAR) for term in terms[:_MOST]]


def _nearest(index: Index, word: str) -> dict[str, tuple[int, str]]:
    """Key of a lemma → (how far its nearest form is, that form): two for each error, one less where the form sounds the
    same, so that "szahy" is "szachy" and nothing else. However it is written, what sounds the same is one away.
    """
    most = 1 if len(word) < 9 else 2
    heard = sound(word)
    spelled = [(form, term.key) for term in index.neighbours(word) for form in _spelled(term)]
    best: dict[str, tuple[int, str]] = {}
    for form, key in chain(spelled, zip(index.common, index.common, strict=True)):
        if abs(len(form) - len(word)) <= most:
            errors = distance(word, form, most)
            far = errors * _ERROR - (errors <= most and sound(form) == heard)
            if errors <= most and far < best.get(key, (9, ""))[0]:
                best[key] = (far, form)
    if min((far for far, _ in best.values()), default=9) > _ERROR:
        for form, key in chain(spelled, zip(index.common, index.common, strict=True)):
            if abs(len(form) - len(word)) <= _HEARD and sound(form) == heard:
                best[key] = (1, form)
    return best


def _stem(index: Index, word: str) -> tuple[str, list[tuple[Term, int]]]:
    """A word that no dictionary inflects: keys that differ in the last letters only."""
    for length in range(len(word) - 1, max(5, len(word) - 4) - 1, -1):
        stem = word[:length]
        alike = (term for term in index.range(stem) if term.kind == LEMMA and len(term.key) <= len(word) + 3)
        near = [(term, FAR) for term in alike if term.uses]
        if near:
            near.sort(key=lambda row: (-row[0].uses, row[0].key))
            return near[0][0].key, near[:_MOST]
    return "", []


def sound(word: str) -> str:
    """A folded word as it is heard: what Polish writes in two ways ("rz" and "ż", "ch" and "h", "ó" and "u") is one."""
    return _HEARD_AS.sub(lambda found: _SOUNDS[found[0]], _TWICE.sub(r"\1", word))


def distance(first: str, second: str, most: int) -> int:
    """Damerau's distance with adjacent swaps (optimal string alignment); anything above `most` is most + 1."""
    before: list[int] = []
    last = list(range(len(second) + 1))
    for at, left in enumerate(first, start=1):
        row = [at]
        for to, right in enumerate(second, start=1):
            cost = min(last[to] + 1, row[to - 1] + 1, last[to - 1] + (left != right))
            if at > 1 and to > 1 and left == second[to - 2] and first[at - 2] == right:
                cost = min(cost, before[to - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return min(last[-1], most + 1)
