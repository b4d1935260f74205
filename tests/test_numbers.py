"""Numbers, counted again from the published files by other means, and the honesty that stands beside each of them."""

import csv
import json
import re
import statistics
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from lxml import html

from spojnik.catalog import load_catalog
from spojnik.finding import Stopped
from spojnik.web.numbers.chart import bars, trend
from spojnik.web.numbers.declared import declared
from spojnik.web.numbers.expected import family
from spojnik.web.numbers.figure import Bar, Point
from tests.machine import ROOT

Rows = list[dict[str, str]]
NUMBERS = (
    "czas-na-oferte",
    "od-terminu-do-startu",
    "profilaktyka",
    "pule-w-latach",
    "pule-w-obszarach",
    "stawki-lokali",
    "luki",
)


def table(site: Path, address: str) -> Rows:
    """A CSV file of the site, as anybody reads it."""
    with (site / address).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def sure(row: dict[str, str], name: str) -> str:
    """A cell that nobody doubts; "" for one that is empty or named among the unsure."""
    return "" if name in row["niepewne"].split(";") else row[name]


def standing(site: Path, slug: str) -> Rows:
    """The rows of a dataset that its source still lists."""
    return [row for row in table(site, f"dane/{slug}.csv") if not row["nie_ma_od"]]


def first(row: dict[str, str], *names: str) -> str:
    """The first of several cells that is filled and sure."""
    return next((value for name in names if (value := sure(row, name))), "")


def spans(rows: Rows, start: str, end: str) -> dict[str, list[int]]:
    """Days between two dates by who is responsible."""
    found: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        if sure(row, start) and sure(row, end):
            days = date.fromisoformat(row[end][:10]) - date.fromisoformat(row[start][:10])
            found[first(row, "unit", "funder") or "nie wiemy, kto"].append(days.days)
    return found


def money(row: dict[str, str]) -> Iterator[tuple[str, float]]:
    """(year, złoty) of a call: as the source splits it, else all of it in the first known year."""
    split = json.loads(sure(row, "budget_by_year") or "{}")
    if split:
        yield from ((year, float(amount)) for year, amount in split.items())
    elif sure(row, "budget_total") and (day := first(row, "task_from", "deadline", "announced_on")):
        yield day[:4], float(row["budget_total"])


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [("czas-na-oferte", "announced_on", "deadline"), ("od-terminu-do-startu", "deadline", "task_from")],
)
def test_lead_times_are_what_the_calls_say(site: Path, name: str, start: str, end: str) -> None:
    groups = spans(standing(site, "konkursy"), start, end)
    whole = [days for each in groups.values() for days in each]
    assert len(whole) >= 30, "too few calls with both dates to say anything"
    groups["Wszyscy razem"] = whole
    told = {row["kto"]: row for row in table(site, f"liczby/{name}.csv")}
    assert set(told) == set(groups)
    for who, days in groups.items():
        row = told[who]
        assert float(row["mediana_dni"]) == statistics.median(days), who
        assert (int(row["najkrocej_dni"]), int(row["najdluzej_dni"])) == (min(days), max(days)), who
        assert int(row["wpisy"]) == len(days), who


def test_money_by_year_and_by_area_adds_up(site: Path) -> None:
    by_year: dict[str, float] = defaultdict(float)
    by_area: dict[tuple[str, str], float] = defaultdict(float)
    for row in standing(site, "konkursy"):
        for year, amount in money(row):
            by_year[year] += amount
            by_area[sure(row, "area") or "nie wiemy", year] += amount
    years = {row["rok"]: float(row["kwota"]) for row in table(site, "liczby/pule-w-latach.csv")}
    assert years == pytest.approx(dict(by_year)) and len(years) > 5
    areas = {(row["nazwa"], row["rok"]): float(row["kwota"]) for row in table(site, "liczby/pule-w-obszarach.csv")}
    assert areas == pytest.approx(dict(by_area))


