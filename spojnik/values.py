"""From what a person or a page writes to a canonical value: the readers that kinds are made of.

Every reader takes anything, is idempotent, and refuses with Wrong: a Polish sentence that says why and what to do.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from spojnik import words


class Wrong(ValueError):
    """A value that its kind refuses; the text is Polish: why it is wrong and what to do."""


def text_of(raw: Any, what: str) -> str:
    """Text, or a whole number as text; anything else is refused as not being `what`."""
    if isinstance(raw, bool) or not isinstance(raw, str | int):
        raise Wrong(f"to nie jest {what}. Wpisz tekst w jednej linii.")
    return str(raw)


_INVISIBLE = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x200B, 0xFEFF, 0x061C])
_BROKEN = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]+")


def clean(text: str) -> str:
    """Hostile or careless text → what a person sees: no direction marks (U+202E hides a file ending), no controls."""
    if text.isprintable() and unicodedata.is_normalized("NFC", text):  # nearly every text: nothing of the kind in it
        return text
    return _CONTROL.sub(" ", unicodedata.normalize("NFC", text.replace("\r\n", "\n").translate(_INVISIBLE)))


def tidy(raw: Any, most: int) -> bool:
    """Whether a value is one clean line already, of at most `most` characters: nearly every one that a page holds.
    Printable text has no controls, no direction marks, and no white space but the space (str.isprintable)."""
    return (
        raw.__class__ is str
        and 0 < len(raw) <= most
        and raw.isprintable()
        and "  " not in raw
        and raw[0] != " " != raw[-1]
        and unicodedata.is_normalized("NFC", raw)
    )


def line(raw: Any) -> str:
    """One line of text without invisible marks, at most 600 characters."""
    if tidy(raw, 600):
        return str(raw)
    text = " ".join(clean(text_of(raw, "tekst")).split())
    if not text:
        raise Wrong("pusta wartość. Usuń to pole albo wpisz treść; brak wpisu znaczy „nie wiemy”.")
    if len(text) > 600:
        raise Wrong(f"tekst ma {len(text)} znaków, mieści się 600. Skróć go.")
    if _BROKEN.search(text):
        raise Wrong("tekst zawiera uszkodzony znak. Wpisz go jeszcze raz.")
    return text


def prose(raw: Any) -> str:
    """Paragraphs of text without invisible marks, at most 20 000 characters."""
    if tidy(raw, 20_000):
        return str(raw)
    lines = clean(text_of(raw, "tekst")).split("\n")
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(" ".join(line.split()) for line in lines)).strip()
    if not text:
        raise Wrong("pusta wartość. Usuń to pole albo wpisz treść; brak wpisu znaczy „nie wiemy”.")
    if len(text) > 20_000:
        raise Wrong(f"tekst ma {len(text)} znaków, mieści się 20 000. Skróć go.")
    if _BROKEN.search(text):
        raise Wrong("tekst zawiera uszkodzony znak. Wpisz go jeszcze raz.")
    return text


def matching(pattern: str, why: str) -> Callable[[Any], str]:
    """A reader of one line that must match `pattern`."""
    compiled = re.compile(pattern)

    def parse(raw: Any) -> str:
        text = line(raw)
        if not compiled.fullmatch(text):
            raise Wrong(why)
        return text

    return parse


def day(raw: Any) -> str:
    """An ISO date that the calendar has."""
    return _day(raw.isoformat() if isinstance(raw, date) else line(raw))


@lru_cache(maxsize=20_000)  # a catalogue has few days: each is looked up in the calendar once
def _day(text: str) -> str:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise Wrong("data ma zły zapis. Wpisz rok-miesiąc-dzień, np. 2026-03-12.")
    return words.real_day(text, Wrong)


_YEAR_OR_MONTH = re.compile(r"(19|20)\d{2}(-(0[1-9]|1[0-2]))?")


def when(raw: Any) -> str:
    """A year, a month or a day (ISO)."""
    text = raw.isoformat() if isinstance(raw, date) else line(raw)
    return text if _YEAR_OR_MONTH.fullmatch(text) else _day(text)


def moment(raw: Any) -> str:
    """A day, with an hour where one is known (ISO, minutes)."""
    text = (raw.isoformat() if isinstance(raw, date) else line(raw)).replace(" ", "T")
    calendar_day, mark, hour = text.partition("T")
    if mark and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d(:00)?", hour):
        raise Wrong("godzina ma zły zapis. Wpisz np. 2026-03-12T15:00.")
    return day(calendar_day) + (f"T{hour[:5]}" if mark else "")


def decimal(raw: Any, least: Decimal | None, most: Decimal, digits: int) -> int | float:
    """A number with at most `digits` decimal places between `least` and `most`; Polish and English spellings."""
    if raw.__class__ is int and raw <= most and (least is None or raw >= least):
        return int(raw)
    if isinstance(raw, bool) or not isinstance(raw, int | float | str | Decimal):
        raise Wrong("to nie jest liczba. Wpisz same cyfry, np. 1500,50.")
    text = re.sub(r"[\s\u00a0\u202f_]", "", str(raw)).replace(",", ".").removesuffix("zł")
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise Wrong("to nie jest liczba. Wpisz same cyfry, np. 1500,50.") from None
    if not number.is_finite() or number > most or (least is not None and number < least):
        raise Wrong("liczba jest poza rozsądnym zakresem. Sprawdź, czy nie ma zbędnych zer lub znaku minus.")
    number = round(number, digits)
    return int(number) if number == number.to_integral_value() else float(number)


def between(least: int | None, most: int, digits: int = 2) -> Callable[[Any], int | float]:
    """A reader of numbers in a range."""
    low, high = (None if least is None else Decimal(least)), Decimal(most)
    return lambda raw: decimal(raw, low, high, digits)


def whole(least: int, most: int) -> Callable[[Any], int]:
    """A reader of whole numbers in a range."""

    def parse(raw: Any) -> int:
        number = decimal(raw, Decimal(least), Decimal(most), 6)
        if not isinstance(number, int):
            raise Wrong("to nie jest liczba całkowita. Wpisz same cyfry.")
        return number

    return parse


_YES_NO = {True: True, False: False, "true": True, "false": False, "tak": True, "nie": False}


def flag(raw: Any) -> bool:
    """Yes or no, in Polish or JSON."""
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, str) and raw.strip().lower() in _YES_NO:
        return _YES_NO[raw.strip().lower()]
    raise Wrong("wpisz „tak” albo „nie”; gdy nie wiadomo, usuń to pole.")


def by_year(raw: Any) -> dict[str, int | float]:
    """Year → amount, sorted by year."""
    if not isinstance(raw, Mapping) or not raw:
        raise Wrong("wpisz rok i kwotę w kolejnych liniach, np. 2026: 150000.")
    years = {str(year).strip(): decimal(amount, Decimal(0), Decimal(10**12), 2) for year, amount in raw.items()}
    if not all(re.fullmatch(r"(19|20)\d{2}", year) for year in years):
        raise Wrong("rok ma cztery cyfry, np. 2026: 150000.")
    return dict(sorted(years.items()))
