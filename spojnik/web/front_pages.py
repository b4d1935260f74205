"""The pages people come in by: home, search, 404."""

from __future__ import annotations

from spojnik import addresses, words
from spojnik.exports import jsonld
from spojnik.output import Output
from spojnik.ranks import title_of
from spojnik.schema import fields
from spojnik.status import SOON_DAYS, days_between
from spojnik.web.pages import Press, dataset_view, page
from spojnik.web.record_pages import change_text
from spojnik.web.rows import row
from spojnik.web.views import Link, Row

RECENT_DAYS = 7
RECENT_ROWS = 12


def home_page(press: Press) -> Output:
    """One question, doors in plain words, what closes soon, what changed, and one honest line about the facts."""
    world = press.world
    views = tuple(dataset_view(press, dataset) for dataset in world.catalog if dataset.spec.landing)
    year = world.today[:4]
    successes = [
        str(run.get("last_success") or "")[:10]
        for runs in world.runs.values()
        for source, run in runs.items()
        if source != "desk"
    ]
    last = max(successes, default="")
    context = {
        "closing": _closing(press),
        "changed": _changed(press),
        "datasets": views,
        "counts": {
            "records": sum(world.standing[dataset.id] for dataset in world.catalog),
            "this_year": sum(world.published[dataset.id].get(year, 0) for dataset in world.catalog),
            "year": year,
            "last_collection": words.day(last, press.locale) if last else "",
        },
    }
    return page(
        press,
        "home.html",
        "",
        world.site.name,
        context,
        description=press.say(world.site.tagline),
        nodes=lambda: (jsonld.catalogue(world),),
    )


def _closing(press: Press) -> tuple[Row, ...]:
    """Records of any dataset with a deadline within two weeks, the nearest first."""
    found = []
    for dataset in press.world.catalog:
        for key in press.world.closing[dataset.id]:
            shown = row(press.world, dataset, press.world.records[dataset.id][key], press.locale)
            if shown.state and days_between(press.world.today, shown.state.closes) <= SOON_DAYS:
                found.append((shown.state.closes, shown))
    return tuple(each for _, each in sorted(found, key=lambda pair: (pair[0], pair[1].href)))


def _changed(press: Press) -> tuple[tuple[str, str, str], ...]:
    found = []
    for dataset in press.world.catalog:
        by_name = {field.name: field for field in fields(dataset.model)}
        for change in press.world.history[dataset.id]:
            record = press.world.record(dataset.id, change.key)
            if record and 0 <= days_between(change.on, press.world.today) < RECENT_DAYS:
                text = f"{title_of(dataset, record)}. {change_text(press, by_name, change)}"
                found.append((change.on, text, addresses.record_page(dataset.slug, change.key)))
    newest = sorted(found, reverse=True)[:RECENT_ROWS]
    return tuple((words.when(on, press.locale), text, href) for on, text, href in newest)


def search_page(press: Press) -> Output:
    """The page of results; without JavaScript it leads to the lists, the facets and the A–Z pages."""
    context = {
        "datasets": tuple(
            (dataset_view(press, dataset), Link("A–Z", press.prefix + addresses.az_page(dataset.slug)))
            for dataset in press.world.catalog
        )
    }
    return page(
        press,
        "search.html",
        "szukaj/",
        press.say("Szukaj"),
        context,
        robots="noindex",
        crumbs=(Link(press.world.site.name, press.prefix),),
    )


def missing_page(press: Press) -> Output:
    """404: served at any depth, so its links start at the site's root."""
    context = {"datasets": tuple(dataset_view(press, dataset) for dataset in press.world.catalog)}
    return page(press, "404.html", "404.html", press.say("Nie ma takiej strony"), context, robots="noindex")
