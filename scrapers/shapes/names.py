"""Countries by any of the names that European sources use, texts without markup, and keys made of names."""

from __future__ import annotations

import hashlib
import re
from functools import cache

from babel import Locale
from parsel import Selector

from scrapers.select import words
from spojnik.addresses import slugify

_OTHER = {
    "el": "GR",
    "uk": "GB",
    "turkey": "TR",
    "türkiye": "TR",
    "czech republic": "CZ",
    "the netherlands": "NL",
    "republic of north macedonia": "MK",
    "bosnia and herzegovina": "BA",
    "kosovo": "XK",
    "russian federation": "RU",
    "republic of moldova": "MD",
    "slovak republic": "SK",
    "great britain": "GB",
    "macedonia": "MK",
}
KRAKOW = re.compile(r"\b(?:krak[oó]w|cracow|cracovi[ae])", re.IGNORECASE)


@cache
def _countries() -> dict[str, str]:
    names = {}
    for locale in ("en", "pl"):
        for code, name in Locale(locale).territories.items():
            if len(code) == 2 and code.isalpha():
                names[name.casefold()] = code
                names[code.casefold()] = code
    return {**names, **_OTHER}


def country_code(text: str) -> str | None:
    """ "Czech Republic", "EL", "PL - Poland" → ISO 3166-1 alpha-2; None for what is not a country."""
    told = " ".join(text.split()).casefold()
    known = _countries()
    return known.get(told) or next(
        (known[part.strip()] for part in re.split(r" [-–] |[(),]", told) if part.strip() in known), None
    )


def plain(text: str | None) -> str:
    """HTML or text → text in one line."""
    if not text:
        return ""
    return (
        words(Selector(text=f"<div>{text}</div>", type="html"))
        if "<" in text or "&" in text
        else " ".join(text.split())
    )


def short(text: str, most: int = 1500) -> str:
    """At most so many characters, cut at a word, with an ellipsis that says so."""
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"


def key_of(scheme: str, *parts: str) -> str:
    """A key from a source's own identifier, or from names when it has none; long ones end in a hash."""
    slug = slugify("-".join(parts))
    if len("-".join(parts)) > 70:
        slug = f"{slug[:60].strip('-')}-{hashlib.sha256('|'.join(parts).encode()).hexdigest()[:8]}"
    return f"{scheme}-{slug}"