def test_the_share_of_prevention(site: Path) -> None:
    marked: dict[str, float] = defaultdict(float)
    whole: dict[str, float] = defaultdict(float)
    for row in standing(site, "konkursy"):
        ours = sure(row, "kind") in ("otwarty konkurs ofert", "tryb 19a", "dotacja")
        near = sure(row, "place") in ("Kraków", "powiat krakowski", "województwo małopolskie")
        if ours and near and sure(row, "prevention"):
            for year, amount in money(row):
                whole[year] += amount
                marked[year] += amount if row["prevention"] == "true" else 0
    told = table(site, "liczby/profilaktyka.csv")
    assert {row["rok"]: float(row["kwota_razem"]) for row in told} == pytest.approx(dict(whole))
    assert {row["rok"]: float(row["kwota_oznaczona"]) for row in told} == pytest.approx(dict(marked))
    assert any(marked.values())
    for row in told:
        assert float(row["udzial_procent"]) == pytest.approx(100 * marked[row["rok"]] / whole[row["rok"]], abs=0.06)


def test_rates_are_those_of_the_proceedings(site: Path) -> None:
    both = [
        (row["title"], float(row["rent_pln_m2"]), float(row["result_rate_pln_m2"]))
        for row in standing(site, "lokale")
        if sure(row, "rent_pln_m2") and sure(row, "result_rate_pln_m2")
    ]
    told = table(site, "liczby/stawki-lokali.csv")
    assert sorted((r["nazwa"], float(r["stawka_wywolawcza"]), float(r["stawka_osiagnieta"])) for r in told) == sorted(
        both
    )
    for row in told:
        grown = float(row["stawka_osiagnieta"]) / float(row["stawka_wywolawcza"])
        assert float(row["ile_razy"]) == pytest.approx(grown, abs=0.006)


def test_gaps_are_the_pairs_without_a_service(site: Path) -> None:
    filled: dict[tuple[str, str], int] = defaultdict(int)
    for row in standing(site, "wsparcie"):
        for group in filter(None, row["groups"].split(";")):
            filled[group, row["district"]] += 1
    told = table(site, "liczby/luki.csv")
    assert len({row["miejsce"] for row in told}) == 18 and len(told) == 18 * len({row["grupa"] for row in told})
    assert all(int(row["wpisy"]) == filled[row["grupa"], row["miejsce"]] for row in told)
    page = html.parse(site / "liczby/luki/index.html").getroot()
    shown = {tr.xpath("string(th)").strip(): int(tr.xpath("string(td[1])")) for tr in page.xpath("//tbody/tr")}
    empty: dict[str, int] = defaultdict(int)
    for row in told:
        empty[row["grupa"]] += row["wpisy"] == "0"
    assert shown == empty
    assert "luki w naszej wiedzy" in re.sub(r"\s", " ", page.text_content())


def test_a_series_never_mixes_territories_units_or_names(site: Path) -> None:
    rows = standing(site, "wskazniki")
    series: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for row in rows:
        series[row["indicator"], row["scope"], row["unit"]].append(row["value"])
    files = sorted((site / "liczby/wskazniki").glob("*.csv"))
    assert len(files) == len(series)
    assert sorted(sorted(row["wartosc"] for row in table(site, str(f.relative_to(site)))) for f in files) == sorted(
        map(sorted, series.values())
    )


def test_lines_join_only_what_one_publisher_counted() -> None:
    points = [Point(2020, 1, "1", "a"), Point(2021, 2, "2", "b"), Point(2022, 3, "3", "a")]
    drawn = trend(points)
    assert drawn and len(drawn.dots) == 3 and len(drawn.strokes) == 1
    assert trend(points[:1]) is None, "one year is no series"


def test_bars_are_in_proportion_and_never_negative() -> None:
    long, half, none = bars([Bar("a", 10, "10"), Bar("b", 5, "5", 1), Bar("c", -3, "-3")])
    assert float(long.width[:-1]) == pytest.approx(2 * float(half.width[:-1])) and none.width == "0.0%"
    assert float(half.part[:-1]) == pytest.approx(float(half.width[:-1]) / 5, abs=0.1)


