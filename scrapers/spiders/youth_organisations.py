"""European Youth Portal: organisations with a quality label in neighbouring countries. Listed is not willing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from scrapy import Request
from scrapy.http import Response

from scrapers.select import Mismatch, words
from scrapers.shapes import page_of
from scrapers.spider import Found, Spider

LIST = "https://youth.europa.eu/volunteering/organisations_en"
COUNTRIES = ("CZ", "DE", "HU", "LT", "SK", "UA")
_LINK = re.compile(r"/volunteering/organisation/(\d+)_en")


class YouthOrganisationsSpider(Spider):
    """The markup of the list was never seen, only the addresses of its entries: an entry is known by its link."""

    name = "youth_organisations"
    dataset = "partners"
    hosts = ("youth.europa.eu",)
    most_pages = 1500
    example = f"{LIST}?country=CZ&topic=&town=&name=&page=0"

    def page(self, country: str, number: int) -> Request:
        """One page of one country."""
        return self.ask(
            f"{LIST}?country={country}&topic=&town=&name=&page={number}",
            cb_kwargs={"country": country, "number": number},
        )

    def begin(self) -> Iterable[Request]:
        """Neighbours and the Visegrád countries, as a beginning."""
        return (self.page(country, 0) for country in COUNTRIES)

    def parse(self, response: Response, country: str = "", number: int = -1) -> Iterator[Found | Request]:
        """Entries of one page; the list ends at a page that adds none."""
        entries: dict[str, str] = {}
        for link in page_of(response).css("a[href]"):
            found = _LINK.search(link.attrib["href"])
            if found and words(link):
                entries.setdefault(found.group(1), words(link))
        if not entries and number <= 0:
            raise Mismatch("lista organizacji nie zawiera żadnego odnośnika do organizacji")
        fresh = self.listed(entries)
        for entry, name in entries.items():
            address = f"https://youth.europa.eu/volunteering/organisation/{entry}_en"
            yield Found(
                f"youth-{entry}",
                {
                    "name": name,
                    "evidence": "tylko wymieniony",
                    "country": country or None,
                    "kind": "organizacja",
                    "programmes": ["Europejski Korpus Solidarności"],
                    "url": address,
                },
                (address,),
            )
        if number >= 0 and fresh:
            yield self.page(country, number + 1)
