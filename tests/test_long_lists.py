"""A dataset of a thousand records and more: every page stays small, and every record is still a few links away."""

from pathlib import Path

import pytest
from lxml import html

from bench.make import make
from spojnik.web import list_pages
from spojnik.web.list_pages import pager
from spojnik.web.pages import page
from tests.front import TODAY, difference, must_build, tree
from tests.worlds import run

MANY = 1_050


@pytest.fixture(scope="module")
def organisations(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many")
    must_build("--datasets", make(MANY, folder / "made"), "--out", folder / "out", "--today", TODAY)
    return folder / "out" / "organizacje"


def _links(page: Path, inside: str) -> list[str]:
    return [str(href) for href in html.fromstring(page.read_bytes()).xpath(f"{inside}//a/@href")]


def test_the_az_of_many_names_is_cut_into_parts(organisations: Path) -> None:
    parts = _links(organisations / "a-z" / "index.html", "//main//section")
    pages = [(organisations / "a-z" / part).resolve() for part in parts]
    names = [link for page in pages for link in _links(page, "//main//section")]
    assert len(pages) == 3 and all(page.stat().st_size < 100_000 for page in pages)
    assert len(names) == len(set(names)) == MANY
    assert all((pages[0].parent / name).exists() for name in names)


def test_the_parts_say_from_which_name_to_which(organisations: Path) -> None:
    index = html.fromstring((organisations / "a-z" / "index.html").read_bytes())
    first = html.fromstring((organisations / "a-z" / "1.html").read_bytes())
    names = [name.text_content() for name in first.xpath("//main//section//li")]
    assert index.xpath("//main//section//li")[0].text_content() == f"{names[0]} – {names[-1]}"
    assert f"{names[0]} – {names[-1]}" in first.findtext(".//title")


def test_every_page_of_a_long_list_leads_to_the_others(organisations: Path) -> None:
    page = organisations / "strona" / "3.html"
    items = html.fromstring(page.read_bytes()).xpath("//nav[@class='pager']//li")
    assert [item.text_content().split()[-1] for item in items] == ["1", "2", "3", "4", "5", "6"]
    assert all((page.parent / href).resolve().exists() for href in _links(page, "//nav[@class='pager']"))


def test_a_changed_record_makes_the_list_pages_it_stands_on_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    monkeypatch.setattr(list_pages, "page", lambda *given, **more: made.append(given[2]) or page(*given, **more))
    datasets, out, clean = make(MANY, tmp_path / "made"), tmp_path / "out", tmp_path / "clean"
    words = ("--datasets", datasets, "--today", TODAY, "--jobs", "1")
    assert run(*words, "--out", out).code == 0
    whole = len(made)
    path = next(datasets.glob("organisations/observed/*.jsonl"))
    path.write_text(path.read_text("utf-8").replace('"budget":1000,', '"budget":1001,', 1), "utf-8")
    made.clear()
    assert run(*words, "--out", out).code == 0
    assert 0 < len(made) < whole / 3, "a list page that shows another record was made again"
    assert run(*words, "--out", clean).code == 0
    assert not difference(tree(out), tree(clean))


@pytest.mark.parametrize(
    ("number", "count", "expected"),
    [
        (1, 1, "1"),
        (5, 9, "123456789"),
        (1, 10, "123…10"),
        (4, 10, "123456…10"),
        (5, 10, "1234567…10"),
        (10, 10, "1…8910"),
        (800, 1600, "1…798799800801802…1600"),
    ],
)
def test_a_gap_stands_for_two_pages_or_more(number: int, count: int, expected: str) -> None:
    links = pager(number, count, str)
    assert "".join(link.label for link in links) == expected
    assert [link.label for link in links if link.current] == [str(number)]
    assert all(bool(link.href) == (link.label != "…") for link in links)
