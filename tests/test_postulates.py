"""The eighteen demands: each leads somewhere, at least fourteen to a page with three or more real records."""

from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import html

from tests.addresses import records

LIST = "postulaty"


def target(site: Path, page: Path, href: str) -> Path:
    """The file that answers a link of a page."""
    path = (page.parent / unquote(href.partition("#")[0])).resolve()
    return path / "index.html" if href.partition("#")[0].endswith("/") or path.is_dir() else path


def facts(page: Path) -> dict[str, html.HtmlElement]:
    """Label → value of the facts of a record page."""
    return {
        "".join(fact.xpath("./dt/text()")).strip(): fact.xpath("./dd")[0]
        for fact in html.parse(page).getroot().xpath("//div[contains(@class, 'fact')]")
    }


def answers(page: Path) -> list[str]:
    """The links with which a demand is answered."""
    value = facts(page).get("Strony")
    return [] if value is None else value.xpath(".//div[@class='value']//a/@href")


def led_to(site: Path, page: Path) -> set[str]:
    """The records that a page links to, by address."""
    known = {address for group in records(site).values() for address in group}
    found = set()
    for href in html.parse(page).getroot().xpath("//main//a/@href"):
        if not href.startswith(("http", "mailto:", "tel:", "#")):
            file = target(site, page, href)
            if file.is_relative_to(site.resolve()):
                found.add(f"/{file.relative_to(site.resolve())}")
    return found & known


@pytest.fixture
def demands(site: Path) -> list[Path]:
    """The pages of the demands, in their order."""
    return [site.resolve() / LIST / f"postulat-{number:02d}.html" for number in range(1, 19)]


def test_the_list_shows_eighteen_rows(site: Path, demands: list[Path]) -> None:
    page = site / LIST / "index.html"
    rows = html.parse(page).getroot().xpath("//ul[contains(@class, 'rows')]/li")
    linked = [target(site, page, row.xpath(".//a/@href")[0]) for row in rows]
    assert sorted(linked) == demands


def test_every_answer_leads_to_a_page_that_is_there(site: Path, demands: list[Path]) -> None:
    lost = []
    for page in demands:
        found = answers(page)
        assert found, page.name
        lost += [(page.name, href) for href in found if not target(site, page, href).is_file()]
    assert not lost


def test_fourteen_lead_to_three_real_records_and_the_others_say_who_holds_the_source(
    site: Path, demands: list[Path]
) -> None:
    proven = 0
    for page in demands:
        real = [href for href in answers(page) if len(led_to(site, target(site, page, href))) >= 3]
        proven += bool(real)
        told = facts(page)
        for label in ("Czego brakuje", "Kto to ma"):
            assert real or "nie wiemy" not in told[label].text_content(), (page.name, label)
    assert proven >= 14


def test_links_are_named_and_not_written_as_paths(demands: list[Path]) -> None:
    for page in demands:
        for link in facts(page)["Strony"].xpath(".//div[@class='value']//a"):
            assert not link.text_content().startswith("/") or link.get("href").endswith("druk/"), page.name


def test_a_link_that_leads_nowhere_is_noticed(site: Path, demands: list[Path]) -> None:
    assert not target(site, demands[0], "../konkursy/nie-ma-takiego.html").is_file()
    assert len(led_to(site, site / "404.html")) < 3
