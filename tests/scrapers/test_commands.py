"""`python -m scrapers …` as people call it: what it prints, what it writes, how it refuses."""

import ast
import json
import shutil
from pathlib import Path

import pytest

from scrapers.__main__ import main
from tests.scrapers.pages import lines, saved
from tests.scrapers.server import of_pages, serving
from tests.scrapers.support import ROOT, small_catalog


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A small repository of content to work in."""
    small_catalog(tmp_path)
    (tmp_path / "site").mkdir()
    shutil.copy(ROOT / "site" / "site.yml", tmp_path / "site" / "site.yml")
    return tmp_path


def call(home: Path, *words: str) -> int:
    return main(["--datasets", str(home / "datasets"), *words])


def test_list_shows_every_source(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(home, "list") == 0
    rows = capsys.readouterr().out.splitlines()
    assert rows[0].split("  ")[0] == "ŹRÓDŁO" and "LICENCJA" in rows[0]
    row = next(row for row in rows if row.startswith("krs "))
    assert "organisations" in row and "co tydzień" in row and "jeszcze nigdy" in row and "CC0 1.0" in row


def test_crawl_ends_with_a_table(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serving(of_pages([*saved("otlas"), *saved("zbk")])) as (mirror, _):
        assert call(home, "crawl", "otlas", "zbk", "--mirror", mirror) == 0
    out = capsys.readouterr().out
    assert "REKORDY" in out and out.count("dobrze") == 2
    assert call(home, "list") == 0
    assert "udana" in next(row for row in capsys.readouterr().out.splitlines() if row.startswith("otlas "))


def test_a_refused_crawl_says_why_and_fails(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serving(of_pages([])) as (mirror, _):
        assert call(home, "crawl", "otlas", "--mirror", mirror) == 1
    assert "strony nie ma (404)" in capsys.readouterr().out
    assert call(home, "list") == 0
    assert "nieudana: strony nie ma (404)" in capsys.readouterr().out


def test_all_due_asks_once_a_day(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serving(of_pages([])) as (mirror, log):
        assert call(home, "crawl", "--all-due", "--mirror", mirror) == 0
        asked = len(log)
        assert "otlas" in capsys.readouterr().out
        assert call(home, "crawl", "--all-due", "--mirror", mirror) == 0
    assert asked and len(log) == asked
    rest = {row.split()[0] for row in capsys.readouterr().out.splitlines()[1:] if row}
    assert rest <= {"regon"}, "only the source without a key is named again"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("crawl", "nosuch"), "Nie ma czytnika nosuch"),
        (("record", "nosuch"), "Nie ma czytnika nosuch"),
        (("new", "Zła nazwa", "https://x.example/"), "ma zły zapis"),
        (("new", "dobre", "javascript:alert(1)"), "nie jest adresem"),
        (("new", "dobre", "https://x.example/", "--dataset", "nosuch"), "Nie ma zbioru nosuch"),
    ],
)
def test_mistakes_have_a_sentence(
    home: Path, words: tuple[str, ...], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(home, *words) == 2
    assert says in capsys.readouterr().err


def test_new_writes_a_spider_that_can_be_read(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(home, "new", "nowe_zrodlo", "https://nowe.example/lista", "--dataset", "partners") == 0
    text = (home / "scrapers" / "spiders" / "nowe_zrodlo.py").read_text("utf-8")
    ast.parse(text)
    assert 'hosts = ("nowe.example",)' in text and 'dataset = "partners"' in text
    assert call(home, "new", "nowe_zrodlo", "https://nowe.example/lista") == 2
    assert "już jest" in capsys.readouterr().err


def test_record_replaces_a_made_up_page(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serving(of_pages(saved("epraca"))) as (mirror, _):
        assert call(home, "record", "epraca", "--mirror", mirror) == 0
    page = next((home / "tests" / "pages" / "epraca").glob("live-*.json")).read_text("utf-8")
    meta = next((home / "tests" / "pages" / "epraca").glob("live-*.yml")).read_text("utf-8")
    assert meta.startswith("handmade: false") and "method: POST" in meta
    assert "FUNDACJA PRZYKŁADOWA POMOC" in page
    assert not [word for word in ("600100200", "600 100 200", 'osobaDoKontaktu": "Z', "gmail") if word in page]
    assert "wykreślono" in capsys.readouterr().out


def test_record_stops_at_a_dozen(home: Path) -> None:
    with serving(of_pages(saved("youth_organisations"))) as (mirror, log):
        assert call(home, "record", "youth_organisations", "--mirror", mirror) == 0
    assert len(list((home / "tests" / "pages" / "youth_organisations").glob("*.html"))) <= 12
    assert len(log) <= 16


def test_record_keeps_no_key(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGON_KEY", "tajny-klucz-12345")
    with serving(of_pages(saved("regon"))) as (mirror, log):
        assert call(home, "record", "regon", "--mirror", mirror) == 0
    assert any(b"tajny-klucz-12345" in asked.body for asked in log), "the source does get it"
    files = list((home / "tests" / "pages" / "regon").iterdir())
    assert files and not [path for path in files if "tajny-klucz" in path.read_text("utf-8")]


def test_record_of_one_address(home: Path) -> None:
    page = next(page for page in saved("zbk") if page.name == "list-auction")
    with serving(of_pages(saved("zbk"))) as (mirror, log):
        assert call(home, "record", "zbk", page.url, "--mirror", mirror) == 0
    assert [asked.url for asked in log] == [page.url]
    assert len(list((home / "tests" / "pages" / "zbk").glob("*.html"))) == 1


@pytest.mark.parametrize("name", ["krs", "bip", "otlas", "bdl", "cordis", "transparency", "zbk", "eu_funding"])
def test_parse_reads_a_saved_page(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    page = next(page for page in saved(name) if any("key" in line for line in lines(page.path.with_suffix(".jsonl"))))
    file = page.path.with_name(
        next(line.split('"')[1] for line in page.path.read_text("utf-8").splitlines() if line.startswith("file:"))
    )
    assert main(["parse", name, str(file)]) == 0
    read = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert read and all(set(record) >= {"page", "key", "values"} and record["values"] for record in read)


def test_parse_of_a_page_without_a_record_prints_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.html").write_text("<html><body><p>Nic tu nie ma</p></body></html>")
    for name in ("krs", "bip", "cordis", "rjps", "opp"):
        assert main(["parse", name, str(tmp_path / "x.html")]) == 0
    said = capsys.readouterr()
    assert not said.out and said.err.count("x.html") == 5 and "Traceback" not in said.err


def test_a_broken_catalogue_is_told_with_its_place(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "datasets" / "jobs" / "dataset.yml").write_text("id: jobs\n\ttitle: x\n", "utf-8")
    assert call(home, "list") == 2
    said = capsys.readouterr().err
    assert "dataset.yml:2:1" in said and "Traceback" not in said
