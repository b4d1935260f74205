"""`/zmiany/`: what changed, by day, and a page for each week that people can link to and read in the evening."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from spojnik import addresses, words
from spojnik.output import Output
from spojnik.ranks import title_of
from spojnik.schema import fields
from spojnik.web.pages import Press, page
from spojnik.web.record_pages import change_text
from spojnik.web.views import Link

DAYS_SHOWN = 30
Days = dict[str, list[tuple[str, str]]]


def change_pages(press: Press) -> Iterator[Output]:
    """The latest days on one page, every week on its own."""
    days = _days(press)
    weeks = sorted({_monday(day) for day in days}, reverse=True)
    home = Link(press.world.site.name, press.prefix)
    links = tuple(
        Link(_title(press, week), f"{press.prefix}zmiany/tydzien/{week}.html", len(_of(days, week))) for week in weeks
    )
    newest = sorted(days, reverse=True)[:DAYS_SHOWN]
    title = press.say("Co się zmieniło")
    context = {"days": _shown(press, days, newest), "weeks": links}
    yield page(
        press,
        "changes.html",
        "zmiany/",
        title,
        context,
        crumbs=(home,),
        feeds=((title, "application/atom+xml", "zmiany.atom"),),
    )
    for week in weeks:
        yield page(
            press,
            "changes.html",
            f"zmiany/tydzien/{week}.html",
            _title(press, week),
            {"days": _shown(press, days, _of(days, week)), "weeks": ()},
            crumbs=(home, Link(title, f"{press.prefix}zmiany/")),
        )


def _days(press: Press) -> Days:
    """Day → (what changed in words, where), in the order of datasets."""
    days: Days = {}
    for dataset in press.world.catalog:
        by_name = {field.name: field for field in fields(dataset.model)}
        for change in press.world.history[dataset.id]:
            record = press.world.record(dataset.id, change.key)
            title = title_of(dataset, record) if record else change.key
            place = press.place(addresses.record_page(dataset.slug, change.key)) if record else ""
            days.setdefault(change.on, []).append((f"{title}. {change_text(press, by_name, change)}", place))
    return days


def _monday(day: str) -> str:
    found = date.fromisoformat(day[:10])
    return (found - timedelta(days=found.weekday())).isoformat()


def _of(days: Days, week: str) -> list[str]:
    return [day for day in sorted(days) if _monday(day) == week]


def _title(press: Press, week: str) -> str:
    return press.say("Tydzień od {}").format(words.day(week, press.locale))


def _shown(press: Press, days: Days, chosen: list[str]) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    return tuple((words.day(day, press.locale), tuple(days[day])) for day in chosen)
