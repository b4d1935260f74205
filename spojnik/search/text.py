"""Text as search compares it: folded letters, words, digits. `site/static/search.js` does the same, step by step."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# Letters that Unicode does not decompose; ł first of all ("swietlica" must find "świetlica", "lodz" "Łódź").
_LETTERS = {"ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i", "ħ": "h"}
# Cyrillic as a Polish ear writes it, so that "фундація" comes near "fundacja" even without a synonym.
_CYRILLIC = dict(
    zip(
        "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяыэёъ",
        "a,b,w,h,g,d,e,je,z,z,y,i,ji,j,k,l,m,n,o,p,r,s,t,u,f,ch,c,cz,sz,szcz,,ju,ja,y,e,jo,".split(","),
        strict=True,
    )
)
# What Unicode does decompose: said here too, because most words have no other letters and are folded in one step.
_POLISH = dict(zip("ąćęńóśźż", "acenoszz", strict=True))
_TABLE = str.maketrans({**_LETTERS, **_CYRILLIC, **_POLISH})
_MARKS = re.compile("[\u0300-\u036f]")
#: A postal code is one word; otherwise runs of letters and digits of the scripts that search knows.
WORD = re.compile("[0-9]{2}-[0-9]{3}(?![0-9])|[0-9a-z\u0370-\u1fff\u2c00-\u2dff\u3040-\ud7ff]+")
_SPELLING = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\+?[0-9](?:[ \-./()\u00a0]*[0-9])*")

#: The number of a house, with its letter.
HOUSE = re.compile("[0-9]{1,3}[a-z]?")


def fold(text: str) -> str:
    """Lower case, no diacritics, ł → l, Cyrillic in Latin letters."""
    lowered = text.lower()
    if lowered.isascii():
        return lowered
    plain = lowered.translate(_TABLE)
    if plain.isascii():
        return plain
    return _MARKS.sub("", unicodedata.normalize("NFKD", plain)).translate(_TABLE)


def words(folded: str) -> list[str]:
    """Words of a folded text in order."""
    return [word.replace("-", "") for word in WORD.findall(folded)]


def spellings(texts: Iterable[str]) -> dict[str, str]:
    """Folded word → how the texts first write it."""
    found: dict[str, str] = {}
    for text in texts:
        for spelling in _SPELLING.findall(text):
            found.setdefault(fold(spelling), spelling)
    return found


def digits(spelling: str) -> str:
    """An identifier or phone without punctuation and without the Polish prefix: "+48 12 637 07 12" → "126370712"."""
    kept = re.sub("[^0-9]", "", spelling)
    kept = kept[2:] if kept.startswith("0048") else kept
    return kept[2:] if len(kept) == 11 and kept.startswith("48") else kept


def number_runs(folded: str) -> list[str]:
    """Runs of digits with what people put between them: "krs 676-111-92-84 nip" → ["676-111-92-84"]."""
    return _NUMBER.findall(folded)
