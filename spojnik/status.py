"""Whether a record holds today: computed from its own dates, never from a frozen word.

A source's final word (cancelled, decided) wins over dates. Archival datasets show as past unless a date says
otherwise: an old offer must never look open (DESIGN: "show archival offers as open" is what we never do).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from spojnik.catalog import Dataset, Status
from spojnik.origin import Merged

SOON_DAYS = 14
LABELS = {
    "planned": "zapowiedziane",
    "open": "otwarte",
    "soon": "kończy się wkrótce",
    "closed": "zamknięte",
    "decided": "rozstrzygnięte",
    "cancelled": "odwołane",
    "current": "aktualne",
    "confirm": "do potwierdzenia",
    "archival": "archiwalne",
    "gone": "nie ma już na liście",
    "unknown": "nie wiemy, czy trwa",
}
TONES = {"open": "now", "soon": "now", "current": "plain", "planned": "plain", "confirm": "plain", "unknown": "plain"}
ORDER = (
    "soon",
    "open",
    "planned",
    "current",
    "confirm",
    "unknown",
    "decided",
    "closed",
    "archival",
    "cancelled",
    "gone",
)


class Standing(NamedTuple):
    """A record's status on a day. `when` is the ISO day that decided it, "" when none did."""

    code: str
    when: str = ""
    opens: str = ""
    closes: str = ""
    ends: str = ""


def standing(dataset: Dataset, record: Merged, today: str) -> Standing | None:
    """The status of a record on the day `today` (ISO), or None where the dataset has none and the record stands."""
    if record.gone:
        return Standing("gone", record.gone)
    rule = dataset.spec.status
    if rule is None:
        return None
    values = record.values
    opens, closes, ends = (str(values.get(name, "")) if name else "" for name in (rule.opens, rule.closes, rule.ends))
    stated = rule.final.get(str(values.get(rule.stated, "")), "") if rule.stated else ""
    code, when = (stated, "") if stated else _by_dates(rule, record, opens, closes, ends, today)
    return Standing(code, when, opens, closes, ends)


def _by_dates(rule: Status, record: Merged, opens: str, closes: str, ends: str, today: str) -> tuple[str, str]:
    last = closes or ends
    if last and _end_of(last) < today:
        return ("closed" if closes else "confirm" if rule.renew_days else "archival"), last
    if opens and opens[:10] > today:
        return "planned", opens
    if last:
        return (
            "soon" if days_between(today, _end_of(last)) <= SOON_DAYS and closes else "open" if closes else "current"
        ), last
    if rule.archival:
        return "archival", ""
    if rule.renew_days:
        renewed = max((claim.on for claims in record.why.values() for claim in claims), default="")
        dated = any(claim.origin.published for claims in record.why.values() for claim in claims)
        if not dated or days_between(_end_of(renewed), today) > rule.renew_days:
            return "confirm", renewed if dated else ""
        return "current", renewed
    return "unknown", ""


def _end_of(day: str) -> str:
    """The last day that a year, a month or a day covers: "2026" → "2026-12-31"."""
    if len(day) == 4:
        return f"{day}-12-31"
    if len(day) == 7:
        year, month = int(day[:4]), int(day[5:])
        following = date(year + month // 12, month % 12 + 1, 1)
        return (following - timedelta(days=1)).isoformat()
    return day[:10]


def days_between(earlier: str, later: str) -> int:
    """Whole days from one ISO day to another; negative when `later` is before."""
    return (date.fromisoformat(later[:10]) - date.fromisoformat(earlier[:10])).days


def next_change(today: str, standings: Mapping[str, Any]) -> tuple[str, ...]:
    """The keys whose status can differ on another day: those with any date at all."""
    return tuple(key for key, found in standings.items() if found and (found.opens or found.closes or found.ends))
