"""Page, JSON, CSV, XLSX, SQLite and Parquet of the same record agree in every field: all records of the real site."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html

from spojnik.exports.table import Table, by_name, table, target_of
from spojnik.schema import fields
from spojnik.world import load_world
from tests.exports.agreement import (
    READERS,
    disagreements,
    expected,
    from_parquet,
    from_record,
    from_sqlite,
)
from tests.front import TODAY
from tests.machine import ROOT

DATASETS = sorted(path.parent.name for path in (ROOT / "datasets").glob("*/dataset.yml"))


@pytest.fixture(scope="module")
def world():
    return load_world(ROOT / "datasets", ROOT / "site" / "site.yml", TODAY)


def _table(world, name) -> Table:
    return table(world, world.catalog.datasets[name], list(world.records[name].values()))


@pytest.mark.parametrize("name", DATASETS)
def test_all_files_of_the_site_agree(world, site: Path, name, tmp_path):
    shape = _table(world, name)
    slug, truth = shape.dataset.slug, expected(shape)
    readings = {ending: read(shape, (site / f"dane/{slug}{ending}").read_bytes()) for ending, read in READERS.items()}
    readings["sqlite"] = from_sqlite(shape, (site / "dane/spojnik.sqlite").read_bytes())
    if (site / f"dane/{slug}.parquet").exists():
        readings["parquet"] = from_parquet(shape, (site / f"dane/{slug}.parquet").read_bytes(), tmp_path)
    readings["rekord"] = {key: from_record(shape, (site / f"{slug}/{key}.json").read_bytes()) for key in truth}
    assert {form: disagreements(truth, read)[:5] for form, read in readings.items()} == {form: [] for form in readings}


@pytest.mark.parametrize("name", DATASETS)
def test_every_page_shows_what_the_files_say(world, site: Path, name):
    shape = _table(world, name)
    wrong = []
    for record, row in zip(shape.records, shape.rows, strict=True):
        if not record.gone:
            cells, page = by_name(shape.columns, row), (site / f"{shape.dataset.slug}/{record.key}.html").read_text()
            wrong += _page_disagreements(shape, record, cells, page)
    assert wrong[:10] == []


def test_a_page_that_says_something_else_is_noticed(world, site: Path):
    shape = _table(world, "organisations")
    number, record = next((number, record) for number, record in enumerate(shape.records) if record.values.get("krs"))
    cells = by_name(shape.columns, shape.rows[number])
    page = (site / f"{shape.dataset.slug}/{record.key}.html").read_text()
    assert _page_disagreements(shape, record, cells, page) == []
    assert _page_disagreements(shape, record, {**cells, "krs": "0000000000"}, page) != []


def _page_disagreements(shape: Table, record, cells, page: str) -> list[str]:
    """`key/field: page | file` for every field whose page and file differ."""
    shown: dict[str, list[tuple[str, list[str]]]] = {}
    for fact in html.fromstring(page).cssselect("dl.facts > .fact"):
        values = fact.cssselect(".value")
        text = _letters(values[0].text_content()) if values else ""
        links = [link.get("href") for link in values[0].cssselect("a")] if values else []
        shown.setdefault(fact.cssselect("dt")[0].text_content(), []).append((text, links))
    wrong = []
    for field in fields(shape.dataset.model):
        if field.name == "key" or record.doubts.get(field.name) == "tie":
            continue
        cell, found = cells[field.name], shown.get(field.label, [("", [])])
        items = cell if isinstance(cell, list) else [] if cell is None else [cell]
        kind = field.kind.item or field.kind
        if kind.name == "url":
            same = any(links == items for _, links in found)
        elif kind.name == "page":  # shown by its title; the link says which page it is
            same = any([re.sub(r"^(?:\.\./)*", "/", link) for link in links] == items for _, links in found)
        else:
            names = cells.get(f"{field.name}_nazwa") if target_of(field.kind) else None
            named = names if isinstance(names, list) else [names] if names else [kind.show(item) for item in items]
            same = any(text == _letters("".join(named)) for text, _ in found)
        if not same:
            wrong.append(f"{record.key}/{field.name}: {found} | {cell!r}")
    return wrong


def _letters(text: str) -> str:
    """Letters and digits only: separators, no-break spaces and line breaks are the page's own business."""
    return re.sub(r"\W+", "", text)
