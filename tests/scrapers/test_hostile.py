"""Answers that mean harm: bombs, entities, paths, and texts that carry somebody's private data."""

import gzip
import io
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from scrapy.http import Response

from scrapers.desk import Desk
from scrapers.pipeline import clean
from scrapers.privacy import MARK, impersonal, scrub
from scrapers.record import struck_out
from scrapers.registry import all_spiders
from scrapers.select import Mismatch
from scrapers.shapes import text_of
from scrapers.shapes.archives import archive, csv_rows, member, sheet_rows, xml_elements
from scrapers.shapes.decode import xml_of
from scrapers.spider import Found
from spojnik.values import Wrong
from tests.scrapers.pages import every_page, lines, saved
from tests.scrapers.server import Answer, of_pages, serving
from tests.scrapers.support import TODAY, run, small_catalog

PLANTED = ("podłożon", "podlozon", "44051401359", "600 100 200", "600100200", "sekretna", "notariusz")
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><r>&b;</r>'


def zipped(name: str, pieces: Iterator[bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target, target.open(name, "w") as stream:
        for piece in pieces:
            stream.write(piece)
    return out.getvalue()


def test_a_zip_bomb_stops_at_its_real_bytes() -> None:
    bomb = zipped("organization.csv", (b"0" * 1_000_000 for _ in range(300)))
    assert len(bomb) < 400_000
    with (
        archive(bomb) as packed,
        member(packed, "organization.csv") as stream,
        pytest.raises(Mismatch, match="większe"),
    ):
        while stream.read(1 << 16):
            pass


def test_a_spreadsheet_bomb_is_not_unpacked() -> None:
    with pytest.raises(Mismatch, match="większ"):
        list(sheet_rows(zipped("xl/worksheets/sheet1.xml", (b" " * 1_000_000 for _ in range(300)))))


def test_a_lying_size_in_the_directory_changes_nothing() -> None:
    bomb = bytearray(zipped("a.csv", (b"0" * 1_000_000 for _ in range(20))))
    at = bomb.rfind(b"PK\x01\x02")
    bomb[at + 24 : at + 28] = (10).to_bytes(4, "little")
    with pytest.raises(Mismatch), archive(bytes(bomb)) as packed, member(packed, "a.csv") as stream:
        stream.read()


def test_a_compressed_answer_is_measured_unpacked(tmp_path: Path) -> None:
    bomb = gzip.compress(b"<html>" + b" " * 60_000_000)
    with serving(lambda asked: Answer(200, {"Content-Encoding": "gzip", "Content-Type": "text/html"}, bomb)) as (
        mirror,
        _,
    ):
        outcome = run("zbk", tmp_path, mirror)
    assert (not outcome.attempt.ok and "większa" in outcome.attempt.refused) or "robots" in outcome.attempt.refused


@pytest.mark.parametrize("read", [xml_of, lambda body: list(xml_elements(_file(body), "r"))], ids=["whole", "stream"])
def test_entities_are_not_expanded(read) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Mismatch, match="encje"):
        read(LAUGHS)


def test_entities_behind_a_long_prologue_are_not_expanded(tmp_path: Path) -> None:
    late = LAUGHS.replace(b"<!DOCTYPE", b"<!--" + b"x" * 5000 + b"--><!DOCTYPE")
    (tmp_path / "r.xml").write_bytes(late)
    with pytest.raises(Mismatch, match="encje"):
        list(xml_elements(tmp_path / "r.xml", "r"))


def _file(body: bytes) -> Path:
    path = Path(tempfile.mkdtemp()) / "r.xml"
    path.write_bytes(body)
    return path


def test_a_cut_csv_is_noticed() -> None:
    with pytest.raises(Mismatch, match="wiersz 3"):
        list(csv_rows(io.BytesIO(b"a,b,c\n1,2,3\n1,2")))


@pytest.mark.parametrize("key", ["../../etc/passwd", "a/b", "A", ""])
def test_a_key_cannot_be_a_path(key: str, tmp_path: Path) -> None:
    dataset = small_catalog(tmp_path).datasets["partners"]
    with pytest.raises(Wrong):
        clean(dataset, Found(key, {"name": "X"}), Desk(dataset, TODAY, tmp_path / "spool"))


@pytest.mark.parametrize(
    ("body", "declared", "said"),
    [
        ("Zażółć".encode(), "text/html; charset=iso-8859-2", "Zażółć"),
        ("Zażółć".encode("iso-8859-2"), "text/html; charset=iso-8859-2", "Zażółć"),
        ("Zażółć gęślą jaźń".encode("cp1250"), "text/html; charset=windows-1250", "Zażółć gęślą jaźń"),
        ("Zażółć".encode("iso-8859-2"), "text/html; charset=nonsense", "Zażółć"),
        (b"\xef\xbb\xbfAla", "text/plain", "Ala"),
    ],
)
def test_bytes_decide_before_headers(body: bytes, declared: str, said: str) -> None:
    assert text_of(Response("https://x.example/", headers={"Content-Type": declared}, body=body)) == said


def test_every_source_with_persons_has_some_planted() -> None:
    planted = {
        page.spider
        for page in every_page()
        if any(word in page.body.decode("utf-8", "replace").casefold() for word in PLANTED)
    }
    assert planted >= {
        "krs",
        "bip",
        "eu_funding",
        "eu_organisations",
        "otlas",
        "youth",
        "youth_organisations",
        "erasmus",
        "transparency",
        "epraca",
        "bzp",
        "rjps",
        "city_news",
        "zbk",
        "bip_awards",
    }


@pytest.mark.parametrize("name", sorted(all_spiders()))
def test_no_person_reaches_a_file(name: str, tmp_path: Path) -> None:
    with serving(of_pages(saved(name))) as (mirror, _):
        outcome = run(name, tmp_path, mirror)
    assert outcome.attempt.counters["records"]
    for path in (tmp_path / "datasets").rglob("*"):
        if path.suffix in (".jsonl", ".json"):
            text = path.read_text("utf-8").casefold()
            assert not [word for word in PLANTED if word in text], path


def test_the_integrators_archive_too(tmp_path: Path) -> None:
    with serving(of_pages(saved("epraca"))) as (mirror, _):
        outcome = run("epraca", tmp_path, mirror, environ={"EPRACA_PARTNER": "x"})
    assert outcome.attempt.ok and outcome.attempt.counters["records"] == 2
    text = (tmp_path / "datasets" / "jobs" / "observed" / "epraca.jsonl").read_text("utf-8")
    assert "krs-0000000101" in text and not [word for word in PLANTED if word in text.casefold()]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Nr 44051401359 w aktach", f"Nr {MARK} w aktach"),
        ("NIP 5260250995, KRS 0000000101", "NIP 5260250995, KRS 0000000101"),
        ("jan.kowalski@gmail.com", MARK),
        ("biuro@fundacja.example", "biuro@fundacja.example"),
        ("tel. +48 601 202 303", f"tel. {MARK}"),
        ("tel. 12 616 78 00", "tel. 12 616 78 00"),
        ("Treść\nOsoba publikująca: Jan Kowalski\nDalej", "Treść\n\nDalej"),
    ],
)
def test_scrub(text: str, kept: str) -> None:
    assert scrub(text) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Pomagamy seniorom. Kontakt: Jan Kowalski. Zapraszamy.", "Pomagamy seniorom. Zapraszamy."),
        ("Mamy kontakt z naturą. Warsztaty trwają rok.", "Mamy kontakt z naturą. Warsztaty trwają rok."),
        ("1. Pomoc\n2. Edukacja", "1. Pomoc\n2. Edukacja"),
    ],
)
def test_impersonal(text: str, kept: str) -> None:
    assert impersonal(text) == kept


def test_a_refuge_is_not_betrayed_by_its_name(tmp_path: Path) -> None:
    name = "przemocy przy ul. Sekretnej 13, 31-999 Kraków".encode()
    pages = [page._replace(body=page.body.replace(b"przemocy w rodzinie", name)) for page in saved("rjps")]
    with serving(of_pages(pages)) as (mirror, _):
        assert run("rjps", tmp_path, mirror).attempt.ok
    kept = next(
        line
        for line in lines(tmp_path / "datasets" / "services" / "observed" / "rjps.jsonl")
        if line["key"] == "rjps-502"
    )
    assert kept["values"]["name"] == "Ośrodek wsparcia dla ofiar przemocy" and "502" not in str(kept["urls"])
    assert not set(kept["values"]) & {"street", "postal_code", "city", "district", "email", "website", "opening_hours"}


def test_recorded_pages_are_struck_out() -> None:
    for page in every_page():
        spider = all_spiders()[page.spider]
        if page.body[:2] != b"PK" and spider.private:
            body, _ = struck_out(page.body, spider.private)
            text = body.decode("utf-8", "replace").casefold()
            assert "600 100 200" not in text and "osoba publikująca: zenobia" not in text