@pytest.mark.parametrize("name", NUMBERS)
def test_every_number_says_on_what_it_rests(site: Path, name: str) -> None:
    described = json.loads((site / f"liczby/{name}.json").read_text("utf-8"))
    page = html.parse(site / f"liczby/{name}/index.html").getroot()
    text = page.text_content()
    assert described["records_used"] == len(described["records"]) + described["records_left_out"] > 0
    assert described["records_used"] <= described["records_asked"]
    assert all((site / address).is_file() for address in described["records"])
    assert described["missing"] and described["method"] and described["caution"]
    assert described["rows"] == len(table(site, described["csv"]))
    for sentence in (*described["missing"], described["method"], described["caution"]):
        assert "".join(sentence.split()) in "".join(text.split()), sentence
    assert page.xpath("//svg[@role='img'][@aria-label]") and page.xpath("//table//tbody/tr")
    assert page.xpath(f"//a[contains(@href, '{name}.csv')]") and page.xpath(f"//a[contains(@href, '{name}.json')]")


@pytest.mark.parametrize("name", NUMBERS)
def test_a_chart_draws_the_table_below_it(site: Path, name: str) -> None:
    page = html.parse(site / f"liczby/{name}/index.html").getroot()
    cells = {" ".join(cell.text_content().split()) for cell in page.xpath("//tbody//th | //tbody//td")}
    for title in page.xpath("//svg//title/text()"):
        label = " ".join(title.rsplit(": ", 1)[0].split())
        assert label in cells, label


def test_expected_months_come_from_two_years_or_more(site: Path) -> None:
    rows = table(site, "konkursy/spodziewane.csv")
    calls = {row["key"]: row for row in standing(site, "konkursy")}
    page = html.parse(site / "konkursy/spodziewane/index.html").getroot()
    linked = page.xpath("//ul[@class='thread']/li")
    assert len(rows) == len(linked) > 3
    for row, item in zip(rows, linked, strict=True):
        keys = [href.rsplit("/", 1)[1].removesuffix(".html") for href in item.xpath(".//a/@href")]
        days = [sure(calls[key], "deadline") for key in keys]
        assert len({day[:4] for day in days}) == len(keys) >= 2, row
        assert {int(day[5:7]) for day in days} == {int(row["miesiac"])}, row
        assert row["spodziewany_miesiac"] >= "2026-11"
        assert len({calls[key]["funder"] for key in keys}) == 1
    assert "a nie zapowiedź" in re.sub(r"\s", " ", page.text_content())


def test_a_returning_call_is_known_by_its_name_alone() -> None:
    assert family("Mecenat Małopolski – I edycja (2022)") == family("Mecenat Małopolski (2025)")
    assert family("Sport dla wszystkich 2018") == family("Sport dla wszystkich 2019")
    assert family("FIO Małopolska Lokalnie – Północ, edycja 2019") != family("FIO Małopolska Lokalnie – Południe 2019")
    assert family("I otwarty konkurs ofert na 2024 r.") != family("II otwarty konkurs ofert na 2024 r.")


@pytest.mark.parametrize("wrong", ["shape: spans, fields: {rola: title}", "shape: koło, fields: {}"])
def test_a_wrong_declaration_stops_with_its_place(tmp_path: Path, wrong: str) -> None:
    path = tmp_path / "numbers.yml"
    text = f"numbers:\n  - {{name: a, title: A, question: A, method: A, dataset: calls, {wrong}}}\n"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Stopped) as stopped:
        declared(path, load_catalog(ROOT / "datasets"))
    assert "numbers.yml:" in stopped.value.findings[0].place


def test_what_a_catalogue_cannot_answer_is_said_and_the_real_one_answers_all(site: Path, tmp_path: Path) -> None:
    real = load_catalog(ROOT / "datasets")
    assert not declared(ROOT / "site" / "numbers.yml", real).unanswered
    assert "Tego nie da się tu policzyć" not in (site / "liczby/index.html").read_text("utf-8")
    path = tmp_path / "numbers.yml"
    path.write_text(
        "numbers:\n  - {name: a, title: A, question: A, method: A, dataset: calls, shape: spans, "
        "fields: {start: nie_ma}}\n",
        encoding="utf-8",
    )
    found = declared(path, real)
    assert not found.numbers and found.unanswered == (("A", "zbiór „calls” nie ma tu pola „nie_ma”"),)
