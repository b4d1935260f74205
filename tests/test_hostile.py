"""Hostile text in every text field shows as text, runs nothing, and cannot act in a spreadsheet."""

import csv
from pathlib import Path

import pytest
from lxml import html
from openpyxl import load_workbook

from tests.hostile import build_hostile


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_hostile(tmp_path_factory.mktemp("hostile"))


def test_no_markup_comes_from_data(built: Path) -> None:
    pages = list(built.rglob("*.html"))
    assert len(pages) > 60
    for page in pages:
        tree = html.fromstring(page.read_bytes())
        scripts = [
            s
            for s in tree.iter("script")
            if "src" not in s.attrib and s.get("type", "") not in ("application/json", "application/ld+json")
        ]
        assert not scripts, page
        assert not [e for e in tree.iter() if any(str(name).startswith("on") for name in e.attrib)], page
        for _, _, link, _ in tree.iterlinks():
            assert not link.strip().lower().startswith(("javascript:", "data:text", "vbscript:")), (page, link)


def test_text_shows_as_text(built: Path) -> None:
    text = html.fromstring((built / "organizacje/zly-0.html").read_bytes()).text_content()
    assert "<script>window.hacked=1</script>" in text
    assert "{{7*7}}" in html.fromstring((built / "organizacje/zly-6.html").read_bytes()).text_content()
    assert "\u202e" not in (built / "organizacje/zly-8.html").read_text("utf-8")


def test_nothing_acts_in_a_spreadsheet(built: Path) -> None:
    for path in built.glob("dane/*.xlsx"):
        for sheet in load_workbook(path).worksheets:
            for cells in sheet.iter_rows():
                assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink], path
    for path in built.glob("dane/*-excel.csv"):
        for row in csv.reader(path.read_text("utf-8-sig").splitlines(), delimiter=";"):
            for cell in row:
                assert not cell.startswith(("=", "@", "\t", "\r")), (path, cell)
                assert not cell.startswith(("+", "-")) or cell[1:].replace(" ", "").replace(",", "").isdigit(), cell
