"""All pages of the finder: one a screen, one a place, the reader's own list, and the worker that keeps them offline."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import PurePosixPath
from typing import Any

from markupsafe import Markup

from spojnik.catalog import Dataset
from spojnik.output import Output
from spojnik.web.finder.cards import TWO_SMS, Card, card, card_page, crisis_number, dialled, sms
from spojnik.web.finder.match import matches
from spojnik.web.finder.results import asked, results
from spojnik.web.finder.tree import HOME, Finder, Node, Roles, answers, load_finder, nodes
from spojnik.web.html import render
from spojnik.web.pages import Press, page
from spojnik.web.rows import ordered, row, standing_records
from spojnik.web.views import Link, Related, Row, Shown

_ASSETS = (
    "static/style.css",
    "static/finder.css",
    "static/site.js",
    "static/finder.js",
    "static/finder-list.js",
    "static/hours.js",
    "static/znak.svg",
)
_LISTED = 5


def finder_of(press: Press) -> Finder | None:
    """None where the site has no finder.yml or the catalogue lacks the dataset it starts from."""
    finder = load_finder(press.folder / "finder.yml")
    return finder if finder is not None and finder.dataset in press.world.catalog.datasets else None


def screens(press: Press, finder: Finder) -> Iterator[Node]:
    """Every screen that has a page: a question or a result."""
    for node in nodes(finder):
        if node.dataset in press.world.catalog.datasets and not node.screen.goto:
            yield node


def screen_page(press: Press, finder: Finder, node: Node) -> Iterator[Output]:
    """One question or one result."""
    make = _question if node.screen.question else _result
    yield make(press, finder, node, _frame(press, finder))


def own_list_page(press: Press, finder: Finder) -> Iterator[Output]:
    """The reader's own list."""
    frame = _frame(press, finder)
    yield _page(press, "finder_list.html", f"{HOME}lista/", press.say("Moja lista"), frame, robots="noindex")


def place_pages(press: Press, finder: Finder) -> Iterator[Output]:
    """A page for every place."""
    frame = _frame(press, finder)
    for dataset in press.world.catalog:
        if dataset.id in finder.sets:
            yield from _places(press, finder, dataset, frame)


def _frame(press: Press, finder: Finder) -> dict[str, Any]:
    return {"crisis": _crisis(press, finder), "leave": finder.leave, "finder_title": press.say(finder.title)}


def _page(
    press: Press,
    template: str,
    address: str,
    title: str,
    context: Mapping[str, Any],
    way: Sequence[Link] = (),
    robots: str = "",
) -> Output:
    home = (Link(press.world.site.name, press.prefix),)
    crumbs = (*home, Link(str(context["finder_title"]), press.prefix + HOME), *way) if address != HOME else home
    return page(press, template, address, title, context, crumbs=crumbs, robots=robots)


def _crisis(press: Press, finder: Finder) -> tuple[tuple[str, Shown], ...]:
    """The numbers of every page. One that no record states, or that is in doubt, is left out."""
    found = []
    dataset = press.world.catalog.datasets[finder.dataset]
    for each in finder.crisis:
        record = press.world.record(dataset.id, each.record)
        if each.number:
            found.append((press.say(each.label), crisis_number(each.number)))
        elif record and not record.gone:
            phones = card(press, dataset, record, finder.sets.get(dataset.id, Roles())).phones
            found += [(press.say(each.label), phone) for phone in phones[:1] if phone.href]
    return tuple(found)


def _way(press: Press, finder: Finder, node: Node) -> tuple[Link, ...]:
    """The answers so far, each leading back to the question it answered."""
    steps = node.path.split("/") if node.path else []
    return tuple(
        Link(press.say(label), f"{press.prefix}{HOME}{'/'.join(steps[: place + 1])}/")
        for place, label in enumerate(node.labels[:-1])
    )


def _question(press: Press, finder: Finder, node: Node, frame: Mapping[str, Any]) -> Output:
    screen = node.screen
    targets = {each.path: each for each in nodes(finder)}
    links = []
    for path, answer in answers(finder, node):
        target = targets[answer.goto or path]
        if target.dataset in press.world.catalog.datasets:
            link = Link(press.say(answer.label), press.prefix + target.address, note=press.say(answer.hint))
            links.append((press.say(answer.group), link))
    groups = [(name, [link for _, link in several]) for name, several in groupby(links, key=lambda pair: pair[0])]
    context = {
        **frame,
        "heading": press.say(screen.title),
        "question": press.say(screen.question),
        "intro": press.say(screen.intro),
        "groups": groups,
        "answered": node.labels and press.say(node.labels[-1]),
        "lists": _lists(press, node),
    }
    title = press.say(screen.title or (finder.title if not node.path else screen.question))
    return _page(press, "finder_question.html", node.address, title, context, _way(press, finder, node))


