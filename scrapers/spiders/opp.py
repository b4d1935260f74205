"""Public-benefit organisations (1.5 % of tax): the yearly list of the National Freedom Institute as a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from scrapy import Request
from scrapy.http import Response

from scrapers.identity import settle
from scrapers.select import Mismatch, words
from scrapers.shapes import page_of, rows_by_heading
from scrapers.shapes.archives import sheet_rows
from scrapers.spider import Found, Spider

PAGE = "https://niw.gov.pl/opp/wykaz-opp/"
COLUMNS = {
    "krs": ("krs", "nr krs", "numer krs"),
    "name": ("nazwa",),
    "nip": ("nip", "numer nip"),
    "county": ("powiat",),
    "town": ("miejscowosc", "miasto", "siedziba"),
    "region": ("wojewodztwo",),
    "commune": ("gmina",),
    "number": ("lp", "l p"),
}
_YEAR = re.compile(r"(?:za|na)\s+(?:rok\s+)?(20\d{2})\s*(?:r\b|rok)?", re.IGNORECASE)


class OppSpider(Spider):
    """The number of the yearly list changes, so it is read from the page; the columns are known by their headings."""

    name = "opp"
    dataset = "organisations"
    hosts = ("niw.gov.pl", "www.niw.gov.pl")
    example = f"{PAGE}?export=XLSX&data_scope=all&catalog=0"

    def begin(self) -> Iterable[Request]:
        """The page of the current list."""
        yield self.ask(PAGE, self.catalog)

    def catalog(self, response: Response) -> Iterator[Request]:
        """The export of the list that the page shows, and the year that it is for."""
        page = page_of(response)
        numbers = {
            number
            for link in page.css("a::attr(href)").getall()
            if "export=XLSX" in link
            for number in re.findall(r"catalog=(\d+)", link)
        }
        year = _YEAR.search(words(page))
        if len(numbers) != 1 or year is None:
            raise Mismatch("strona wykazu nie podaje jednego pliku XLSX i roku, za który jest wykaz")
        yield self.ask(f"{PAGE}?export=XLSX&data_scope=all&catalog={numbers.pop()}", cb_kwargs={"year": year.group(1)})

    def parse(self, response: Response, year: str = "") -> Iterator[Found | Request]:
        """Organisations seated in Kraków, each under the key that it already has."""
        for row in rows_by_heading(sheet_rows(response.body), COLUMNS, ("krs", "name", "town"), self.warn):
            self.desk.counters["rows"] += 1
            number = re.sub(r"\D", "", str(row["krs"]).removesuffix(".0")).zfill(10)
            name, town = " ".join(str(row["name"]).split()), str(row["town"]).strip()
            if town.casefold() != "kraków" or not name:
                continue
            match = settle(self.desk.known, number, name, town)
            if match.finding:
                self.desk.findings.append(match.finding)
            if match.key:
                nip = re.sub(r"\D", "", str(row.get("nip") or "").removesuffix(".0"))
                yield Found(
                    match.key,
                    {
                        "name": self.desk.known.spelling(match.key, name),
                        "krs": number,
                        "city": "Kraków",
                        "nip": nip or None,
                        "opp_last_seen_year": year or None,
                    },
                    (PAGE,),
                )
