"""Everyday words → office words: "nie mam na leki" finds the pharmacy that gives medicines away.

The file is reviewed by people (`site/synonyms.yml`); here it is only checked and turned into what the engine compares.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

import yaml

from spojnik.search.stops import STOPS
from spojnik.search.text import fold, words


class SynonymError(ValueError):
    """A mistake in the synonym file; the message is Polish and names the entry."""


def load_synonyms(path: Path) -> dict[str, tuple[str, ...]]:
    """The reviewed file: a list of {mowia: [everyday phrases], znaczy: [office phrases]}.

    Returns everyday phrase → office phrases. SynonymError for anything else, with the number of the entry.
    """
    entries = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    if not isinstance(entries, list):
        raise SynonymError(f"{path.name}: plik ma być listą wpisów „mowia” i „znaczy”.")
    found: dict[str, tuple[str, ...]] = {}
    for at, entry in enumerate(entries, start=1):
        if not isinstance(entry, dict) or set(entry) != {"mowia", "znaczy"}:
            raise SynonymError(f"{path.name}: wpis {at} ma mieć dokładnie dwa pola: „mowia” i „znaczy”.")
        for phrase in _phrases(path, at, entry["mowia"]):
            meant = (*found.get(phrase, ()), *_phrases(path, at, entry["znaczy"]))
            found[phrase] = tuple(dict.fromkeys(meant))
    return found


def _phrases(path: Path, at: int, value: object) -> list[str]:
    if not isinstance(value, list) or not value or not all(isinstance(part, str) and part.strip() for part in value):
        raise SynonymError(f"{path.name}: wpis {at} ma mieć w każdym polu listę niepustych zwrotów.")
    return [part.strip() for part in value]


def compiled(
    synonyms: Mapping[str, Sequence[str]], keys_of: Callable[[str], Sequence[str]], indexed: Collection[str]
) -> list[tuple[str, list[str]]]:
    """What the index carries: (pattern, meanings), both as words with alternatives ("leki|lek").

    A word of a pattern that ends in * matches any word that starts so. keys_of gives the lemma keys of a word as
    written. A meaning of which a word is in no document is left out, a pattern without meanings too.
    """
    rows = []
    for phrase in sorted(synonyms, key=lambda phrase: (fold(phrase), phrase)):
        pattern = [_pattern_word(word, keys_of) for word in phrase.split() if words(fold(word))]
        meanings = [meaning for text in synonyms[phrase] if (meaning := _meaning(text, keys_of, indexed))]
        if pattern and meanings:
            rows.append((" ".join(pattern), list(dict.fromkeys(meanings))))
    return rows


def _pattern_word(word: str, keys_of: Callable[[str], Sequence[str]]) -> str:
    folded = "".join(words(fold(word)))
    if word.endswith("*"):
        return folded + "*"
    return "|".join(dict.fromkeys((folded, *keys_of(word))))


def _meaning(text: str, keys_of: Callable[[str], Sequence[str]], indexed: Collection[str]) -> str:
    parts = []
    for word in text.split():
        if fold(word) in STOPS or not words(fold(word)):
            continue
        keys = [key for key in dict.fromkeys((*keys_of(word), fold(word))) if key in indexed]
        if not keys:
            return ""
        parts.append("|".join(keys))
    return " ".join(parts)
