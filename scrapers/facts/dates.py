"""Days and hours in Polish (also Ukrainian and English) text.

Own grammar, because general parsers lose "1-15 marca", accept 31.06 or take "15 września br." for nothing. Month names
come from CLDR through Babel; Roman months ("12 IX 2024") are common in older notices.
"""

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from babel import Locale

from scrapers.facts.reading import Reading

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def _month_names() -> dict[str, int]:
    names = {roman.lower(): number for number, roman in enumerate(_ROMAN, 1)}
    for language in ("pl", "uk", "en"):
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                months = Locale(language).months[context][width]
                names |= {name.rstrip(".").lower(): number for number, name in months.items()}
    names["pażdziernika"] = 10  # the commonest misspelling in the city's notices
    return names


MONTHS = _month_names()
_WORDS = "|".join(sorted((re.escape(name) for name in MONTHS if len(name) > 2), key=len, reverse=True))
_ROMANS = "|".join(sorted(_ROMAN, key=len, reverse=True))
_YEAR_END = r"(?:\s*(?:roku|rok|року|r)\b\.{0,2})?"
_DAY = re.compile(
    rf"(?<![\d.,/])(?:(?P<iso>\d{{4}}-\d{{1,2}}-\d{{1,2}})(?!\d)"
    rf"|(?P<n_day>\d{{1,2}})\s?[./-]\s?(?P<n_month>\d{{1,2}})\s?[./-]\s?(?P<n_year>\d{{4}})(?!\d)"
    rf"|(?P<w_day>\d{{1,2}})\.?\s*(?P<w_month>{_WORDS})\.?(?:\s*(?P<w_year>\d{{4}})(?!\d))?"
    rf"|(?P<r_day>\d{{1,2}})[\s.]{{1,2}}(?P<r_month>{_ROMANS})[\s.]{{1,2}}(?P<r_year>\d{{4}})(?!\d)"
    rf"|(?P<p_day>\d{{1,2}})[./](?P<p_month>\d{{1,2}})\.?(?=\s*(?:r\.)?\s*(?:do\b"
    rf"|[-–—])\s*(?:dnia\s*)?\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}})"
    rf"){_YEAR_END}",
    re.I,
)
_GAP = r"[\s,;:(–—-]*(?:(?:do|o|przed|po|najpóźniej|nie\s+później\s+niż|w\s+terminie|włącznie|\w{4,12}\))[\s,]+){0,3}"
_CLOCK = r"(?P<hour>[01]?\d|2[0-4])(?:\s?[.:,]\s?(?P<minute>[0-5]\d)|\s?(?P<raised>[⁰¹²³⁴⁵]{2}|00))?(?![\d%])"
_HOUR_AFTER = re.compile(
    rf"{_GAP}(?:(?:godz(?:iny|inie|ina)?\b\.?\s*){_CLOCK}|(?P<bare>(?:[01]?\d|2[0-4]):[0-5]\d)(?!\d))", re.I)
_HOUR_BEFORE = re.compile(rf"godz(?:iny|inie|ina)?\b\.?\s*{_CLOCK}[\s,]*(?:(?:w|z)\s+)?(?:dniu|dnia|dn\.)?\s*$", re.I)
_RAISED = str.maketrans("⁰¹²³⁴⁵", "012345")


class Day(NamedTuple):
    """A day whose year may be missing: in "01 czerwca – 31 grudnia 2024 r." the year stands once."""

    day: int
    month: int
    year: int | None

    def on(self, year: int | None = None) -> dt.date:
        """The date, in `year` where the text gives none. Raises ValueError, also where no year is known."""
        known = self.year if self.year is not None else year
        if known is None:
            raise ValueError("brak roku")
        return dt.date(known, self.month, self.day)


def find_days(text: str) -> list[Reading[Day]]:
    """Every day in the text, in order. A day that no calendar has (31.06.2024) has value None and a `problem`."""
    return list(_days(text))


def _days(text: str) -> Iterator[Reading[Day]]:
    for found in _DAY.finditer(text):
        day = _day_of(found)
        wording = found.group().strip()
        try:
            day.on(2024)
            # Years outside living memory are shop numbers and typing errors ("31.12.0204").
            if day.year is not None and not 1989 <= day.year <= 2100:
                raise ValueError
        except ValueError:
            problem = f"„{wording}”: nie ma takiego dnia w kalendarzu. Sprawdź datę w źródle."
            yield Reading(None, wording, found.start(), found.end(), problem)
            continue
        yield Reading(day, wording, found.start(), found.end())


def _day_of(found: re.Match[str]) -> Day:
    if found["iso"]:
        year, month, day = found["iso"].split("-")
        return Day(int(day), int(month), int(year))
    if found["n_day"]:
        return Day(int(found["n_day"]), int(found["n_month"]), int(found["n_year"]))
    if found["w_day"]:
        year = found["w_year"]
        return Day(int(found["w_day"]), MONTHS[found["w_month"].lower()], int(year) if year else None)
    if found["r_day"]:
        return Day(int(found["r_day"]), MONTHS[found["r_month"].lower()], int(found["r_year"]))
    return Day(int(found["p_day"]), int(found["p_month"]), None)


def find_dates(text: str) -> list[Reading[dt.date]]:
    """Every complete date in the text; days without a year are left out, impossible ones keep their `problem`."""
    return [Reading(reading.value and reading.value.on(), *reading[1:])
            for reading in find_days(text) if reading.value is None or reading.value.year is not None]


def read_date(text: str) -> dt.date:
    """The one date of a short text. Raises ValueError (Polish) where there is none, more than one, or no such day."""
    readings = find_dates(text)
    if len(readings) != 1:
        raise ValueError(f"„{text}”: tu powinna być jedna pełna data, np. 1 września 2025 r.")
    if readings[0].value is None:
        raise ValueError(readings[0].problem)
    return readings[0].value


def find_moments(text: str) -> list[Reading[str]]:
    """Every complete date with its hour where one stands beside it: `YYYY-MM-DDTHH:MM`, otherwise `YYYY-MM-DD`.

    "00:00" is a portal's way of saying that no hour is known, so it is left out. "24:00" is the end of the day: 23:59.
    """
    moments: list[Reading[str]] = []
    for reading in find_dates(text):
        if reading.value is None:
            moments.append(Reading(None, *reading[1:]))
            continue
        start, end = reading.start, reading.end
        after = _HOUR_AFTER.match(text, reading.end)
        before = _HOUR_BEFORE.search(text, max(0, reading.start - 60), reading.start)
        clock = ""
        if after:
            clock, end = _clock_of(after), after.end()
        elif before:
            clock, start = _clock_of(before), before.start()
        value = reading.value.isoformat() + (f"T{clock}" if clock else "")
        moments.append(Reading(value, text[start:end].strip(), start, end))
    return moments


def _clock_of(found: re.Match[str]) -> str:
    bare = found.groupdict().get("bare")
    if bare:
        hour, minute = bare.split(":")
    else:
        hour, minute = found["hour"], found["minute"] or (found["raised"] or "00").translate(_RAISED)
    if int(hour) == 24:
        return "23:59"
    clock = f"{int(hour):02}:{minute}"
    return "" if clock == "00:00" else clock