def _lists(press: Press, node: Node) -> tuple[Related, ...]:
    """Records of other datasets that belong to this screen, as rows."""
    found = []
    for section in node.screen.lists:
        dataset = press.world.catalog.datasets.get(section.dataset)
        if dataset is None:
            continue
        fitting = [match.record for match in matches(standing_records(press.world, dataset), section.where)
                   if not match.unknowns]  # fmt: skip
        rows: list[Row] = [row(press.world, dataset, each, press.locale) for each in
                           ordered(press.world, dataset, fitting)[:_LISTED]]  # fmt: skip
        more = Link(press.say(dataset.spec.title), f"{press.prefix}{dataset.slug}/")
        if rows:
            found.append(Related(press.say(section.title), tuple(rows), more))
    return tuple(found)


def _result(press: Press, finder: Finder, node: Node, frame: Mapping[str, Any]) -> Output:
    screen, found = node.screen, results(press, finder, node)
    title = press.say(screen.title or screen.label)
    cards = [place.card for each in found for place in (*each.fits.places, *each.unknown.places)]
    help_ = asked(press, finder, node)
    context = {
        **frame,
        "intro": press.say(screen.intro),
        "advice": tuple(press.say(each) for each in screen.advice),
        "results": found,
        "nothing": not any(each.fits.places for each in found),
        "asked": help_,
        "timed": any(each.hours for each in (*cards, *help_)),
        "answered": press.say(node.labels[-1]),
        "message": _message(title, [*cards, *help_]),
    }
    return _page(press, "finder_result.html", node.address, title, context, _way(press, finder, node))


def _message(title: str, cards: Sequence[Card]) -> str:
    """A result page as a text message: names with a number to dial, as many as fit two messages."""
    reached = {each.key: each for each in cards if dialled(each.phones)}.values()
    return sms([title, *(f"{each.title[:60]} {each.phones[0].text}" for each in reached)], TWO_SMS)


def _places(press: Press, finder: Finder, dataset: Dataset, frame: Mapping[str, Any]) -> Iterator[Output]:
    for record in standing_records(press.world, dataset):
        made = card(press, dataset, record, finder.sets[dataset.id])
        address = card_page(dataset, record.key)
        known = press.world.site.base_url
        context = {
            **frame,
            "card": made,
            "code": _code(f"{known}{press.prefix}{address}" if known else made.sms),
            "code_leads": bool(known),
        }
        yield _page(press, "finder_place.html", address, made.title, context, robots="noindex")


def _code(text: str) -> Markup:
    """A QR code as a drawing without styles of its own; on paper it leads to the page, or carries the card's text.

    A fixed mask is five times as fast as trying all eight and reads as well on paper.
    """
    import segno  # the plan of a build knows this module, few processes draw with it

    drawn = io.BytesIO()
    segno.make(text, error="l", micro=False, mask=0).save(
        drawn, kind="svg", xmldecl=False, svgns=False, nl=False, border=4, omitsize=True, svgclass=None, lineclass=None
    )
    return Markup(drawn.getvalue().decode())  # drawn here from modules only: no text of ours goes into the markup


def worker(press: Press, made: Sequence[tuple[str, str]]) -> Iterator[Output]:
    """The service worker, of (name, digest) of the pages it keeps. It lies in the finder's folder because its scope is
    the folder it lies in."""
    assets = [name for name in _ASSETS if (press.folder / name).exists()]
    content = hashlib.sha256("".join(digest for _, digest in made).encode())
    for name in assets:
        content.update((press.folder / name).read_bytes())
    home = press.prefix + HOME
    pages = [name.removeprefix(home).removesuffix("index.html") for name, _ in made]
    context = {
        "version": content.hexdigest()[:16],
        "locale": press.locale,
        "assets": ["../" * home.count("/") + name for name in assets],
        "first": [address for address in pages if address.count("/") < 2 and not address.endswith(".html")],
        "pages": pages,
    }
    body = render(press.folder / "templates", press.locale, "finder_sw.js", context)
    yield Output(PurePosixPath(f"{home}sw.js"), body)
