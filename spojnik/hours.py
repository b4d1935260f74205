"""Is it open now? OpenStreetMap opening hours, the subset that people here write, over Polish public holidays.

Understood: `24/7`; months and days of the year (`Nov 01-Mar 31`), weekdays with their number in the month (`Sa[1,3]`),
`PH` (public holidays), times over midnight, `off`; rules joined by `;` (the later wins its days) and `, ` (both hold).
A value outside the subset, or one with a comment in quotes ("po umówieniu"), is unknown: people read it, nothing counts
on it. `site/static/hours.js` does the same in the browser; the tests compare both with an independent library.
Specification: https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Warsaw")
DAY = 1440
FAR_DAYS = 400
_WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_YEARLY = {
    (1, 1): "Nowy Rok",
    (1, 6): "Trzech Króli",
    (5, 1): "Święto Pracy",
    (5, 3): "Święto Konstytucji 3 Maja",
    (8, 15): "Wniebowzięcie",
    (11, 1): "Wszystkich Świętych",
    (11, 11): "Święto Niepodległości",
    (12, 25): "pierwszy dzień świąt",
    (12, 26): "drugi dzień świąt",
}
_AFTER_EASTER = {0: "Wielkanoc", 1: "Poniedziałek Wielkanocny", 49: "Zielone Świątki", 60: "Boże Ciało"}
HOLIDAYS = (*_YEARLY.values(), *_AFTER_EASTER.values(), "Wigilia")
_DAY_YEAR = r"(?:{m})(?: \d\d?)?(?:-(?:(?:{m})(?: \d\d?)?|\d\d?))?".format(m="|".join(_MONTHS))
_DAY_WEEK = r"(?:PH|(?:{d})(?:-(?:{d})|\[-?\d(?:,-?\d)*\])?)".format(d="|".join(_WEEKDAYS))
_SPAN = r"\d\d:\d\d-\d\d:\d\d"
_RULE = re.compile(
    rf"(?P<dates>{_DAY_YEAR}(?:, ?{_DAY_YEAR})*)?:? ?(?P<days>{_DAY_WEEK}(?:, ?{_DAY_WEEK})*)?"
    rf" ?(?P<spans>{_SPAN}(?:, ?{_SPAN})*|24/7)? ?(?P<word>off|closed|open)?"
)


class Span(NamedTuple):
    """Minutes of a day from midnight; an end above 1440 is in the following night."""

    start: int
    end: int


class Rule(NamedTuple):
    """One rule. dates: (month, day) pairs from–to, empty: all year. weekdays: weekday → its numbers in the month
    (empty: every one); None with `holidays` False: every day. adds: joins the rules before it instead of replacing."""

    dates: tuple[tuple[tuple[int, int], tuple[int, int]], ...]
    weekdays: tuple[tuple[int, tuple[int, ...]], ...] | None
    holidays: bool
    spans: tuple[Span, ...]
    off: bool
    adds: bool


class Weekday(NamedTuple):
    """One day of a week table: the date, the name of the public holiday ("" on other days), hours within the day."""

    on: date
    holiday: str
    spans: tuple[Span, ...]


@lru_cache(maxsize=64)
def holidays(year: int) -> dict[date, str]:
    """Days off work by the Act of 18 January 1951; Epiphany since 2011, Christmas Eve since 2025."""
    found = {date(year, month, day): name for (month, day), name in _YEARLY.items()}
    found |= {_easter(year) + timedelta(days): name for days, name in _AFTER_EASTER.items()}
    if year < 2011:
        del found[date(year, 1, 6)]
    if year >= 2025:
        found[date(year, 12, 24)] = "Wigilia"
    return found


def _easter(year: int) -> date:
    """Gregorian Easter by the Meeus–Jones–Butcher rule."""
    century, rest = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = (year % 19 + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * shift + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=4096)
def rules(value: str) -> tuple[Rule, ...] | None:
    """The rules of a value; None when any part of it is outside the subset."""
    found = []
    for part in value.strip().strip(";").split(";"):
        for place, text in enumerate(re.split(r"(?<=\d), (?=[A-Z])", part.strip())):
            rule = _rule(text, adds=place > 0)
            if rule is None:
                return None
            found.append(rule)
    return tuple(found)


def _rule(text: str, adds: bool) -> Rule | None:
    matched = _RULE.fullmatch(text.strip())
    if not text.strip() or matched is None:
        return None
    part = matched.groupdict(default="")
    spans = tuple(_span(span) for span in re.findall(_SPAN, part["spans"])) or (Span(0, DAY),)
    days = re.findall(_DAY_WEEK, part["days"])
    dates = tuple(_dates(each) for each in re.findall(_DAY_YEAR, part["dates"]))
    if any(span.start > DAY or span.end > 2 * DAY for span in spans) or None in dates:
        return None
    weekdays = tuple(pair for each in days if each != "PH" for pair in _weekdays(each))
    whole = tuple(each for each in dates if each is not None)
    return Rule(whole, weekdays if days else None, "PH" in days, spans, part["word"] in ("off", "closed"), adds)


def _span(text: str) -> Span:
    start, end = (int(clock[:2]) * 60 + int(clock[3:]) for clock in text.split("-"))
    return Span(start, end if end > start else end + DAY)


def _weekdays(text: str) -> Iterator[tuple[int, tuple[int, ...]]]:
    first, last = _WEEKDAYS.index(text[:2]), _WEEKDAYS.index(text[3:5]) if text[2:3] == "-" else None
    numbers = tuple(int(number) for number in re.findall(r"-?\d", text))
    for step in range((last - first) % 7 + 1 if last is not None else 1):
        yield (first + step) % 7, numbers


def _dates(text: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    start, _, end = text.partition("-")
    month, day = _MONTHS.index(start[:3]) + 1, int(start[4:] or 0)
    if not end:
        return (month, day or 1), (month, day or 31)
    if end.isdigit():
        return ((month, day), (month, int(end))) if day else None
    return (month, day or 1), (_MONTHS.index(end[:3]) + 1, int(end[4:] or 31))


def _holds(rule: Rule, on: date) -> bool:
    """Whether a rule speaks of a day."""
    here = (on.month, on.day)
    if rule.dates and not any(
        first <= here <= last if first <= last else here >= first or here <= last for first, last in rule.dates
    ):
        return False
    if rule.weekdays is None or (rule.holidays and on in holidays(on.year)):
        return True
    from_start, from_end = (on.day - 1) // 7 + 1, -((_length(on) - on.day) // 7 + 1)
    return any(
        weekday == on.weekday() and (not numbers or from_start in numbers or from_end in numbers)
        for weekday, numbers in rule.weekdays
    )


def _length(on: date) -> int:
    return ((on.replace(day=28) + timedelta(4)).replace(day=1) - timedelta(1)).day


def spans_of(value: str, on: date) -> tuple[Span, ...] | None:
    """When it is open within one day, sorted and joined, the rest of last night included; None when unknown."""
    known = rules(value)
    if known is None:
        return None
    open_: list[Span] = []
    for rule in known:
        today = [Span(span.start, min(span.end, DAY)) for span in rule.spans] if _holds(rule, on) else []
        night = [span for span in rule.spans if span.end > DAY] if _holds(rule, on - timedelta(1)) else []
        said = today + [Span(0, span.end - DAY) for span in night]
        if rule.off:
            open_ = [left for span in open_ for left in _without(span, said)]
        elif today and not rule.adds:
            open_ = said
        else:
            open_ += said
    return _joined(open_)


def _without(span: Span, holes: list[Span]) -> list[Span]:
    left = [span]
    for hole in holes:
        before = [Span(each.start, min(each.end, hole.start)) for each in left]
        after = [Span(max(each.start, hole.end), each.end) for each in left]
        left = [each for each in before + after if each.start < each.end]
    return left


def _joined(spans: list[Span]) -> tuple[Span, ...]:
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def is_open(value: str, moment: datetime) -> bool | None:
    """Whether it is open at a moment (aware; read on Kraków's clocks). None when the value is outside the subset."""
    wall = moment.astimezone(ZONE)
    spans = spans_of(value, wall.date())
    minute = wall.hour * 60 + wall.minute
    return None if spans is None else any(span.start <= minute < span.end for span in spans)


def next_change(value: str, moment: datetime) -> datetime | None:
    """When it next opens or closes; None when it never does within 400 days, or when the value is unknown.

    A time that the clocks skip in March is read as the first moment that exists after it.
    """
    now = is_open(value, moment)
    wall = moment.astimezone(ZONE).replace(tzinfo=None)
    if now is None:
        return None
    for days in range(FAR_DAYS):
        on = wall.date() + timedelta(days)
        for minute in sorted({0, *(edge for span in spans_of(value, on) or () for edge in span if edge < DAY)}):
            there = datetime.combine(on, time()) + timedelta(minutes=minute)
            if there > wall and any(s.start <= minute < s.end for s in spans_of(value, on) or ()) is not now:
                return _real(there, moment)
    return None


def _real(wall: datetime, after: datetime) -> datetime:
    """A time on the wall → the moment it stands for: the later 02:30 of October when the earlier one has passed."""
    found = wall.replace(tzinfo=ZONE)
    if found <= after:
        found = found.replace(fold=1)
    there = found.astimezone(ZoneInfo("UTC")).astimezone(ZONE)
    return there if there.replace(tzinfo=None) == wall else there.replace(minute=0)


def speaks_of_holidays(value: str) -> bool:
    """Whether the hours say what happens on public holidays; where they do not, people are told to call first."""
    return bool(re.search(r"\bPH\b|24/7", value))


def week(value: str, first: date) -> tuple[Weekday, ...] | None:
    """Seven days from `first`; None when the value is unknown."""
    days = [first + timedelta(step) for step in range(7)]
    if rules(value) is None:
        return None
    return tuple(Weekday(day, holidays(day.year).get(day, ""), spans_of(value, day) or ()) for day in days)
