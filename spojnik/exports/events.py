"""Records with dates as calendar events (RFC 5545): a deadline, or the days that something lasts.

Written as text, once for all the lists that a record is on. The tests read every calendar strictly with icalendar.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from spojnik import addresses
from spojnik.catalog import Dataset
from spojnik.changes import in_words
from spojnik.exports.mapped import stable_id
from spojnik.exports.table import UNSURE
from spojnik.origin import Merged
from spojnik.ranks import title_of
from spojnik.schema import fields
from spojnik.status import LABELS, standing

if TYPE_CHECKING:
    from spojnik.world import Change, World

_ZONE = ZoneInfo("Europe/Warsaw")  # hours in Polish announcements are hours in Poland
_DATED = {"day", "moment"}


def event(world: World, dataset: Dataset, record: Merged, history: Sequence[Change], changed: str) -> tuple[str, str]:
    """(day, VEVENT): the deadline of a record, or from when to when it lasts; ("", "") without a known day."""
    rule = dataset.spec.status
    if rule is None:
        return "", ""
    dated = {field.name: field for field in fields(dataset.model) if field.kind.name in _DATED}
    closes, opens, ends = (str(record.values.get(name, "")) if name in dated else ""
                           for name in (rule.closes, rule.opens, rule.ends))
    start, end = (closes, "") if closes else (opens, ends) if opens else (ends, "")
    if not start:
        return "", ""
    if end and ("T" in start) != ("T" in end):  # a day and an hour cannot be the two ends of one event
        start, end = start[:10], end[:10]
    watched = {rule.closes, rule.opens, rule.ends, rule.stated}
    name = rule.closes if closes else rule.opens if opens else rule.ends
    label = "" if opens and not closes and end else f"{dated[name].label}: "
    sequence = sum(change.field in watched for change in history)
    return start, _vevent(world, dataset, record, label, (start, end), sequence, changed, name in record.doubts
                          and record.doubts[name] in UNSURE, _description(world, dataset, record, history))


def _vevent(world: World, dataset: Dataset, record: Merged, label: str, days: tuple[str, str], sequence: int,
            changed: str, unsure: bool, text: str) -> str:
    now = standing(dataset, record, world.today)
    status = "CANCELLED" if now and now.code == "cancelled" else "TENTATIVE" if unsure else "CONFIRMED"
    stamp = changed[:10].replace("-", "") + "T000000Z"
    start, end = days
    lines = [
        "BEGIN:VEVENT",
        f"UID:{stable_id(dataset.id, record.key)}",
        f"DTSTAMP:{stamp}",
        f"LAST-MODIFIED:{stamp}",
        f"SEQUENCE:{sequence}",
        f"DTSTART{_time(start)}",
        *([f"DTEND{_time(end, whole_day_after=True)}"] if end and end >= start else []),
        f"SUMMARY:{_escaped(label + title_of(dataset, record))}",
        f"DESCRIPTION:{_escaped(text)}",
        f"STATUS:{status}",
        "TRANSP:TRANSPARENT",
        f"CATEGORIES:{_escaped(dataset.spec.title)}",
        *([f"URL:{world.site.base_url}{addresses.record_page(dataset.slug, record.key)}"]
          if world.site.base_url else []),
        "END:VEVENT",
    ]
    return "".join(_folded(line) for line in lines)


def _description(world: World, dataset: Dataset, record: Merged, history: Sequence[Change]) -> str:
    now = standing(dataset, record, world.today)
    said = [f"Stan: {LABELS[now.code]}."] if now else []
    said += [f"{change.on[:10]}: {in_words(dataset, change)}" for change in reversed(history)]
    return "\n".join(said[:12])


def _time(moment: str, whole_day_after: bool = False) -> str:
    """A date as VALUE=DATE (an end is exclusive, so a day later), a moment in UTC: no time zone tables needed."""
    if "T" in moment:
        instant = datetime.fromisoformat(moment).replace(tzinfo=_ZONE).astimezone(UTC)
        return f":{instant:%Y%m%dT%H%M%SZ}"
    day = date.fromisoformat(moment) + timedelta(days=int(whole_day_after))
    return f";VALUE=DATE:{day:%Y%m%d}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n").replace("\r", "")


def _folded(line: str) -> str:
    """Lines of at most 75 octets; a longer one goes on after CRLF and a space, never inside a letter."""
    parts, size = [""], 0
    for letter in line:
        width = len(letter.encode())
        if size + width > 74:
            parts.append("")
            size = 0
        parts[-1] += letter
        size += width
    return "\r\n ".join(parts) + "\r\n"


def calendar(title: str, events: Iterable[str]) -> str:
    """A calendar around finished events; X-WR-CALNAME is the name that calendar programs show."""
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Spójnik//otwarte dane//PL", "METHOD:PUBLISH",
            f"X-WR-CALNAME:{_escaped(title)}", "REFRESH-INTERVAL;VALUE=DURATION:P1D", "X-PUBLISHED-TTL:P1D")
    return "".join(map(_folded, head)) + "".join(events) + "END:VCALENDAR\r\n"
