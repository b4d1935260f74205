"""The answer to a way through the finder: what certainly fits, what may fit, what has run out, each in its order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from spojnik.catalog import Dataset
from spojnik.origin import Merged
from spojnik.ranks import alphabetical, title_of
from spojnik.status import TONES, standing
from spojnik.web.finder.cards import Card, burden, card, card_page, dialled
from spojnik.web.finder.match import Match, matches
from spojnik.web.finder.tree import Condition, Finder, Node, Roles
from spojnik.web.pages import Press
from spojnik.web.rows import standing_records
from spojnik.web.views import Link

# How many cards a shelf has room for (fits, unknown, last), so that a page with all it loads stays under 50 kB.
ROOM, ROOM_IN_SECTION, LINKS = (7, 4, 2), (3, 2, 1), 8


class Place(NamedTuple):
    """A card with what it does not say about this way, and its twins: the same help under the same phone.

    total: how many twins there are; not all of them may stand among the links.
    """

    card: Card
    missing: tuple[str, ...]
    twins: tuple[Link, ...]
    total: int


class Shelf(NamedTuple):
    """One kind of results: the first as cards, the others (total of them) as links, fewest questions first."""

    places: tuple[Place, ...]
    others: tuple[Link, ...]
    total: int


class Result(NamedTuple):
    """All results of a way or of a section. last: the time that the source gave has passed."""

    title: str
    fits: Shelf
    unknown: Shelf
    last: Shelf


def result(
    press: Press,
    finder: Finder,
    dataset: Dataset,
    where: Sequence[Condition],
    title: str,
    room: tuple[int, int, int] = ROOM,
) -> Result:
    """Every record about which nobody says "no", sorted onto three shelves."""
    roles = finder.sets.get(dataset.id, Roles())
    shelves: dict[str, list[Match]] = {"fits": [], "unknown": [], "last": []}
    for match in matches(standing_records(press.world, dataset), where):
        now = standing(dataset, match.record, press.world.today)
        last = (now.closes or now.ends)[:10] if now else ""
        past = now is not None and (TONES.get(now.code, "past") == "past" or bool(last and last < press.world.today))
        shelves["last" if past else "unknown" if match.unknowns else "fits"].append(match)
    made = [_shelf(press, dataset, roles, found, cards) for found, cards in zip(shelves.values(), room, strict=True)]
    return Result(title, *made)


def results(press: Press, finder: Finder, node: Node) -> tuple[Result, ...]:
    """What the page of a screen without a question shows: its sections, or the results of the whole way."""
    datasets = press.world.catalog.datasets
    if not node.screen.sections:
        return (result(press, finder, datasets[node.dataset], node.where, ""),)
    return tuple(
        result(
            press,
            finder,
            datasets[section.dataset or node.dataset],
            section.where,
            press.say(section.title),
            ROOM_IN_SECTION,
        )
        for section in node.screen.sections
        if (section.dataset or node.dataset) in datasets
    )


def asked(press: Press, finder: Finder, node: Node) -> tuple[Card, ...]:
    """Whom to call when the facts hold no answer: only records with a number that may be dialled."""
    found = []
    for ask in node.ask:
        dataset = press.world.catalog.datasets.get(ask.dataset or node.dataset)
        record = press.world.record(dataset.id, ask.record) if dataset else None
        if dataset and record and not record.gone:
            made = card(press, dataset, record, finder.sets.get(dataset.id, Roles()))
            found += [made] if dialled(made.phones) else []
    return tuple(found)


def _shelf(press: Press, dataset: Dataset, roles: Roles, found: Sequence[Match], room: int) -> Shelf:
    twins: dict[tuple[object, ...], list[Match]] = {}
    for match in sorted(found, key=lambda each: _rank(press, dataset, roles, each)):
        phones = match.record.values.get(roles.phones)
        same = (str(phones), match.record.values.get(roles.kind)) if phones else (match.record.key,)
        twins.setdefault(same, []).append(match)
    groups = list(twins.values())
    places = tuple(
        Place(
            card(press, dataset, first.record, roles, first.silent),
            tuple(press.say(each) for each in first.missing),
            _links(press, dataset, others),
            len(others),
        )
        for first, *others in groups[:room]
    )
    rest = [match for group in groups[room:] for match in group]
    return Shelf(places, _links(press, dataset, rest), len(rest))


def _links(press: Press, dataset: Dataset, found: Sequence[Match]) -> tuple[Link, ...]:
    """Places as links; what has no room is behind the last one, which leads to the whole list."""
    links = [Link(title_of(dataset, each.record), press.prefix + card_page(dataset, each.record.key)) for each in found]
    if len(links) <= LINKS:
        return tuple(links)
    whole = Link(press.say("Pełna lista: {}").format(press.say(dataset.spec.title)), f"{press.prefix}{dataset.slug}/")
    return (*links[: LINKS - 1], whole)


def _rank(press: Press, dataset: Dataset, roles: Roles, match: Match) -> tuple[object, ...]:
    """Fewest open questions, then confirmed before "do potwierdzenia", then what asks least of a person."""
    record: Merged = match.record
    now = standing(dataset, record, press.world.today)
    unsure = now is not None and now.code in ("confirm", "unknown")
    reachable = bool(record.values.get(roles.phones)) and roles.phones not in record.doubts
    return (
        match.unknowns,
        unsure,
        burden(record, roles),
        not reachable,
        alphabetical(title_of(dataset, record)),
        record.key,
    )
