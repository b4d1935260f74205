"""Records → what a sheet of paper says: which sheets there are and the words on each, nothing about looks.

Only what is known is printed; what is not confirmed carries a mark that the legend explains; a number on which the
sources disagree is never printed, because nobody can take a sheet back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict

from spojnik import addresses, words
from spojnik.catalog import Dataset
from spojnik.origin import Merged
from spojnik.ranks import alphabetical, title_of
from spojnik.schema import Field, fields
from spojnik.store import load_yaml
from spojnik.web.pages import Press
from spojnik.web.rows import standing_records, state
from spojnik.web.shown import shown

COLOURS = (
    ("#0b3d91", "granatowy"),
    ("#8a1c1c", "czerwony"),
    ("#1b5e20", "zielony"),
    ("#6a1b9a", "fioletowy"),
    ("#8a4b00", "brązowy"),
    ("#00606b", "morski"),
)


class Plan(BaseModel):
    """`site/print.yml`: which dataset is printed, grouped by what, with which facts."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    dataset: str
    group: str
    district: str
    facts: tuple[str, ...]
    poster_facts: tuple[str, ...]
    phone: str
    title: str
    large: str
    poster: str
    card: str
    emergency: str
    crisis: tuple[str, ...] = ()


class Sheet(NamedTuple):
    """One printed thing: the stem of its file under `druk/`, its layout and everything it says (plain JSON)."""

    stem: str
    kind: str
    title: str
    data: dict[str, Any]


def load_plan(press: Press) -> Plan | None:
    """The plan of printing; None where a site prints nothing or has no such dataset and fields to print."""
    path = press.folder / "print.yml"
    if not path.exists():
        return None
    plan = Plan.model_validate(load_yaml(path).data)
    dataset = press.world.catalog.datasets.get(plan.dataset)
    needed = {plan.group, plan.district, plan.phone, *plan.facts, *plan.poster_facts}
    known = {field.name for field in fields(dataset.model)} if dataset else set()
    return plan if needed <= known else None


def edition(press: Press) -> tuple[str, str, str]:
    """(sentence, colour, its name): a new colour each week, so that people see which booklet is the current one."""
    week = date.fromisoformat(press.world.today).isocalendar().week
    colour, name = COLOURS[week % len(COLOURS)]
    sentence = press.say("Wydanie z {}, kolor {}.").format(words.day(press.world.today, press.locale), press.say(name))
    return sentence, colour, name


def sheets(press: Press, plan: Plan) -> Iterator[Sheet]:
    """All sheets in one language: booklet, large print, a poster a district, a card a record."""
    yield from common_sheets(press, plan)
    yield from cards(press, plan, [record.key for record in _records(press, plan)])


def _records(press: Press, plan: Plan) -> list[Merged]:
    """The records that are printed, by name."""
    dataset = press.world.catalog.datasets[plan.dataset]
    return sorted(standing_records(press.world, dataset), key=lambda r: (alphabetical(title_of(dataset, r)), r.key))


def common_sheets(press: Press, plan: Plan) -> Iterator[Sheet]:
    """The sheets that tell of many records."""
    dataset, records = press.world.catalog.datasets[plan.dataset], _records(press, plan)
    by_name = {field.name: field for field in fields(dataset.model)}
    grouped = list(_grouped(press, dataset, plan, by_name, records))
    tongue = press.locale
    yield _sheet(press, plan, f"informator-{tongue}", "booklet", press.say(plan.title), grouped, "booklet")
    yield _sheet(press, plan, f"duzy-druk-{tongue}", "large", press.say(plan.large), grouped, "large")
    for district in dict.fromkeys(sorted(str(r.values[plan.district]) for r in records if plan.district in r.values)):
        brief = plan.model_copy(update={"facts": plan.poster_facts})
        there = [record for record in records if record.values.get(plan.district) == district]
        yield _sheet(
            press,
            plan,
            f"plakat-{addresses.slugify(district)}-{tongue}",
            "poster",
            f"{press.say(plan.poster)}: {district}",
            list(_grouped(press, dataset, brief, by_name, there)),
            "poster",
        )


def cards(press: Press, plan: Plan, keys: Iterable[str]) -> Iterator[Sheet]:
    """A card for each of the records named; none for one that has ended."""
    dataset, tongue = press.world.catalog.datasets[plan.dataset], press.locale
    by_name = {field.name: field for field in fields(dataset.model)}
    for record in (press.world.records[dataset.id][key] for key in keys):
        if record.gone:
            continue
        entry = _entry(press, dataset, plan, by_name, record)
        group = {"title": press.say(dataset.spec.one), "entries": [entry]}
        yield _sheet(press, plan, f"karta/{record.key}-{tongue}", "card", press.say(plan.card), [group], "card")


