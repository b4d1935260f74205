"""What prose may place among its paragraphs: a list of records, the pages under it, a ready piece of the site.

A mark is a paragraph of its own. It is read after the prose was cleaned, so whatever it places is made by templates
that escape every value; prose itself can place nothing else.

    [[lista: rules topic="klauzule społeczne" for_ngo=tak]]     records of a dataset with these values
    [[podstrony]]                                               the prose pages under this address
    [[wstaw: kalkulator]]                                       the template `_placed_kalkulator.html`
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from html import unescape
from typing import Any, NamedTuple

from markupsafe import Markup

from spojnik import addresses, words
from spojnik.finding import Finding, Level, Stopped
from spojnik.origin import Merged
from spojnik.schema import fields
from spojnik.web.html import render
from spojnik.web.pages import Press
from spojnik.web.rows import ordered, row, standing_records
from spojnik.web.views import Link

_MARK = re.compile(r"<p>\[\[(lista|podstrony|wstaw)(?::([^\]<]*))?\]\]</p>")
AT_MOST = 60  # records in prose; a longer list has a page of its own


class Placed(NamedTuple):
    """Where a mark stands: the site, the address of the prose, the prose pages there are, the file for messages."""

    press: Press
    address: str
    prose: Sequence[tuple[str, str, str]]
    file: str


def place(html: Markup, where: Placed) -> Markup:
    """The prose with every mark replaced. Raises Stopped for a mark that cannot be read.

    A list of a dataset or a field that this build lacks (`--only`, another catalogue) says so on the page.
    """

    def placed(found: re.Match[str]) -> str:
        kind, rest = found.group(1), unescape(found.group(2) or "").strip()
        if kind == "podstrony":
            return _pages(where)
        return _records(where, rest) if kind == "lista" else _piece(where, rest)

    return Markup(_MARK.sub(placed, html))


def _render(where: Placed, template: str, context: dict[str, Any]) -> str:
    press = where.press
    page = {"root": addresses.root_of(press.prefix + where.address), "lang": press.locale, "home": press.prefix}
    whole = {"page": page, "site": {"name": press.world.site.name}, "today": press.world.today, **context}
    return render(press.folder / "templates", press.locale, template, whole).decode()


def _pages(where: Placed) -> str:
    below = tuple(
        (Link(title, where.press.prefix + address), description)
        for address, title, description in where.prose
        if address.startswith(where.address) and address != where.address
    )
    return _render(where, "_placed_pages.html", {"pages": below})


def _piece(where: Placed, name: str) -> str:
    template = f"_placed_{name}.html"
    if not re.fullmatch(r"[a-z]+", name) or not (where.press.folder / "templates" / template).exists():
        raise _stop(where, f"nie ma kawałka „{name}”", "Popraw nazwę po „wstaw:”.")
    return _render(where, template, {})


def _records(where: Placed, asked: str) -> str:
    world, locale = where.press.world, where.press.locale
    try:
        name, *conditions = shlex.split(asked)
    except ValueError:
        raise _stop(where, f"nie rozumiem listy „{asked}”", "Wpisz zbiór, a po nim pole=wartość.") from None
    dataset = world.catalog.datasets.get(name)
    wanted = dict(condition.partition("=")[::2] for condition in conditions)
    if dataset is None or set(wanted) - {field.name for field in fields(dataset.model)}:
        return _render(where, "_placed_records.html", {"rows": (), "more": None, "absent": True})
    records = [record for record in standing_records(world, dataset) if _fits(record, wanted)]
    rows = tuple(
        (row(world, dataset, record, locale), _sources(record), _age(record, locale))
        for record in ordered(world, dataset, records)[:AT_MOST]
    )
    whole = Link(
        words.say(dataset.spec.title, locale), where.press.prefix + addresses.list_page(dataset.slug), len(records)
    )
    return _render(where, "_placed_records.html", {"rows": rows, "more": whole, "absent": False})


def _fits(record: Merged, wanted: dict[str, str]) -> bool:
    for name, text in wanted.items():
        value = record.values.get(name)
        values = value if isinstance(value, list) else [value]
        if text not in {words.plain(each) for each in values if each is not None}:
            return False
    return True


def _sources(record: Merged) -> tuple[str, ...]:
    """The pages on which a record was seen, without repeats, at most three."""
    pages = dict.fromkeys(url for claims in record.why.values() for url in claims[0].origin.urls)
    return tuple(pages)[:3]


def _age(record: Merged, locale: str) -> str:
    seen = max(claims[0].origin.seen_on for claims in record.why.values())
    dated = sorted({claims[0].origin.published for claims in record.why.values() if claims[0].origin.published})
    text = words.say("Widziane {}.", locale).format(words.when(seen, locale))
    if not dated:
        return f"{text} {words.say('Data źródła nieznana.', locale)}"
    return f"{text} {words.say('Źródło z: {}.', locale).format(words.when(dated[-1], locale))}"


def _stop(where: Placed, why: str, todo: str) -> Stopped:
    return Stopped((Finding("prose", Level.STOP, "", "", "", None, where.file, "redakcja", why, todo),))
