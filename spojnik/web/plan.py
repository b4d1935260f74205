"""Which outputs there are, as units of work that share nothing but the world: one screen, top to bottom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

import xxhash

from spojnik.catalog import Dataset
from spojnik.exports.all import ALONE, WORK, Format
from spojnik.exports.feeds import changes_feed
from spojnik.exports.json import record_files
from spojnik.exports.table import Table, table
from spojnik.finding import Finding
from spojnik.output import Output
from spojnik.unit import Unit
from spojnik.web.az_pages import az_pages
from spojnik.web.change_pages import change_pages
from spojnik.web.conformance_page import conformance_pages
from spojnik.web.content_pages import content_pages
from spojnik.web.correct_pages import correct_index, correct_pages, form_pages
from spojnik.web.data_pages import dictionary_pages, quality_page, sources_page
from spojnik.web.edition_pages import edition_pages
from spojnik.web.finder.pages import finder_of, own_list_page, place_pages, screen_page, screens
from spojnik.web.finder.tree import Finder
from spojnik.web.front_pages import home_page, missing_page, search_page
from spojnik.web.list_pages import list_pages
from spojnik.web.numbers.pages import number_pages, numbers_of
from spojnik.web.pages import Press, presses
from spojnik.web.paper_pages import card_files, common_files, paper_page, printed_dataset
from spojnik.web.record_pages import record_pages, redirects, telling
from spojnik.web.rows import References
from spojnik.web.searching import search_files
from spojnik.web.sql_page import sql_pages
from spojnik.web.static_files import static_files
from spojnik.world import OWN_PAGES, World

# Records in a unit. A changed record makes its unit in every language; a large dataset has to be planned in less time.
_FEW, _MANY = 16, 64


def units(press: Press, joined: References, findings: Sequence[Finding]) -> list[Unit]:
    """All units but the last one (the pages about files need the files): the heaviest first."""
    world, spoken = press.world, presses(press)
    found = [Unit("search", partial(search_files, press))]
    found += [Unit(export.__module__.rpartition(".")[2], partial(export, world)) for export in ALONE]
    for dataset in world.catalog:
        runs = list(parts(list(world.records[dataset.id])))
        found += [Unit(f"{name} {dataset.id}", partial(_files, world, dataset, formats))
                  for name, formats in WORK.items()]
        found.append(Unit(f"files of records {dataset.id}", partial(_each_alone, world, dataset)))
        found += [unit for each in spoken for unit in _spoken(each, dataset, runs, joined)]
        found.append(Unit(f"forms {dataset.id}", partial(correct_pages, press, dataset)))
        if not world.large[dataset.id]:  # one form serves all records of a large dataset
            found += [Unit(f"forms {dataset.id} {part[0]}", partial(form_pages, press, dataset, part), part)
                      for part in runs]
    finder = finder_of(press)
    for each in spoken:
        found += [Unit(f"{name} {each.locale}", partial(make, each)) for name, make in _EVERY_LANGUAGE.items()]
        found.append(Unit(f"quality {each.locale}", partial(_quality, each, findings), findings))
        if finder is not None:
            found += _finder(each, finder)
    found.append(Unit("numbers", partial(number_pages, press, numbers_of(press))))
    found += [unit for each in spoken for unit in _paper(each)]
    found += [Unit(name, partial(make, press)) for name, make in _ONCE.items()]
    found.append(Unit("paper", lambda: iter([paper_page(press, spoken)])))
    found.append(Unit("static", partial(static_files, press.folder / "static")))
    return found


def _spoken(press: Press, dataset: Dataset, runs: Sequence[Sequence[str]], joined: References) -> Iterator[Unit]:
    """What a dataset shows in one language: its lists, the heavier work, and its records in runs of keys."""
    name = f"{press.prefix}{dataset.id}"
    yield Unit(f"lists {name}", partial(_lists, press, dataset))
    yield Unit(f"az {name}", partial(az_pages, press, dataset))
    for part in runs:
        yield Unit(f"records {name} {part[0]}", partial(record_pages, press, dataset, part, joined),
                   telling(press.world, dataset, part, joined))  # fmt: skip


def _finder(press: Press, finder: Finder) -> Iterator[Unit]:
    """A unit for each screen: most read few datasets. `finder <locale>` begins the name of all that works offline."""
    name = f"finder {press.locale}"
    yield Unit(f"{name} places", partial(place_pages, press, finder))
    yield Unit(f"{name} list", partial(own_list_page, press, finder))
    for node in screens(press, finder):
        yield Unit(f"{name} screen {node.path}", partial(screen_page, press, finder, node))


def _paper(press: Press) -> Iterator[Unit]:
    """What is printed in one language: what tells of all records, and their cards."""
    dataset = printed_dataset(press)
    if dataset is not None:
        yield Unit(f"paper {press.locale} common", partial(common_files, press))
        for part in parts(list(press.world.records[dataset.id])):
            yield Unit(f"paper {press.locale} cards {part[0]}", partial(card_files, press, part), part)


def parts(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    """Sorted keys in runs of about _FEW or _MANY. The keys themselves say where a run ends, so that a new one shifts no
    other run."""
    start, about = 0, _FEW if len(keys) <= OWN_PAGES else _MANY
    for at, key in enumerate(keys, 1):
        if at - start >= 3 * about or xxhash.xxh3_64_intdigest(key.encode()) % about == 0:
            yield keys[start:at]
            start = at
    if start < len(keys):
        yield keys[start:]


def _rows(world: World, dataset: Dataset) -> Table:
    return table(world, dataset, list(world.records[dataset.id].values()))


def _files(world: World, dataset: Dataset, formats: Sequence[Format]) -> Iterator[Output]:
    rows = _rows(world, dataset)
    for export in formats:
        yield from export(rows)


def _each_alone(world: World, dataset: Dataset) -> Iterator[Output | Unit]:
    return record_files(_rows(world, dataset))


def _lists(press: Press, dataset: Dataset) -> Iterator[Output | Unit]:
    yield from list_pages(press, dataset)
    yield from redirects(press, dataset)


def _front(press: Press) -> Iterator[Output]:
    yield home_page(press)
    yield search_page(press)


def _quality(press: Press, findings: Sequence[Finding]) -> Iterator[Output]:
    yield quality_page(press, findings)


# Pages that exist in every language, and those that exist once.
_EVERY_LANGUAGE: Mapping[str, Callable[[Press], Iterable[Output]]] = {
    "content": content_pages,
    "front": _front,
    "sources": lambda press: iter([sources_page(press)]),
    "dictionaries": dictionary_pages,
    "changes": change_pages,
}
_ONCE: Mapping[str, Callable[[Press], Iterable[Output]]] = {
    "missing": lambda press: iter([missing_page(press)]),
    "changes feed": lambda press: iter([changes_feed(press.world)]),
    "correct": correct_index,
    "conformance": conformance_pages,
    "editions": edition_pages,
    "sql": sql_pages,
}
