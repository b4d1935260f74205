"""Organisations that we already have, by number and by name, so that a first live run doubles nobody."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from rapidfuzz import fuzz

from spojnik.contacts import krs as canonical_krs
from spojnik.store import iter_jsonl, load_yaml

ALIKE = 88
STRANGE = 60
_GENERIC = re.compile(
    r"\b(stowarzyszeni\w+|fundacj\w+|zwiazek|zwiazku|towarzystw\w+|organizacj\w+|pozytku|publicznego|w|we|krakow\w*|im|imienia|oraz|i|na"
    r"|rzecz|dla|z|siedziba|oddzial)\b"
)


class Known(NamedTuple):
    """krs, nip: number → key of the record. doubtful: numbers that no page of the organisation confirms.

    names: key → the names it goes by. numbers: key → its KRS number. seeds: numbers worth asking about.
    """

    krs: Mapping[str, str] = {}
    nip: Mapping[str, str] = {}
    doubtful: frozenset[str] = frozenset()
    names: Mapping[str, tuple[str, ...]] = {}
    numbers: Mapping[str, str] = {}
    seeds: tuple[str, ...] = ()

    def namesake(self, name: str) -> str:
        """Key of a record without a certain KRS number that goes by this very name, or ""."""
        wanted = plain_name(name)
        return next(
            (
                key
                for key, names in self.names.items()
                if wanted and self._unsure(key) and any(plain_name(mine) == wanted for mine in names)
            ),
            "",
        )

    def _unsure(self, key: str) -> bool:
        return key not in self.numbers or self.numbers[key] in self.doubtful

    def by_letters(self, name: str) -> str:
        """Key of the record whose name has the same letters, whatever their case and the marks between, or ""."""
        wanted = same_letters(name)
        return next((key for key, names in self.names.items() if wanted and wanted in map(same_letters, names)), "")

    def spelling(self, key: str, name: str) -> str:
        """The register's upper case in the spelling that we have, when the letters are the same."""
        wanted = same_letters(name)
        return next(
            (mine for mine in self.names.get(key, ()) if mine != mine.upper() and same_letters(mine) == wanted), name
        )


def same_letters(name: str) -> str:
    """What is left of a name without case, spaces and marks: equal for two spellings of one name."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def plain_name(name: str) -> str:
    """A name without case, diacritics, marks and the words that every organisation has."""
    folded = unicodedata.normalize("NFKD", name.casefold().replace("ł", "l"))
    letters = re.sub(r"[^a-z0-9 ]", " ", "".join(c for c in folded if not unicodedata.combining(c)))
    return " ".join(_GENERIC.sub(" ", letters).split()) or " ".join(letters.split())


def alike(name: str, others: tuple[str, ...]) -> int:
    """How much a name resembles the nearest of others, 0–100. A shared single word of many is not enough."""
    wanted = plain_name(name)
    scores = [
        max(fuzz.token_sort_ratio(wanted, mine), fuzz.token_set_ratio(wanted, mine) if _enough(wanted, mine) else 0)
        for mine in map(plain_name, others)
        if mine
    ]
    return round(max(scores, default=0))


def _enough(one: str, other: str) -> bool:
    shared = set(one.split()) & set(other.split())
    return len(shared) >= 2 or any(len(word) >= 7 for word in shared)


def known_organisations(datasets: Path) -> Known:
    """Read the numbers and names of `datasets/organisations`; an empty Known where there is no such folder."""
    folder = datasets / "organisations"
    same = (load_yaml(folder / "same.yml").data or {}) if (folder / "same.yml").exists() else {}
    krs: dict[str, str] = {}
    nip: dict[str, str] = {}
    sure: set[str] = set()
    names: dict[str, list[str]] = {}
    for key, values, doubt in _rows(folder):
        key = _settled(key, same)
        if number := values.get("krs"):
            krs.setdefault(str(number), key)
            sure.update(() if doubt else (str(number),))
        if tax := values.get("nip"):
            nip.setdefault(str(tax), key)
        names.setdefault(key, []).extend(str(values[name]) for name in ("name", "short_name") if values.get(name))
    return Known(
        krs,
        nip,
        frozenset(krs) - sure,
        {key: tuple(dict.fromkeys(said)) for key, said in names.items()},
        {key: number for number, key in krs.items()},
        tuple(sorted({*krs, *_seeds(folder / "seeds.csv")})),
    )


def _rows(folder: Path) -> Iterator[tuple[str, Mapping[str, Any], str]]:
    for path in sorted((folder / "observed").glob("*.jsonl")):
        for located in iter_jsonl(path):
            row = located.data
            if isinstance(row, dict) and isinstance(row.get("values"), dict):
                yield str(row.get("key", "")), row["values"], str(row.get("doubt", ""))
    for path in sorted((folder / "manual").glob("*/*.yml")):
        row = load_yaml(path).data
        if isinstance(row, dict) and isinstance(row.get("values"), dict):
            yield str(row.get("key", "")), row["values"], ""


def _settled(key: str, same: Mapping[str, Any]) -> str:
    for _ in range(10):
        joined = same.get(key)
        if not isinstance(joined, Mapping) or not joined.get("key"):
            break
        key = str(joined["key"])
    return key


def _seeds(path: Path) -> Iterator[str]:
    if path.exists():
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                yield canonical_krs(row["krs"])
