"""Which outputs there are, as units of work that share nothing but the world: one screen, top to bottom."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TypeVar

from spojnik.catalog import Dataset
from spojnik.exports.all import FORMATS, whole_catalogue
from spojnik.exports.feeds import changes_feed, prepare
from spojnik.exports.table import table
from spojnik.finding import Finding
from spojnik.output import Output
from spojnik.paper.sheets import Sheet
from spojnik.unit import Unit
from spojnik.web.change_pages import change_pages
from spojnik.web.conformance_page import conformance_pages
from spojnik.web.content_pages import content_pages
from spojnik.web.correct_pages import correct_index, correct_pages, form_pages
from spojnik.web.data_pages import data_page, dictionary_pages, quality_page, sources_page
from spojnik.web.edition_pages import edition_pages
from spojnik.web.finder.pages import finder_pages
from spojnik.web.front_pages import home_page, missing_page, search_page
from spojnik.web.list_pages import az_page, groups, list_pages
from spojnik.web.numbers.pages import number_pages, numbers_of
from spojnik.web.pages import Press, presses
from spojnik.web.paper_pages import paper_files, paper_page, planned_sheets
from spojnik.web.record_pages import record_pages, redirects
from spojnik.web.rows import References, references, standing_records
from spojnik.web.searching import search_files
from spojnik.web.sql_page import sql_pages
from spojnik.web.views import Download
from spojnik.world import World

Item = TypeVar("Item")
SLICE = 100
PAPER_SLICE = 40


def units(press: Press, findings: Sequence[Finding]) -> list[Unit]:
    """All units but the last one (the pages about files need the files): the heaviest first."""
    world, joined = press.world, references(press.world)
    found = [Unit("search", partial(search_files, press))]
    for dataset in world.catalog:
        found.append(Unit(f"files {dataset.id}", partial(_files, world, dataset), dataset.id))
        found += [unit for each in presses(press) for unit in _spoken(each, dataset, joined)]
        found.append(Unit(f"forms {dataset.id}", partial(correct_pages, press, dataset), dataset.id))
        found += [Unit(f"forms {dataset.id} {part[0]}", partial(form_pages, press, dataset, part), dataset.id, part)
                  for part in _batches(list(world.records[dataset.id]))]
    found.append(Unit("numbers", partial(number_pages, press, numbers_of(press))))
    found += [Unit(f"pages {each.locale}", partial(_pages, each, findings)) for each in presses(press)]
    on_paper = [(each.locale, planned_sheets(each)) for each in presses(press)]
    found += [
        Unit(f"paper {locale} {part[0].stem}", partial(paper_files, press, part))
        for locale, made in on_paper
        for part in _batches(made, PAPER_SLICE)
    ]
    found.append(Unit("once", partial(_once, press, on_paper)))
    found.append(Unit("static", partial(_static, press.folder / "static")))
    return found


def _spoken(press: Press, dataset: Dataset, joined: References) -> Iterator[Unit]:
    """What a dataset shows in one language: its records and its lists."""
    name = f"{press.prefix}{dataset.id}"
    for part in _batches(list(press.world.records[dataset.id])):
        make = partial(record_pages, press, dataset, part, joined)
        yield Unit(f"records {name} {part[0]}", make, dataset.id, part)
    yield Unit(f"lists {name}", partial(_lists, press, dataset, joined), dataset.id)


def _batches(items: Sequence[Item], size: int = SLICE) -> Iterator[Sequence[Item]]:
    return (items[start : start + size] for start in range(0, len(items), size))


def _files(world: World, dataset: Dataset) -> Iterator[Output]:
    rows = table(world, dataset, list(world.records[dataset.id].values()))
    for export in FORMATS:
        yield from export(rows)


def _lists(press: Press, dataset: Dataset, joined: References) -> Iterator[Output]:
    filters = groups(press, dataset)
    shown = list(standing_records(press.world, dataset))
    yield from list_pages(press, dataset, filters, prepare(table(press.world, dataset, shown)))
    yield az_page(press, dataset)
    yield from redirects(press, dataset)


def _pages(press: Press, findings: Sequence[Finding]) -> Iterator[Output]:
    """The pages that exist in every language."""
    yield home_page(press)
    yield search_page(press)
    yield sources_page(press)
    yield from dictionary_pages(press)
    yield quality_page(press, findings)
    yield from change_pages(press)
    yield from content_pages(press)
    yield from finder_pages(press)


def _once(press: Press, on_paper: Sequence[tuple[str, Sequence[Sheet]]]) -> Iterator[Output]:
    """The pages that exist in Polish only."""
    yield missing_page(press)
    yield paper_page(press, on_paper)
    yield changes_feed(press.world)
    yield from correct_index(press)
    yield from conformance_pages(press)
    yield from edition_pages(press)
    yield from sql_pages(press)


def _static(folder: Path) -> Iterator[Output]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield Output(PurePosixPath("static") / path.relative_to(folder).as_posix(), path.read_bytes())


def closing_unit(press: Press, data: Sequence[Output]) -> Iterator[Output]:
    """What can only be made when all files under `dane/` are known: the package, the archive, the download page."""
    whole = list(whole_catalogue(press.world, data))
    yield from whole
    files: dict[str, list[Download]] = {dataset.id: [] for dataset in press.world.catalog}
    by_slug = {dataset.slug: dataset for dataset in press.world.catalog}
    for output in data:
        name = output.path.name
        dataset = by_slug.get(name.split(".")[0].removesuffix("-excel"))
        if dataset is not None and output.path.parent == PurePosixPath("dane"):
            files[dataset.id].append(_download(output, len(press.world.records[dataset.id])))
    named = [_download(output, None) for output in whole if output.path.parent.name == "dane"]
    yield from (data_page(each, files, named) for each in presses(press))


def _download(output: Output, rows: int | None) -> Download:
    name = output.path.name
    return Download(
        name, str(output.path), _format(name), rows, len(output.body), hashlib.sha256(output.body).hexdigest()
    )


_NAMES = {
    ".csv": "CSV",
    ".json": "JSON",
    ".jsonl": "JSONL",
    ".xlsx": "Excel (XLSX)",
    ".zip": "ZIP",
    ".parquet": "Parquet",
    ".sqlite": "SQLite",
    ".ttl": "Turtle",
    ".jsonld": "JSON-LD",
    ".xml": "XML",
    ".md5": "MD5",
    ".cff": "CFF",
}


def _format(name: str) -> str:
    if name.endswith("-excel.csv"):
        return "CSV dla Excela"
    return _NAMES.get(PurePosixPath(name).suffix, PurePosixPath(name).suffix.lstrip(".").upper())
