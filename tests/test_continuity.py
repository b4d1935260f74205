"""Dialogue leaves a trace: what was said, answered and done stands side by side, and what nobody wrote is unknown."""

from functools import lru_cache
from pathlib import Path

from lxml import html

from spojnik.order import Order, load
from spojnik.origin import Claim, Merged, Origin
from spojnik.web.pages import Press
from spojnik.web.record_pages import record_pages
from spojnik.web.threads import thread
from spojnik.world import World
from tests.front import TODAY
from tests.machine import ROOT

BODY = "krakowska-rada-dzialalnosci-pozytku-publicznego-iv-kadencja"
TALK = "program-wspolpracy-na-rok-2024"


@lru_cache
def world() -> World:
    """The real catalogue, loaded once."""
    site = ROOT / "site"
    return load(Order(ROOT / "datasets", site, site / "site.yml", Path(), TODAY))[0]


def filled(dataset: str, key: str, **values: list[str]) -> tuple[Press, Merged]:
    """A record with more values, as a correction from people would give it."""
    record = world().records[dataset][key]
    origin = Origin("manual", ("https://example.org/protokol",), "2026-11-20", by="czytelnik")
    why = {name: (Claim(value, 60, "2026-11-20", origin),) for name, value in values.items()}
    record = record._replace(values={**record.values, **values}, why={**record.why, **why})
    records = {**world().records, dataset: {**world().records[dataset], key: record}}
    return Press(world()._replace(records=records), ROOT / "site"), record


def cells(press: Press, dataset: str, key: str) -> list[list[str]]:
    """The rows of the table of a record page."""
    made = record_pages(press, press.world.catalog.datasets[dataset], [key], {})
    page = html.fromstring(next(iter(made)).body.decode())
    return [[" ".join(td.text_content().split()) for td in row.xpath("./td")] for row in page.xpath("//tbody/tr")]


def test_lines_with_one_number_stand_in_one_row() -> None:
    press, _ = filled(
        "consultations",
        TALK,
        said=["1. Brakuje sal w weekend", "2. Za mało czasu", "Dziękujemy"],
        answered=["2. Wydłużymy termin", "1. Dopiszemy sale"],
        done=["1) Otwarto salę"],
    )
    assert cells(press, "consultations", TALK) == [
        ["Brakuje sal w weekend", "Dopiszemy sale", "Otwarto salę"],
        ["Za mało czasu", "Wydłużymy termin", "nie wiemy"],
        ["Dziękujemy", "nie wiemy", "nie wiemy"],
    ]


def test_a_decision_and_what_became_of_it() -> None:
    press, _ = filled("bodies", BODY, decisions=["1. 2026-03-12: spis lokali"], outcomes=["1. 2026-05-04: spis jest"])
    assert cells(press, "bodies", BODY) == [["2026-03-12: spis lokali", "2026-05-04: spis jest"]]


def test_a_date_at_the_beginning_is_no_number() -> None:
    press, record = filled("bodies", BODY, decisions=["2026-03-12: spis lokali", "12.03.2026 zebranie"])
    found = thread(press, press.world.catalog.datasets["bodies"], record)
    assert found and [row[0] for row in found.rows] == [("2026-03-12: spis lokali",), ("12.03.2026 zebranie",)]


def test_every_value_of_the_table_says_where_it_comes_from() -> None:
    press, record = filled("consultations", TALK, said=["1. Brakuje sal"])
    found = thread(press, press.world.catalog.datasets["consultations"], record)
    assert found and found.columns[0].witnesses[0].by == "mówi czytelnik"
    made = record_pages(press, press.world.catalog.datasets["consultations"], [TALK], {})
    assert "https://example.org/protokol" in next(iter(made)).body.decode()


def test_an_empty_trace_asks_to_be_filled(site: Path) -> None:
    for address, label in ((f"konsultacje/{TALK}.html", "Co powiedziano"), (f"ciala-dialogu/{BODY}.html", "Ustalenia")):
        page = html.parse(site / address).getroot()
        asking = page.xpath("//section[@aria-labelledby='watek']")[0]
        assert "Nikt jeszcze tego nie wpisał" in asking.text_content()
        assert any(label in link.text_content() and "popraw/" in link.get("href") for link in asking.xpath(".//a"))


def test_meetings_stand_on_the_page_of_their_body(site: Path) -> None:
    page = html.parse(site / f"ciala-dialogu/{BODY}.html").getroot()
    meetings = page.xpath("//ul[@class='thread']/li")
    assert len(meetings) >= 2 and any("Debata" in meeting.text_content() for meeting in meetings)


def test_another_dataset_has_no_such_table() -> None:
    dataset = next(each for each in world().catalog if not each.spec.threads)
    record = next(iter(world().records[dataset.id].values()))
    assert thread(Press(world(), ROOT / "site"), dataset, record) is None
