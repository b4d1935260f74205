"""Base forms and inflected forms of Polish words.

Morfeusz 2 with the SGJP dictionary (both BSD-2-Clause, so forms may be shipped in the index) rather than a lemma list:
it knows every reading of a form ("stowarzyszeń" is not only the verb) and makes all forms of a lemma. Its wheels do
not exist for Linux on ARM: there the index is made without it, words match by prefix, family and likeness only, and
the log says so.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from importlib.metadata import PackageNotFoundError, distribution
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from spojnik.search.text import fold, words

_VERBAL = ("ger", "ppas", "pact", "pcon", "pant", "fin", "praet", "impt", "inf", "imps", "bedzie")
_SKIPPED = (":neg", ":sup")
# What Polish makes words of one family with; "ludowy" is looked for wherever "lud" is indexed.
_FORMATIVES = (
    "a y i ny owy ski ki cki czny ość ność owość arz arka arski iarz ista ysta zysta izm ka ik nik niczy nictwo stwo"
    " yczny iczny acja acyjny alny ia anie enie ienie ać ić ować iec owiec ek iusz iat yjny czy ator ony iony any"
    " ent ant um nia arnia tować sja syjny atyczny ata ealny iarka iarski iarstwo ca czość czyni"
).split()
_DOINGS = ("nie", "cie")  # how nouns end that name what a verb does
_CACHE = "slowa.json"


class Lexicon:
    """Lemmas of tokens and forms of lemmas, remembered between builds in `cache`.

    A lemma is written as the dictionary has it; "starszy<stary" is a comparative that lives as a word of its own,
    because "osoby starsze" are not "stare osoby" to anybody who searches.
    """

    def __init__(self, cache: Path | None) -> None:
        self._kept_for = [dictionary(), *_FORMATIVES]
        self._cache = cache
        self._lemmas: dict[str, str] = {}
        self._forms: dict[str, str] = {}
        self._relatives: dict[str, str] = {}
        self._verbs: dict[str, str] = {}
        self._fresh = False
        self._load()
        self._loaded = len(self._lemmas)

    @cached_property
    def _engine(self) -> Any:
        """The dictionary, once somebody asks for what is not remembered: to start it takes a tenth of a second."""
        return _engine()

    def lemmas(self, token: str) -> list[str]:
        """Dictionary lemmas of one token as it stands in a text; empty for a word that the dictionary lacks."""
        known = self._lemmas.get(token)
        if known is None:
            known = self._lemmas[token] = " ".join(self._readings(token)) if self._engine else ""
            self._fresh = True
        return known.split()

    def forms(self, lemma: str) -> list[str]:
        """All folded forms of a lemma given by `lemmas`, sorted, the folded lemma included."""
        known = self._forms.get(lemma)
        if known is None:
            known = self._forms[lemma] = " ".join(sorted(self._generated(lemma)))
            self._fresh = True
        return known.split()

    def relatives(self, base: str) -> list[str]:
        """Words of the dictionary that a formative makes from the beginning of another: "histor" → "historyczny", …"""
        known = self._relatives.get(base)
        if known is None:
            made = [base + ending for ending in _FORMATIVES] if self._engine else []
            known = " ".join(word for word in made if word in self._common(word))
            self._relatives[base] = known
            self._fresh = True
        return known.split()

    def verb(self, noun: str) -> str:
        """The verb of which a noun like "szkolenie" names the doing; "" where there is none."""
        if not noun.endswith(_DOINGS):
            return ""
        known = self._verbs.get(noun)
        if known is None:
            said = self._engine.analyse(noun) if self._engine else []
            rows = [row[2] for row in said if row[2][2].startswith("ger:sg:nom")]
            known = self._verbs[noun] = rows[0][1].partition(":")[0] if rows else ""
            self._fresh = True
        return known

    def learnt(self) -> dict[str, str]:
        """Tokens whose lemmas were not known when the lexicon was opened, for a lexicon in another process."""
        return dict(islice(self._lemmas.items(), self._loaded, None))

    def learn(self, known: Mapping[str, str]) -> None:
        """Take in what another one learnt."""
        self._lemmas.update(known)
        self._fresh = self._fresh or bool(known)

    def save(self) -> None:
        """Keep what was learnt for the next build; without the dictionary nothing was."""
        if self._cache is None or not self._fresh or self._engine is None:
            return
        self._cache.mkdir(parents=True, exist_ok=True)
        body = {
            "version": self._kept_for,
            "lemmas": self._lemmas,
            "forms": self._forms,
            "relatives": self._relatives,
            "verbs": self._verbs,
        }
        target = self._cache / _CACHE
        partial = target.with_suffix(".new")
        partial.write_bytes(orjson.dumps(body))
        partial.replace(target)
        self._fresh = False

    def _load(self) -> None:
        if self._cache is None:
            return
        try:
            body = orjson.loads((self._cache / _CACHE).read_bytes())
            if body["version"] == self._kept_for:
                kept = body["lemmas"], body["forms"], body["relatives"], body["verbs"]
                self._lemmas, self._forms, self._relatives, self._verbs = kept
        except (OSError, ValueError, KeyError, TypeError):
            logging.getLogger(__name__).debug("no lexicon kept from an earlier build")

    def _readings(self, token: str) -> list[str]:
        for spelling in dict.fromkeys((token, token.lower(), token.capitalize())):
            rows = self._rows(spelling)
            if rows:
                return self._choose(rows, token[0].isupper())
        return self._half(token)

    def _common(self, word: str) -> list[str]:
        """Lemmas of a word in small letters, not looked for as a name: most words that are only tried do not exist."""
        rows = self._rows(word)
        return self._choose(rows, False) if rows else []

    def _rows(self, spelling: str) -> list[Any]:
        rows = [row[2] for row in self._engine.analyse(spelling) if row[0] == 0]
        return [row for row in rows if row[2] not in ("ign", "brev:pun", "brev:npun") and row[2][:4] != "aglt"]

    def _half(self, token: str) -> list[str]:
        """The adjective in "turystyczno-sportowy": the dictionary knows its first half with the hyphen only."""
        rows = self._engine.analyse(f"{token.lower()}-") if token[-1:] == "o" else []
        return list(dict.fromkeys(row[2][1].partition(":")[0] for row in rows if row[2][2] == "adja"))

    def _choose(self, rows: list[Any], capital: bool) -> list[str]:
        common = [row for row in rows if not set(row[3]) - {"nazwa_pospolita"}]
        named = [row for row in rows if "nazwisko" not in row[3] and row not in common]
        kept = [row for row in common if not row[2].startswith(_VERBAL)] or common
        kept = [*kept, *named] if capital or not kept else kept  # "Lwów" is a city and "of lions"
        kept = kept or rows
        found = {self._lemma(row[1], row[2]): row[2] for row in kept}
        adjectives = {lemma.partition("<")[0][:-1] for lemma, tag in found.items() if tag.startswith("adj")}
        twins = {lemma for lemma, tag in found.items() if tag.startswith("subst") and lemma[:-1] in adjectives}
        return [lemma for lemma in found if lemma not in twins][:4]

    def _lemma(self, lemma: str, tag: str) -> str:
        base = lemma.partition(":")[0]
        if tag.startswith("adj") and tag.endswith(":com"):
            made = [row[0] for row in self._engine.generate(base) if row[2].startswith("adj:sg:nom.voc:m")]
            degrees = [row for row in made if row.endswith("szy")]
            if degrees:
                return f"{degrees[0]}<{base}"
        return base

    def _generated(self, lemma: str) -> set[str]:
        word, _, base = lemma.partition("<")
        rows = self._engine.generate(word) if self._engine else []
        rows = [row for row in rows if not row[2].startswith("brev")]  # "os." is no form of "osoba"
        forms = {fold(row[0]) for row in rows if not any(mark in row[2] for mark in (*_SKIPPED, ":com"))}
        if base:
            forms |= {fold(row[0]) for row in self._engine.generate(base) if row[2].endswith(":com")}
        return {form for form in forms if words(form) == [form]} | {fold(word)}


@lru_cache(maxsize=50_000)
def key_of(lemma: str) -> str:
    """The folded key under which a dictionary lemma is indexed; "" where it is not one word."""
    key = fold(lemma.partition("<")[0])
    return key if words(key) == [key] else ""


def forms_by_key(lexicon: Lexicon, lemmas: Iterable[str]) -> dict[str, list[str]]:
    """Folded key → its folded forms in order, the key itself left out."""
    forms: dict[str, list[str]] = {}
    for lemma in sorted(set(lemmas)):
        key = key_of(lemma)
        if key:
            made = [form for form in lexicon.forms(lemma) if form != key]
            forms[key] = sorted({*forms[key], *made}) if key in forms else made
    return forms


def dictionary() -> str:
    """Which dictionary is here, without starting it: a digest of the files of its package; "" where there is none."""
    try:
        package = distribution("morfeusz2")
    except PackageNotFoundError:
        return ""
    files = package.read_text("RECORD") or ""
    return f"{package.version} {hashlib.sha256(files.encode()).hexdigest()}"


def _engine() -> Any:
    try:
        import morfeusz2  # type: ignore[import-untyped,unused-ignore]
    except ImportError:
        logging.getLogger(__name__).warning("Indeks wyszukiwarki powstaje bez odmiany słów: brak pakietu morfeusz2.")
        return None
    return morfeusz2.Morfeusz(generate=True)


def notice() -> str:
    """The copyright notice of the dictionary whose forms the index contains (BSD-2 asks for it); "" without one."""
    engine = _engine()
    return str(engine.dict_copyright()).strip() + "\n" if engine else ""