def _sheet(
    press: Press, plan: Plan, stem: str, layout: str, title: str, groups: list[dict[str, Any]], kind: str
) -> Sheet:
    sentence, colour, _ = edition(press)
    day = date.fromisoformat(press.world.today)
    site = press.world.site
    unsure = any(line["unsure"] for group in groups for entry in group["entries"] for line in entry["lines"])
    data = {
        "layout": layout,
        "lang": press.locale,
        "title": title,
        "site": site.name,
        "edition": f"{site.name}. {sentence}",
        "subtitle": press.say("Zadzwoń, zanim pójdziesz: godziny i zasady się zmieniają."),
        "colour": colour,
        "day": {"year": day.year, "month": day.month, "day": day.day},
        "crisis": _crisis(press, plan),
        "legend": press.say("Znak (?) znaczy: nikt nam tego nie potwierdził.") if unsure else "",
        "groups": groups,
        "words": {"phone": press.say("Telefon:"), "page": press.say("Strona")},
        "link": f"{site.base_url}druk/" if site.base_url else f"{site.name}. {sentence}",
        "qr_alt": press.say("Kod QR: {}").format(f"{site.base_url}druk/" if site.base_url else sentence),
    }
    return Sheet(stem, kind, title, data)


def _grouped(
    press: Press, dataset: Dataset, plan: Plan, by_name: dict[str, Field], records: Iterable[Merged]
) -> Iterator[dict[str, Any]]:
    """Records in the order of the schema's own list of groups: whole under their first group, by name in the others."""
    found: dict[str, list[dict[str, Any]]] = {}
    for record in records:
        entry = _entry(press, dataset, plan, by_name, record)
        first, *others = record.values.get(plan.group, ("",))
        found.setdefault(first, []).append(entry)
        for value in others:
            more = press.say("Więcej w części: {}").format(by_name[plan.group].kind.show([first], press.locale))
            found.setdefault(value, []).append({**entry, "lines": [], "state": more})
    kind = by_name[plan.group].kind
    order = [*((kind.item or kind).options or sorted(found)), *([""] if "" in found else [])]
    for value in order:
        if value in found:
            label = (kind.item or kind).show(value, press.locale) if value else press.say("Inne")
            yield {"title": label[:1].upper() + label[1:], "entries": found[value]}


def _crisis(press: Press, plan: Plan) -> list[dict[str, str]]:
    """Numbers for the worst moment: the emergency number, and records whose single number nobody doubts."""
    found = [{"label": press.say("Niebezpieczeństwo"), "number": plan.emergency}]
    dataset = press.world.catalog.datasets[plan.dataset]
    for key in plan.crisis:
        record = press.world.record(plan.dataset, key)
        if record and record.values.get(plan.phone) and plan.phone not in record.doubts:
            kind = next(field.kind for field in fields(dataset.model) if field.name == plan.phone)
            number = shown(press.world, kind, record.values[plan.phone], press.locale)[0].text
            found.append({"label": title_of(dataset, record), "number": number})
    return found


def _entry(press: Press, dataset: Dataset, plan: Plan, by_name: dict[str, Field], record: Merged) -> dict[str, Any]:
    lines = []
    for name in plan.facts:
        value = record.values.get(name)
        if value is not None:
            text = ", ".join(part.text for part in shown(press.world, by_name[name].kind, value, press.locale))
            lines.append({"label": press.say(by_name[name].label), "text": text, "unsure": name in record.doubts})
    now = state(press.world, dataset, record, press.locale)
    phones = [
        part.text
        for part in shown(press.world, by_name[plan.phone].kind, record.values.get(plan.phone), press.locale)
        if plan.phone not in record.doubts
    ]
    if record.doubts.get(plan.phone) == "tie":
        lines.append(
            {
                "label": press.say("Telefon"),
                "unsure": False,
                "text": press.say("strony podają różne numery, dlatego żadnego nie drukujemy"),
            }
        )
    return {
        "name": title_of(dataset, record),
        "phones": phones,
        "lines": lines,
        "state": f"{now.label}. {now.sentence}" if now and now.code != "current" else "",
    }
