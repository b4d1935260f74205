"""Consultations announced on the city's civic portal, read from the print view of each announcement."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from scrapy import Request
from scrapy.http import Response

from scrapers.facts.periods import find_deadline, find_period
from scrapers.select import Mismatch, words
from scrapers.shapes import metka, page_of, text_of
from scrapers.shapes.names import short
from scrapers.spider import Found, Spider

BASE = "https://obywatelski.krakow.pl"
_LINK = re.compile(r"/(\d+),2148,komunikat,")
_PERIOD = re.compile(
    r"(?:w okresie|trwając\w+|potrwaj\w+|prowadz\w+)\s+(od\b.{5,120}?\bdo\b.{5,40}?\d{4})", re.IGNORECASE
)
_UNTIL = re.compile(
    r"(?:w nieprzekraczalnym terminie )?do (?:dnia )?(\d{1,2} [a-ząćęłńóśźż]+ \d{4}|\d{1,2}\.\d{2}\.\d{4})",
    re.IGNORECASE,
)
_UNIT = re.compile(r"Komórką\b.{0,60}?odpowiedzialną\b.{0,120}?\bjest\s+([^.;]{5,120})", re.IGNORECASE)
_HOW = re.compile(r"Formy konsultacji\s*:?\s*(.{10,600}?)(?=(?:Komórką|Osoba|Autor:|Data publikacji|$))", re.IGNORECASE)


class CityNewsSpider(Spider):
    """The address of the list itself was not found: links are taken from the front page, and a front page without one
    stops the run. An announcement that left the page has not undone the consultation."""

    name = "city_news"
    dataset = "consultations"
    hosts = ("obywatelski.krakow.pl",)
    whole = False
    private = ("Osoba publikująca", "Autor")
    example = f"{BASE}/get_html.php?dok_id=0"

    def begin(self) -> Iterable[Request]:
        """The front page."""
        yield self.ask(f"{BASE}/", self.links)

    def links(self, response: Response) -> Iterator[Request]:
        """Announcements of consultations (menu 2148)."""
        numbers = dict.fromkeys(_LINK.findall(" ".join(page_of(response).css("a::attr(href)").getall())))
        if not numbers:
            raise Mismatch("strona główna nie prowadzi do żadnego komunikatu o konsultacjach")
        yield from (self.ask(f"{BASE}/get_html.php?dok_id={number}") for number in numbers)

    def parse(self, response: Response) -> Iterator[Found | Request]:
        """One announcement in its print view."""
        page, html = page_of(response), text_of(response)
        number = response.url.rpartition("dok_id=")[2]
        title = next((words(found) for found in page.css("h1, h2, h3") if words(found)), "")
        days = metka(html)
        text = words(page.css("body") or page)
        if not title or not re.search("konsultacj", text, re.IGNORECASE):
            raise Mismatch("komunikat nie ma nagłówka albo nie mówi o konsultacjach")
        stated = _PERIOD.search(text)
        period = find_period(stated.group(1)) if stated else None
        first, last = (period.value.first, period.value.last) if period and period.value else (None, None)
        until = _UNTIL.search(text)
        closing = find_deadline(until.group(0)) if until and last is None else None
        unit, how = _UNIT.search(text), _HOW.search(text)
        address = f"{BASE}/get_html.php?dok_id={number}"
        yield Found(
            self.desk.key_of_page(number, f"miasto-{number}"),
            {
                "title": title,
                "kind": "konsultacje",
                "unit": unit.group(1).strip() if unit else None,
                "opens_on": first.isoformat() if first else None,
                "closes_on": last.isoformat()
                if last
                else str(closing.value)[:10]
                if closing and closing.value
                else None,
                "how": short(how.group(1).strip(), 600) if how else None,
                "url": address,
            },
            (address,),
            days.get("aktualizacji") or days.get("publikacji", ""),
        )
