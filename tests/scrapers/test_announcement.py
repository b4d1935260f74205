"""Announcements of open competitions: what comes out, what must not, and that no person ever does."""

import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from scrapers import announcement
from scrapers.parse import parse_files

PAGES = Path(__file__).parent.parent / "pages" / "announcement"
ROOT = Path(__file__).parent.parent.parent
SNIPPETS = yaml.safe_load((PAGES / "snippets.yml").read_text(encoding="utf-8"))


def plain(values: object) -> object:
    return json.loads(json.dumps(values, default=lambda value: float(value) if isinstance(value, Decimal) else None))


def as_html(text: str) -> str:
    lines = [line.replace("&", "&amp;").replace("<", "&lt;") for line in text.split("\n") if line]
    body = "".join(f"<p>{line}</p>" for line in lines)
    return f"<!doctype html><html><head><title>BIP</title></head><body><nav>Menu</nav>{body}</body></html>"


@pytest.mark.parametrize("snippet", SNIPPETS, ids=lambda snippet: snippet["name"])
@pytest.mark.parametrize("markup", ["text", "html"])
def test_snippet(snippet: dict, markup: str) -> None:
    body = (snippet["text"] if markup == "text" else as_html(snippet["text"])).encode()
    if snippet.get("none"):
        with pytest.raises(ValueError):
            announcement.parse(body)
        return
    values = plain(announcement.parse(body).values)
    wanted = {field: value for field, value in snippet["values"].items() if value is not None}
    if "fields" in snippet:
        values = {field: value for field, value in values.items() if field in snippet["fields"]}
    assert values == wanted


BULLETIN = (PAGES / "bip.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-2", "cp1250"])
def test_whole_page_in_every_charset(charset: str) -> None:
    call = announcement.parse(BULLETIN.encode(charset, "xmlcharrefreplace"))
    assert call.key == "bip-999001"
    assert plain(call.values) == {
        "title": "Latarnia sąsiedzka", "funder": "Prezydent Miasta Krakowa", "kind": "otwarty konkurs ofert",
        "unit": "Wydział ds. Przedsiębiorczości i Innowacji Urzędu Miasta Krakowa", "form": "wsparcie",
        "area": "rewitalizacji", "budget_total": 180000, "budget_by_year": {"2025": 80000, "2026": 100000},
        "task_from": "2025-06-30", "task_to": "2026-12-31", "announced_on": "2025-05-08",
        "place": "miasto Kraków - podobszar rewitalizacji: Przykładowy", "deadline": "2025-06-02T15:00"}


def test_wording_is_kept_beside_the_value() -> None:
    wording = announcement.parse(BULLETIN.encode()).wording
    assert wording["budget_total"] == "180 000 zł"
    assert wording["task_to"] == "30 czerwca 2025 r. – 31 grudnia 2026 r."
    assert "osiemdziesiąt tysięcy" in wording["budget_by_year"]
    assert wording["deadline"].startswith("2 czerwca 2025 r.")


@pytest.mark.parametrize("line", [
    "Osoba publikująca: {}", "Osoba odpowiedzialna {}", "Autor: {}", "Opublikował: {}", "Z up. Prezydenta {}", "/-/ {}",
    "Informacji udziela {}, tel. 12 616 50 00", "Kontakt: Wydział Sportu, {}, tel. 12 616 50 00",
    "Komórka realizująca: {}",
    "Sporządził: {}\nData publikacji: 2025-01-01",
])
@pytest.mark.parametrize("after", ["Tytuł zadania publicznego: Klub", "Miejsce realizacji zadania: Kraków",
                                   "Komórka realizująca: Wydział Sportu",
                                   "Termin realizacji zadania: 1.05.2025 – 1.06.2025"])
def test_no_person_after_any_field(line: str, after: str) -> None:
    text = ("Tytuł zadania publicznego: Klub\nPlanowana wysokość środków publicznych na realizację zadania: 10 000 zł\n"
            f"{after}\n{line.format('Katarzyna Zmyślona')}")
    call = announcement.parse(text.encode())
    shown = json.dumps([plain(call.values), dict(call.wording)], ensure_ascii=False)
    assert "Zmyślona" not in shown and "616" not in shown


def test_key_is_the_same_for_the_same_call_and_comes_from_the_source() -> None:
    text = "Tytuł zadania publicznego: Klub\nMiejsce realizacji zadania: Kraków"
    assert announcement.parse(text.encode()).key == announcement.parse(as_html(text).encode()).key
    assert announcement.parse(text.encode()).key != announcement.parse(text.replace("Klub", "Chór").encode()).key
    assert announcement.parse(text.encode(), "news_id=151178.html").key == "bip-151178"
    assert announcement.parse(text.encode(), "dok_id=97973.html").key == "bip-dok-97973"


def test_command_prints_a_record_a_line_and_explains_the_rest(tmp_path: Path) -> None:
    good, none = tmp_path / "ogłoszenie.txt", tmp_path / "wyniki.txt"
    good.write_text("Tytuł zadania publicznego: Klub\nTermin realizacji zadania: od 1 maja 2025 r. do 31.06.2025 r.\n"
                    "Planowana wysokość środków publicznych na realizację zadania: 10 000,50 zł", encoding="utf-8")
    none.write_text("Wyniki otwartego konkursu ofert", encoding="utf-8")
    command = [sys.executable, "-m", "scrapers", "parse", "announcement", str(good), str(none)]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=ROOT,
                         env={**os.environ, "PYTHONIOENCODING": "utf-8"})
    assert run.returncode == 0
    (record,) = map(json.loads, run.stdout.splitlines())
    assert record["page"] == str(good)
    assert record["values"] == {"title": "Klub", "budget_total": 10000.5}
    assert record["wording"]["budget_total"] == "10 000,50 zł"
    assert "31.06.2025" in run.stderr and "wyniki.txt: to ogłoszenie o wynikach" in run.stderr
    assert "Traceback" not in run.stderr


def test_a_missing_file_and_an_unknown_parser_are_errors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert parse_files("announcement", [str(tmp_path / "brak.txt")]) == 2
    assert parse_files("nieznany", []) == 2
    shown = capsys.readouterr()
    assert shown.out == "" and "brak.txt" in shown.err and "nieznany" in shown.err


@pytest.mark.parametrize("body", [
    b"", b"\x00\xff\xfe" * 50, b"<" * 20_000, b"<div>" * 5_000, b"1 " * 20_000,
    "Tytuł zadania publicznego: ".encode() * 500,
    b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><p>&b;</p>", "(słownie: ".encode() * 2_000,
    b"1.01." * 5_000, b"Miejsce realizacji zadania: a" + b" " * 300_000 + b"b", b"a\t \t" * 20_000,
    ("Termin realizacji zadania: " + "od 1 maja do " * 2_000).encode(), b"\n".join([b"|  |"] * 3_000),
], ids=range(13))
def test_hostile_text_ends_in_an_answer(body: bytes) -> None:
    try:
        values = announcement.parse(body).values
    except ValueError:
        return
    assert "root:" not in json.dumps(plain(values))
