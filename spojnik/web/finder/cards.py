"""A record as a card: how to reach it, when, on what terms, and what nobody knows about it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from spojnik import addresses, hours, words
from spojnik.catalog import Dataset
from spojnik.contacts import dial
from spojnik.origin import Merged
from spojnik.ranks import title_of
from spojnik.schema import Field, fields
from spojnik.web.finder.tree import HOME, Roles, Said
from spojnik.web.pages import Press
from spojnik.web.rows import state
from spojnik.web.shown import fact, told
from spojnik.web.views import Fact, Shown, State

ONE_SMS, TWO_SMS = 160, 306  # letters of the GSM alphabet: one message, or two joined (GSM 03.40)
WEEK = ("poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela")


class Day(NamedTuple):
    """One line of a week table: "czwartek 24 grudnia", "nieczynne", and the name of the holiday."""

    label: str
    text: str
    holiday: str


class Card(NamedTuple):
    """One place. hours: the raw value for the browser, "" when unknown; said: conditions as (text, unconfirmed);
    unknown: conditions that nobody knows, as things to ask; sms: the card in one or two text messages."""

    key: str
    title: str
    href: str
    record_href: str
    kind: str
    who: str
    provider: str
    phones: tuple[Shown, ...]
    phone_doubt: str
    place: str
    sheltered: bool
    remote: bool
    hours: str
    hours_words: str
    hours_doubt: str
    holidays_said: bool
    week: tuple[Day, ...]
    said: tuple[tuple[str, bool], ...]
    unknown: tuple[str, ...]
    state: State | None
    note: str
    sms: str


def card_page(dataset: Dataset, key: str) -> str:
    """Address of a place's own page in the finder, in the scope of what works offline."""
    return f"{HOME}{dataset.slug}/{key}.html"


def card(press: Press, dataset: Dataset, record: Merged, roles: Roles, asked: frozenset[str] = frozenset()) -> Card:
    """Everything a person needs of one record. asked: fields that the page already names as things to ask."""
    known = {field.name: field for field in fields(dataset.model)}

    def told(name: str) -> Fact | None:
        return _fact(press, dataset, record, known.get(name))

    def text(name: str) -> str:
        found = told(name)
        return ", ".join(part.text for part in found.values) if found else ""

    phones, open_ = told(roles.phones), str(record.values.get(roles.hours, ""))
    terms = [(each, told(each.field)) for each in roles.conditions]
    place = ", ".join(part for part in map(text, roles.place) if part)
    numbers = phones.values if phones else ()
    who = text(roles.who)
    remote = record.values.get(roles.kind) in roles.remote
    when = text(roles.hours) or text(roles.hours_text)
    return Card(
        record.key,
        title_of(dataset, record),
        press.prefix + card_page(dataset, record.key),
        addresses.record_page(dataset.slug, record.key),
        text(roles.kind),
        who[:1].upper() + who[1:],
        text(roles.provider),
        numbers,
        phones.doubt_text if phones else "",
        place,
        record.values.get(roles.sheltered) is True,
        remote,
        open_ if hours.rules(open_) else "",
        when,
        _doubt(told(roles.hours)),
        hours.speaks_of_holidays(open_),
        week(press, open_),
        tuple(line for each, found in terms if found and (line := _term(press, each, found))),
        ()
        if remote
        else tuple(press.say(each.unknown) for each, found in terms if _open(each, found) and each.field not in asked),
        state(press.world, dataset, record, press.locale),
        text(roles.note),
        sms([title_of(dataset, record), *(part.text for part in numbers[:2]), place, when], ONE_SMS),
    )


def _fact(press: Press, dataset: Dataset, record: Merged, field: Field | None) -> Fact | None:
    return fact(press.world, dataset, record, field, press.locale) if field else None


def _open(said: Said, found: Fact | None) -> bool:
    """Whether a condition is worth naming as unknown."""
    return bool(said.unknown) and (found is None or found.unknown)


def _doubt(found: Fact | None) -> str:
    return found.doubt_text if found else ""


def _term(press: Press, said: Said, found: Fact) -> tuple[str, bool] | None:
    """A condition in words; None where it is unknown or the file has no words for that value."""
    if found.unknown:
        return None
    shown = told(found.values, press.locale)
    if said.value:
        return type(shown)(f"{press.say(said.value)}: ") + shown, bool(found.doubt)
    words_ = said.when_true if shown == press.say("tak") else said.when_false
    return (press.say(words_), bool(found.doubt)) if words_ else None


def burden(record: Merged, roles: Roles) -> int:
    """How much a place asks of a person: 2 for every condition it is known to set, 1 for every one nobody knows."""
    total = 0
    for said in (each for each in roles.conditions if each.burden is not None):
        value = record.values.get(said.field)
        total += 1 if value is None else 2 if said.burden in ("any", value) else 0
    return total


def week(press: Press, value: str) -> tuple[Day, ...]:
    """The seven days from the day of the build; nothing where the hours are unknown."""
    return tuple(
        Day(
            f"{press.say(WEEK[day.on.weekday()])} {words.day(day.on.isoformat(), press.locale).rpartition(' ')[0]}",
            spans_text(press, day.spans),
            press.say(day.holiday),
        )
        for day in hours.week(value, date.fromisoformat(press.world.today)) or ()
    )


def spans_text(press: Press, spans: Sequence[hours.Span]) -> str:
    """ "8:00–12:00, 14:00–18:00", "całą dobę" or "nieczynne"."""
    if not spans:
        return press.say("nieczynne")
    if spans == (hours.Span(0, hours.DAY),):
        return press.say("całą dobę")
    return ", ".join(f"{_clock(span.start)}–{_clock(span.end)}" for span in spans)


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02d}"


def sms(parts: Sequence[str], limit: int) -> str:
    """Parts joined into a text message without Polish letters: one such letter would cut its room from 160 to 70.

    The first part is shortened when needed; later parts that do not fit are left out whole.
    """
    folded = [plain(part) for part in parts if part]
    text = folded[0][:80].rstrip() if folded else ""
    for part in folded[1:]:
        if len(text) + 2 + len(part) <= limit:
            text = f"{text}; {part}"
    return text[:limit]


def plain(text: str) -> str:
    """Polish text in the letters of the GSM alphabet."""
    swapped = text.translate(str.maketrans("łŁ–—„”«»…\u00a0", 'lL--"""". ')).replace("ʼ", "'")
    folded = unicodedata.normalize("NFKD", swapped).encode("ascii", "ignore").decode()
    return re.sub(r"\s+", " ", re.sub(r"[\[\]{}|^~\\`]", " ", folded)).strip()


def dialled(shown: Sequence[Shown]) -> str:
    """The first number that may be touched, "" when there is none."""
    return next((part.href for part in shown if part.href.startswith("tel:")), "")


def crisis_number(number: str) -> Shown:
    """A number that the law gives (112), as a thing to touch."""
    return Shown(number, f"tel:{dial(number)}")
