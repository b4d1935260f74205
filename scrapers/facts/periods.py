"""Periods of work and deadlines in Polish text."""

import datetime as dt
import re
from typing import NamedTuple

from scrapers.facts.dates import Day, find_days, find_moments
from scrapers.facts.reading import Reading

_SENTENCE_END = re.compile(
    r"(?:(?<=[^\W\d_][^\W\d_][^\W\d_])|(?<=[\d⁰¹²³⁴⁵][\d⁰¹²³⁴⁵])|(?<=[)”\"]))\.\s+(?=[A-ZŁŚŻŹĆÓ])"
    r"|(?<=r\.)\s+(?=[A-ZŁŚŻŹĆÓ])")
_TO = re.compile(
    r"^[^.;]{0,70}\bdo(?:\s+dnia)?\s*$|^[\s,.()]*(?:r\b\.{0,2}\s*)?(?:[-–—]|do\b|[,;]?\s*(?:termin|data|dzień)\s+zakończenia|a\s+kończy|a\s+zakończ"
    r"|(?:i|oraz|a)?\s*(?:najpóźniej|nie\s+później|nie\s+dłużej"
    r"|zakończy|zakończenie|kończy|trwa|trwać))[^.;]{0,60}$", re.I)
_UNTIL = re.compile(
    r"(?:\bdo|do\s+dnia|nie\s+później\s+niż(?:\s+do)?(?:\s+dnia)?|najpóźniej(?:\s+do)?(?:\s+dnia)?|zakończ\w*"
    r"|do\s+końca|nie\s+dłużej\s+niż(?:\s+do)?(?:\s+dnia)?|zakończenie:?)\s*$", re.I)
_SINCE = re.compile(
    r"(?:od|od\s+dnia|nie\s+wcześniej\s+niż(?:\s+od)?(?:\s+dnia)?|najwcześniej(?:\s+od)?(?:\s+dnia)?|począwszy\s+od"
    r"|rozpoczyna\s+się|rozpocznie\s+się|rozpoczęci\w*:?)\s*$", re.I)
_AND = re.compile(r"^[\s,]*(?:oraz|i|a\s+także)\s+(?:w\s+okresie\s+)?(?:od\s*(?:dnia\s*)?)?$", re.I)
_DAY_ONLY = re.compile(r"(?<![\d.,/])(?P<day>\d{1,2})\.?\s*(?:[-–—]|do(?:\s+dnia)?\b)\s*$", re.I)
_CLAUSE = 80


class Period(NamedTuple):
    """First and last day; either may be unknown, never both."""

    first: dt.date | None
    last: dt.date | None


def find_period(text: str) -> Reading[Period] | None:
    """The first period of a text: "od 1 września 2025 r. do 31 grudnia 2027 r.", "01 czerwca – 31 grudnia 2024 r.".

    One end is enough ("od dnia podpisania umowy do 31 grudnia 2025 r."). Months and years without days ("maj–czerwiec
    2025", "w 2024 r.") give nothing: the day would be our guess. None where the text names no day; a Reading without
    value and with a `problem` where it names an impossible one.
    """
    days = find_days(text)
    for at, reading in enumerate(days):
        if reading.value is None:
            return Reading(None, reading.text, reading.start, reading.end, reading.problem)
        before = text[max(0, reading.start - _CLAUSE):reading.start]
        if at + 1 < len(days) and _TO.match(text[reading.end:days[at + 1].start]):
            return _with_next(text, _between(text, reading, days[at + 1]), days[at + 2:])
        if reading.value.year is None:
            continue
        short = _DAY_ONLY.search(before)
        if short:
            since = Day(int(short["day"]), reading.value.month, reading.value.year)
            first = Reading(since, "", reading.start - len(before) + short.start(), reading.start)
            return _between(text, first, reading)
        if _UNTIL.search(before):
            return Reading(Period(None, reading.value.on()), reading.text, reading.start, reading.end)
        if _SINCE.search(before):
            return Reading(Period(reading.value.on(), None), reading.text, reading.start, reading.end)
        if len(days) == 1:
            day = reading.value.on()
            return Reading(Period(day, day), reading.text, reading.start, reading.end)
    return None


def _with_next(text: str, period: Reading[Period], days: list[Reading[Day]]) -> Reading[Period]:
    """The period up to the end of a second one joined to it ("… 2024 r. oraz od 1 lutego do 30 listopada 2025 r.")."""
    joined = len(days) > 1 and _AND.match(text[period.end:days[0].start]) and _TO.match(text[days[0].end:days[1].start])
    following = _between(text, days[0], days[1]) if joined else None
    if not period.value or not following or not following.value or not following.value.last:
        return period
    whole = Period(period.value.first, following.value.last)
    return Reading(whole, text[period.start:following.end].strip(), period.start, following.end)


def _between(text: str, first: Reading[Day], last: Reading[Day]) -> Reading[Period]:
    wording = text[first.start:last.end].strip()
    place = (wording, first.start, last.end)
    if first.value is None or last.value is None:
        return Reading(None, *place, first.problem or last.problem)
    try:
        years = set(re.findall(r"(?<!\d)20\d\d(?!\d)", text))  # "w 2021 roku: od 1 lutego do 31 grudnia"
        until = last.value.on(first.value.year or (int(years.pop()) if len(years) == 1 else None))
        since = first.value.on(until.year)
    except ValueError:
        return Reading(None, *place, f"„{wording}”: brakuje roku albo nie ma takiego dnia. Sprawdź okres w źródle.")
    if since > until:
        return Reading(None, *place, f"„{wording}”: początek jest po końcu. Sprawdź okres w źródle.")
    return Reading(Period(since, until), *place)


def find_deadline(text: str) -> Reading[str] | None:
    """The day (with hour where stated) until which offers are taken: `YYYY-MM-DDTHH:MM` or `YYYY-MM-DD`.

    Of "od … do …" it is the end; of several cut-off days listed one a line, the last. Only the first sentence that
    names a day counts, because the next ones name the days of opening and choice.
    """
    for sentence in _SENTENCE_END.split(text):
        moments = find_moments(sentence)
        if not moments:
            continue
        broken = next((moment for moment in moments if moment.value is None), None)
        if broken:
            return broken
        last = moments[-1]
        if "T" not in str(last.value) and len(moments) == 1 and _SINCE.search(sentence[:last.start]):
            return None
        return last
    return None
