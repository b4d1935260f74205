"""Whether a record fits what a person answered: yes, no, or "we do not know". Unknown is never "no"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Literal, NamedTuple

from spojnik import hours
from spojnik.origin import Merged
from spojnik.web.finder.tree import Condition

Verdict = Literal["yes", "no", "unknown"]
_WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
# A Monday with no public holiday in its week: what a place does in an ordinary week.
_ORDINARY = date(2026, 11, 16)


class Match(NamedTuple):
    """A record that fits or may fit. missing: what it does not say, as things to ask; silent: those fields."""

    record: Merged
    missing: tuple[str, ...]
    silent: frozenset[str]
    unknowns: int


def matches(records: Iterable[Merged], where: Sequence[Condition]) -> tuple[Match, ...]:
    """The records about which nobody says "no", in the order given."""
    found = []
    for record in records:
        verdicts = [(verdict(record, condition), condition) for condition in where]
        if all(each != "no" for each, _ in verdicts):
            open_ = [condition for each, condition in verdicts if each == "unknown"]
            asks = tuple(dict.fromkeys(condition.ask for condition in open_ if condition.ask))
            found.append(Match(record, asks, frozenset(each.field for each in open_ if each.ask), len(open_)))
    return tuple(found)


def verdict(record: Merged, condition: Condition) -> Verdict:
    """One condition on one record. A value in doubt may speak for a place, never against it."""
    if condition.either:
        return _any(_all(verdict(record, each) for each in branch) for branch in condition.either)
    value = record.values.get(condition.field)
    doubt = record.doubts.get(condition.field, "")
    if value is None or doubt == "tie":
        return "unknown"
    said = _test(value, condition)
    return "unknown" if said == "no" and doubt == "unconfirmed" else said


def _test(value: Any, condition: Condition) -> Verdict:
    if condition.opens_on or condition.always:
        return _hours(str(value), condition)
    if condition.flag is not None:
        return _sure(value is condition.flag)
    if condition.least is not None:
        return _sure(float(value) >= condition.least)
    items = set(value if isinstance(value, list) else [value])
    return _sure(bool(items & set(condition.has)) if condition.has else not items & set(condition.lacks))


def _hours(value: str, condition: Condition) -> Verdict:
    days = hours.week(value, _ORDINARY)
    if days is None:
        return "unknown"
    if condition.always:
        return _sure(all(day.spans == (hours.Span(0, hours.DAY),) for day in days))
    return _sure(bool(days[_WEEKDAYS.index(condition.opens_on)].spans))


def _sure(fits: bool) -> Verdict:
    return "yes" if fits else "no"


def _all(verdicts: Iterable[Verdict]) -> Verdict:
    found = set(verdicts)
    return "no" if "no" in found else "unknown" if "unknown" in found else "yes"


def _any(verdicts: Iterable[Verdict]) -> Verdict:
    found = set(verdicts)
    return "yes" if "yes" in found else "unknown" if "unknown" in found else "no"
