"""Words of the index: shards of lemmas with their forms and postings, and the postings that lie apart."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import chain
from math import log2
from operator import itemgetter

from spojnik.search.forks import done
from spojnik.search.lexicon import Lexicon, forms_by_key, key_of
from spojnik.search.roots import Roots
from spojnik.search.scan import Scan
from spojnik.search.text import fold
from spojnik.search.wire import ALIAS, LEMMA, Term, pack_steps, postings

_SHARD = 8_000  # bytes of postings and keys before gzip
_FAR = 3_000  # postings longer than this live in a file of their own
_END = chr(0x10FFFF)  # comes after every word
_FAMILIES = 2_500  # roots whose unused words are indexed too


def relatives(found: Scan, lexicon: Lexicon) -> set[str]:
    """Words that no record uses, of the families of the most frequent ones: people may well type them."""
    roots = Roots()
    bases: dict[str, int] = {}
    for lemma in found.lemmas:
        key, word = key_of(lemma), lemma.partition("<")[0].lower()
        if key in found.keys and rooted(key) and len(word) == len(key):
            base = word[: len(roots.stems(key)[0])]
            bases[base] = max(bases.get(base, 0), len(found.posts[found.keys[key]]))
    frequent = sorted(bases, key=lambda base: (-bases[base], base))[:_FAMILIES]
    return {
        word
        for base in frequent
        for spelling in dict.fromkeys((base, base[:-1] + fold(base[-1])))  # "szkoł" in "szkoła", "szkol" in "szkolny"
        for word in lexicon.relatives(spelling)
        if key_of(word) not in found.keys and rooted(key_of(word))
    }


def rooted(key: str) -> bool:
    """Whether a word has any root, without finding out which (spojnik.search.roots): letters have, numbers have not."""
    return key.isascii() and key.isalpha()


def spread_terms(
    found: Scan, rank: Sequence[int], lexicon: Lexicon, jobs: int
) -> tuple[list[str], list[list[Term]], list[bytes]]:
    """(first key of each shard, its terms, postings that lie apart)."""
    forms = forms_by_key(lexicon, found.lemmas)
    _verbs_into_nouns(found, lexicon, forms)
    ordered = sorted({*found.keys, *forms})
    entries: dict[str, Term] = {}
    far: list[bytes] = []
    total = len(found.places)
    shares = done([partial(_bodies, found, rank, ordered[at::jobs]) for at in range(jobs)], jobs)
    for at, key in enumerate(ordered):
        body, apart = shares[at % jobs][at // jobs]
        uses = len(found.posts[found.keys[key]]) if key in found.keys else 0
        place = -1
        if apart:
            far.append(apart)
            place = len(far) - 1
        weight = min(255, round(14 * log2(1 + total / uses))) if uses else 0
        entries[key] = Term(key, LEMMA, (), weight, (), uses, body, place)
    starts = _starts(ordered, entries)
    return starts, _shards(entries, forms, starts), far


def _verbs_into_nouns(found: Scan, lexicon: Lexicon, forms: dict[str, list[str]]) -> None:
    """Forms of a verb that no record uses become forms of its noun: "szkolimy" finds "szkolenie".

    But for those that another word has already: "szkół" is of schools, though folded it also bids somebody to train.
    """
    made: dict[str, set[str]] = {}
    for lemma in sorted(found.lemmas):
        noun, verb = key_of(lemma), lexicon.verb(lemma)
        key = key_of(verb)
        if key and noun in found.keys and key not in found.keys:
            forms.pop(key, None)
            made.setdefault(noun, set()).update((key, *lexicon.forms(verb)))
    spoken = set().union(*made.values())
    taken = spoken & forms.keys() | spoken.intersection(chain.from_iterable(forms.values()))
    for noun, said in made.items():
        forms[noun] = sorted({*forms[noun], *(said - taken)})


def _bodies(found: Scan, rank: Sequence[int], keys: Sequence[str]) -> list[tuple[bytes, bytes]]:
    """For each key (postings in a shard, postings in a file of their own), one of them empty."""
    made = []
    for key in keys:
        posts = found.posts[found.keys[key]] if key in found.keys else ()
        body = postings(sorted([rank[post >> 3] << 3 | post & 7 for post in posts]))
        made.append((b"", pack_steps(body)) if len(body) > _FAR else (body, b""))
    return made


def _shards(entries: dict[str, Term], forms: Mapping[str, Sequence[str]], starts: Sequence[str]) -> list[list[Term]]:
    """The terms of each shard in key order: a form that falls into another shard than its lemma is an alias there."""
    aliases: dict[str, set[str]] = {}
    for key, made in forms.items():
        shard = bisect_right(starts, key)
        shape, others = _shape(key, made, starts[shard - 1], starts[shard] if shard < len(starts) else _END)
        for form in others:
            aliases.setdefault(form, set()).add(key)
        entries[key] = entries[key]._replace(shape=shape)
    rows: list[list[Term]] = [[] for _ in starts]
    named = [Term(form, ALIAS, tuple(sorted(targets))) for form, targets in aliases.items()]
    for term in sorted([*entries.values(), *named], key=itemgetter(0, 1)):  # by key and kind
        rows[max(0, bisect_right(starts, term.key) - 1)].append(term)
    return rows


def _shape(key: str, forms: Sequence[str], first: str, end: str) -> tuple[tuple[tuple[int, str], ...], list[str]]:
    """(letters cut from the key and the ending, for each form in the shard from `first` to before `end`, the others).

    Stems are tried from the whole key down: forms differ in their last letters.
    """
    beginning, stems = key[:3], [key[:length] for length in range(len(key), 2, -1)]
    shape, others = [], []
    for form in forms:
        if form[:3] != beginning or not first <= form < end:
            others.append(form)
            continue
        for cut, stem in enumerate(stems):
            if form.startswith(stem):
                shape.append((cut, form[len(stem) :]))
                break
    return tuple(shape), others


def _starts(ordered: Sequence[str], entries: Mapping[str, Term]) -> list[str]:
    starts, size = [""], 0
    for key in ordered:
        cost = len(entries[key].docs) + 9
        if size and size + cost > _SHARD:
            starts.append(key)
            size = 0
        size += cost
    return starts
