"""Who got the city's money: tables in the results of competitions on BIP Kraków."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from scrapy import Request
from scrapy.http import Response

from scrapers.city import BIP, Document, announcements, board_page, document
from scrapers.facts.amounts import find_amounts
from scrapers.select import Mismatch
from scrapers.shapes import rows_by_heading, table_rows
from scrapers.shapes.names import key_of
from scrapers.spider import Found, Spider

COLUMNS = {
    "organisation": ("nazwa oferenta", "oferent", "nazwa organizacji", "organizacja", "podmiot", "nazwa podmiotu"),
    "title": ("tytul zadania", "nazwa zadania", "zadanie", "tytul oferty", "nazwa zadania publicznego"),
    "amount": (
        "kwota dotacji",
        "przyznana kwota",
        "wysokosc dotacji",
        "kwota przyznanej dotacji",
        "dotacja",
        "przyznana dotacja",
        "wysokosc przyznanej dotacji",
        "kwota",
    ),
    "number": ("lp", "l p", "nr", "numer oferty"),
    "points": ("punkty", "liczba punktow", "ocena"),
}
_RESULT = re.compile(r"wyniki|rozstrzygni|przyznan", re.IGNORECASE)


class BipAwardsSpider(Spider):
    """The same board as the calls; a page of results without a table that we can read is counted and passed over, but a
    board without any such table stops the run."""

    name = "bip_awards"
    dataset = "awards"
    hosts = ("www.bip.krakow.pl", "bip.krakow.pl")
    whole = False
    private = ("Osoba publikująca", "Autor")
    example = f"{BIP}/?news_id=0&metka=1"

    def begin(self) -> Iterable[Request]:
        """The board's first page."""
        yield board_page(self, 0, self.board)

    def board(self, response: Response, page: int) -> Iterator[Request]:
        """One page of the board."""
        return announcements(self, response, page, self.board)

    def parse(self, response: Response) -> Iterator[Found | Request]:
        """Rows with an organisation and an amount, in whatever table of the page has those headings."""
        page = document(response)
        if not _RESULT.search(page.title):
            self.desk.counters["skipped"] += 1
            return
        read = 0
        for table in page.body.css("table"):
            try:
                for row in rows_by_heading(table_rows(table), COLUMNS, ("organisation", "amount"), self.warn):
                    read += 1
                    yield from self.award(page, row)
            except Mismatch:
                continue
        if not read:
            self.warn(f"wyniki bez tabeli, którą umiemy czytać: {page.address}")

    def award(self, page: Document, row: dict[str, str]) -> Iterator[Found]:
        """One row; a sum without a currency is in złoty, as its heading says."""
        amount = find_amounts(row["amount"]) or find_amounts(f"{row['amount']} zł")
        if row["organisation"] and amount and amount[0].value:
            title = row.get("title") or page.title
            values = {
                "title": title,
                "funder": "Prezydent Miasta Krakowa",
                "organisation_name": row["organisation"],
                "amount": amount[0].value.value,
                "awarded_on": page.published or None,
                "url": page.address,
            }
            key = key_of(f"bip-{page.number}", row["organisation"], title)
            yield Found(key, values, (page.address,), page.updated or page.published)
