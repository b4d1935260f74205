"""Everyday words → office words: "nie mam na leki" finds the pharmacy that gives medicines away.

The file is reviewed by people (`site/synonyms.yml`: "everyday phrase | another": [office phrase, …]); here it is only
checked and turned into what the engine compares.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Mapping, Sequence

from spojnik.search.stops import ASKS, STOPS
from spojnik.search.text import fold, words

DATASET = "@"  # before a meaning that is a whole dataset: "salka na próby" asks for venues first
VAGUE = "~"  # before a phrase that counts only where a query says nothing else: "nie daję rady"


class SynonymError(ValueError):
    """A mistake in the synonym file; the message is Polish and names the entry."""


def compiled(
    synonyms: Mapping[str, Sequence[str]], keys_of: Callable[[str], Sequence[str]], indexed: Collection[str]
) -> list[tuple[str, list[str]]]:
    """What the index carries: (pattern, meanings), both as words with alternatives ("leki|lek").

    A word of a pattern that ends in * matches any word that starts so; VAGUE stands before a vague pattern. keys_of
    gives the lemma keys of a word as written. A meaning of which a word is in no document is left out, a pattern
    without meanings too. SynonymError (Polish) where an entry is no list of phrases.
    """
    rows: dict[str, list[str]] = {}
    for phrases, meant in synonyms.items():
        if not isinstance(phrases, str) or not isinstance(meant, list | tuple):
            raise SynonymError(f"Wpis „{phrases}” ma mieć listę zwrotów, na przykład: [apteka darów].")
        meanings = [meaning for text in meant if (meaning := _meaning(str(text), keys_of, indexed))]
        for phrase in phrases.split("|") if meanings else ():
            pattern = " ".join(_pattern_word(word, keys_of) for word in phrase.split() if words(fold(word)))
            if pattern:
                pattern = VAGUE * phrase.strip().startswith(VAGUE) + pattern
                rows[pattern] = list(dict.fromkeys([*rows.get(pattern, ()), *meanings]))
    return sorted(rows.items())


def shared_out(rows: Sequence[tuple[str, list[str]]], starts: Sequence[str]) -> list[str]:
    """For each shard of terms (its first key in starts) the rows that a word of that shard calls for, gathered.

    So a query reads the few that may concern its words, from files that it needs anyway, and they may be many. A row
    goes by one of its words: one that is more than asking, in as few shards as can be, and those not yet full.
    """
    shards: list[list[tuple[str, list[str]]]] = [[] for _ in starts]
    for row in rows:
        pattern = row[0].removeprefix(VAGUE)
        choices = [(_rank(word), _shards(word, starts)) for word in pattern.split(" ")]
        costs = [(rank, len(homes), sum(len(shards[at]) for at in homes)) for rank, homes in choices]
        for at in choices[costs.index(min(costs))][1]:
            shards[at].append(row)
    return ["\n".join(gathered(shard)) for shard in shards]


def _shards(word: str, starts: Sequence[str]) -> set[int]:
    """Where a word of a pattern is looked for: as it stands, at its lemmas, at all that begins so."""
    begun = word.removesuffix("*")
    if begun != word:
        return set(range(_home(begun, starts), _home(f"{begun}\uffff", starts) + 1))
    return {_home(key, starts) for key in word.split("|")}


def _rank(word: str) -> int:
    keys = set(word.removesuffix("*").split("|"))
    return 2 if keys & STOPS else 1 if keys & ASKS else 0


def _home(key: str, starts: Sequence[str]) -> int:
    return max(0, bisect_right(starts, key) - 1)


def gathered(rows: Sequence[tuple[str, list[str]]]) -> list[str]:
    """The rows as the index keeps them, a third shorter: patterns that mean the same, then what they mean, ":" between
    the two and "," between those of a kind."""
    patterns: dict[str, list[str]] = {}
    for pattern, meanings in rows:
        patterns.setdefault(",".join(meanings), []).append(pattern)
    return [f"{','.join(each)}:{meanings}" for meanings, each in patterns.items()]


def scattered(text: str) -> dict[str, list[str]]:
    """What was gathered and joined: pattern → meanings. `2-index.js` does the same."""
    halves = (row.split(":") for row in text.split("\n") if row)
    return {pattern: meanings.split(",") for patterns, meanings in halves for pattern in patterns.split(",")}


def _pattern_word(word: str, keys_of: Callable[[str], Sequence[str]]) -> str:
    folded = "".join(words(fold(word)))
    if word.endswith("*"):
        return folded + "*"
    return "|".join(dict.fromkeys((folded, *keys_of(word))))


def _meaning(text: str, keys_of: Callable[[str], Sequence[str]], indexed: Collection[str]) -> str:
    if text.startswith(DATASET):
        return text
    parts = []
    for word in text.split():
        if fold(word) in STOPS or not words(fold(word)):
            continue
        keys = [key for key in dict.fromkeys((*keys_of(word), fold(word))) if key in indexed]
        if not keys:
            return ""
        parts.append("|".join(keys))
    return " ".join(parts)
