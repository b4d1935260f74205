"""Guides: every figure has its source beside it, every guide its dates, and what is not certain is said to be so."""

import re
from pathlib import Path

import pytest
from lxml import html
from markupsafe import Markup

from spojnik.finding import Stopped
from spojnik.web.content_pages import clean_html, prose
from spojnik.web.pages import Press
from spojnik.web.placed import Placed, place
from tests.front import WORLD
from tests.machine import ROOT
from tests.worlds import loaded

CONTENT = ROOT / "site" / "content"
GUIDES = sorted(CONTENT.glob("poradnik-*.md"))
ADDRESSES = (
    "lokal",
    "konkurs",
    "male-granty",
    "klauzule-spoleczne",
    "sala",
    "partner-zagraniczny",
    "konsultacje",
    "mowis",
)
SEEN = re.compile(r"22\s+listopada\s+2026")
FIGURE = re.compile(r"\d")


def bare_figures(text: str) -> list[str]:
    """The paragraphs, items and table rows of a prose page that state a figure and link to nothing."""
    document = html.fromstring(f"<div>{clean_html(text)}</div>")
    blocks = document.xpath(".//p[not(ancestor::li)] | .//li[not(.//li)] | .//tbody/tr")
    return [
        " ".join(block.text_content().split())
        for block in blocks
        if FIGURE.search(block.text_content()) and not block.xpath(".//a[@href]") and "[[" not in block.text_content()
    ]


def body(path: Path) -> str:
    """A prose file without its head."""
    return path.read_text("utf-8").partition("\n\n")[2]


def test_all_eight_guides_are_listed(site: Path) -> None:
    index = html.parse(site / "poradniki/index.html").getroot()
    linked = {link.rstrip("/").rsplit("/", 1)[-1] for link in index.xpath("//main//a/@href")}
    assert set(ADDRESSES) <= linked
    assert {prose(path).address for path in GUIDES} == {f"poradniki/{name}/" for name in ADDRESSES}


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
def test_every_figure_has_a_link_beside_it(path: Path) -> None:
    assert not bare_figures(body(path))


def test_a_figure_without_a_source_is_noticed() -> None:
    assert bare_figures("Dotacja wynosi 10 000 zł.") == ["Dotacja wynosi 10 000 zł."]
    assert not bare_figures("Dotacja wynosi [10 000 zł](https://example.org/).")


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
def test_every_guide_has_sources_and_says_when_they_were_seen(site: Path, path: Path) -> None:
    page = html.parse(site / prose(path).address / "index.html").getroot()
    main = page.xpath("//main")[0]
    outside = {link for link in main.xpath(".//a/@href") if link.startswith("http")}
    assert len(outside) >= 3, outside
    assert SEEN.search(main.text_content())


def test_small_grants_show_both_laws_and_say_they_are_to_be_confirmed(site: Path) -> None:
    page = html.parse(site / "poradniki/male-granty/index.html").getroot()
    text = re.sub(r"\s+", " ", page.xpath("//main")[0].text_content())
    heads = [" ".join(th.text_content().split()) for th in page.xpath("//table[1]//thead//th")]
    assert heads[1:] == ["Oferta złożona do 31 sierpnia 2026", "Oferta złożona od 1 września 2026"]
    assert "Do potwierdzenia w Dzienniku Ustaw, poz. 1040 z 2026 roku" in text
    for limit in ("do 10 000 zł", "do 20 000 zł", "do 90 dni", "do 40 000 zł", "do 30%"):
        assert limit in text


def test_the_worked_example_of_the_rent_adds_up(site: Path) -> None:
    page = html.parse(site / "poradniki/lokal/index.html").getroot()
    rows = [[td.text_content() for td in tr.xpath("./th | ./td")] for tr in page.xpath("//table[1]//tbody/tr")]
    for column, rate in ((1, 600), (2, 3050)):
        net, tax, gross = (_money(rows[line][column]) for line in range(3))
        assert net == pytest.approx(10.64 * rate, abs=0.005)
        assert tax == pytest.approx(net * 0.23, abs=0.005) and gross == pytest.approx(net + tax, abs=0.005)
    assert page.xpath("//form[@id='kalkulator'][@hidden]"), "without JavaScript nothing that does not work is shown"


def _money(text: str) -> float:
    return float(re.sub(r"[^\d,]", "", text.rsplit("=", 1)[-1]).replace(",", "."))


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
def test_placed_lists_hold_records_with_their_sources(site: Path, path: Path) -> None:
    marks = re.findall(r"^\[\[lista: .*\]\]$", path.read_text("utf-8"), re.MULTILINE)
    page = html.parse(site / prose(path).address / "index.html").getroot()
    lists = page.xpath("//main//div[@role='list']")
    assert len(lists) == len(marks) >= 1, "a list that is empty stands in no guide"
    for rows in lists:
        for row in rows.xpath("./div[@role='listitem']"):
            assert "Widziane" in row.text_content() and row.xpath(".//a[starts-with(@href, 'http')]")
    assert "[[" not in page.xpath("//main")[0].text_content()


@pytest.mark.parametrize("mark", ["[[lista: notes 'a]]", "[[wstaw: ../../x]]", "[[wstaw: niema]]"])
def test_a_mark_that_means_nothing_stops_the_build(mark: str) -> None:
    world = loaded(WORLD / "datasets")
    name = next(iter(world.catalog.datasets))
    where = Placed(Press(world, ROOT / "site"), "poradniki/x/", (), "x.md")
    with pytest.raises(Stopped):
        place(Markup(clean_html(mark.replace("notes", name))), where)


def test_a_placed_list_escapes_what_records_say() -> None:
    world = loaded(WORLD / "datasets")
    dataset = next(iter(world.catalog))
    key, record = next(iter(world.records[dataset.id].items()))
    spoilt = record._replace(values={**record.values, dataset.spec.name: "<script>alert(1)</script>"})
    records = {**world.records, dataset.id: {key: spoilt}}
    gists = {**world.gists, dataset.id: {key: world.gists[dataset.id][key]}}
    where = Placed(Press(world._replace(records=records, gists=gists), ROOT / "site"), "poradniki/x/", (), "x.md")
    made = place(Markup(clean_html(f"[[lista: {dataset.id}]]")), where)
    assert "<script>" not in made and "&lt;script&gt;" in made


@pytest.mark.parametrize("path", sorted(CONTENT.glob("*.md")), ids=lambda path: path.stem)
def test_every_link_of_our_own_is_still_a_link(site: Path, path: Path) -> None:
    asked = re.findall(r"\]\((/[^)]*)\)", body(path))
    page = html.parse(site / prose(path).address / "index.html").getroot()
    links = [link for link in page.xpath("//main//a/@href") if link.startswith("../")]
    lost = [
        link for link in asked if not any(href.endswith(link.rstrip("/") + "/" * link.endswith("/")) for href in links)
    ]
    assert not lost
