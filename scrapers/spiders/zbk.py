"""Municipal premises to let (ZBK): tables of the lists, read by the headings that the city's procedures name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from scrapy import Request
from scrapy.http import Response

from scrapers.facts.amounts import find_amounts
from scrapers.facts.periods import find_deadline
from scrapers.select import Mismatch, words
from scrapers.shapes import metka, page_of, rows_by_heading, table_rows, text_of
from scrapers.shapes.names import key_of, short
from scrapers.spider import Found, Spider
from spojnik.places import DISTRICTS

BASE = "https://zbk-krakow.pl"
START = f"{BASE}/lokale_uzytkowe/226334,artykul,informacje_dla_organizacji_pozarzadowych.html"
_LINK = re.compile(r"/lokale_uzytkowe/(\d+),\d+,komunikat,")
COLUMNS = {
    "number": ("lp", "l p", "nr", "numer", "pozycja"),
    "address": ("adres", "adres lokalu", "lokal", "polozenie"),
    "district": ("dzielnica",),
    "area": ("powierzchnia", "pow"),
    "floor": ("kondygnacja", "usytuowanie", "pietro"),
    "utilities": ("instalacje", "wyposazenie"),
    "condition": ("stan techniczny", "stan"),
    "purpose": ("przeznaczenie", "branze", "branze wylaczone"),
    "rate": ("stawka", "stawka wywolawcza", "wywolawcza"),
    "deposit": ("wadium",),
    "viewing": ("termin ogledzin", "ogledziny"),
    "date": ("termin postepowania", "termin", "data"),
    "zone": ("strefa",),
    "remarks": ("uwagi",),
}
MODES = {
    "ustna aukcja": "aukcja ustna",
    "ustnej aukcji": "aukcja ustna",
    "aukcji ustnej": "aukcja ustna",
    "pisemny przetarg": "przetarg pisemny",
    "przetargu pisemnego": "przetarg pisemny",
    "pisemnego przetargu": "przetarg pisemny",
    "bezprzetargow": "bez przetargu",
}


class ZbkSpider(Spider):
    """The search tool's address is unknown, so lists are followed from the page for organisations. Names of winners
    stand in notices of results; only the columns above are read."""

    name = "zbk"
    dataset = "premises"
    hosts = ("zbk-krakow.pl",)
    private = ("Osoba publikująca", "Autor", "Wygrywający")
    example = f"{BASE}/get_html.php?dok_id=0"

    def begin(self) -> Iterable[Request]:
        """The page for organisations."""
        yield self.ask(START, self.links)

    def links(self, response: Response) -> Iterator[Request]:
        """Announcements about premises that the page leads to."""
        numbers = dict.fromkeys(_LINK.findall(" ".join(page_of(response).css("a::attr(href)").getall())))
        if not numbers:
            raise Mismatch("strona nie prowadzi do żadnego wykazu lokali")
        yield from (self.ask(f"{BASE}/get_html.php?dok_id={number}") for number in numbers)

    def parse(self, response: Response) -> Iterator[Found | Request]:
        """Every row of the list in one announcement."""
        page, number = page_of(response), response.url.rpartition("dok_id=")[2]
        text = words(page.css("body") or page)
        mode = next((mode for phrase, mode in MODES.items() if phrase in text.casefold()), None)
        days, tables = metka(text_of(response)), page.css("table")
        if not tables:
            raise Mismatch("wykaz lokali nie zawiera tabeli")
        address = f"{BASE}/get_html.php?dok_id={number}"
        for row in rows_by_heading(table_rows(tables[0]), COLUMNS, ("address", "area"), self.warn):
            place = str(row["address"]).strip()
            if place:
                item = str(row.get("number") or "").strip().rstrip(".")
                yield Found(
                    key_of(f"zbk-{number}", item, place),
                    {**_premises(row, place), "procedure": mode, "list_number": item or None, "url": address},
                    (address,),
                    days.get("aktualizacji") or days.get("publikacji", ""),
                )


def _premises(row: dict[str, Any], place: str) -> dict[str, Any]:
    """Values of one row; what a cell does not plainly say is left out."""
    rate, deposit = find_amounts(row.get("rate") or ""), find_amounts(row.get("deposit") or "")
    area = re.search(r"\d+(?:[,.]\d+)?", re.sub(r"(?<=\d)\s(?=\d{3})", "", row["area"]))
    date = find_deadline(row.get("date") or "")
    roman = re.search(r"\b[XVI]+\b", row.get("district") or "")
    return {
        "title": place,
        "kind": "oferta",
        "address": place,
        "area_m2": area.group() if area else None,
        "district": next((name for name in DISTRICTS if roman and name.startswith(f"{roman.group()} ")), None),
        "floor": row.get("floor"),
        "condition": row.get("condition"),
        "purpose_limits": row.get("purpose"),
        "utilities": [part.strip() for part in (row.get("utilities") or "").split(",") if part.strip()],
        "rent_pln_m2": rate[0].value.value if rate and rate[0].value else None,
        "rent_note": "stawka netto, bez VAT" if rate else None,
        "deposit_pln": deposit[0].value.value if deposit and deposit[0].value else None,
        "viewing": short(row.get("viewing") or "", 200),
        "auction_at": str(date.value) if date and date.value else None,
        "owner_unit": "Zarząd Budynków Komunalnych w Krakowie",
    }
