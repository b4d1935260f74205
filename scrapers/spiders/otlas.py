"""Otlas, the partner-finding tool of SALTO-YOUTH: the only source in which organisations say whom they seek."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from scrapy import Request
from scrapy.http import Response

from scrapers.select import Mismatch, maybe, one, some, text, words
from scrapers.shapes import page_of
from scrapers.shapes.names import country_code, short
from scrapers.spider import Found, Spider

LIST = "https://www.salto-youth.net/tools/otlas-partner-finding/projects/"
QUERY = "b_browse=Search+projects&b_partners_needed=1&b_future_deadline=1&b_order=lastmod&b_limit=10"
_BASED = re.compile(r"based in (?P<country>[^(]+?)\s*(?:\((?P<city>[^)]*)\))?\s*$")


class OtlasSpider(Spider):
    """Ten cards a page; the page says how many projects there are. Contact persons are not read."""

    name = "otlas"
    dataset = "partners"
    hosts = ("www.salto-youth.net",)
    most_pages = 200
    private = ("contact person", "Contact person")
    example = f"{LIST}?{QUERY}&b_offset=0"

    def page(self, offset: int) -> Request:
        """Ten projects."""
        return self.ask(f"{LIST}?{QUERY}&b_offset={offset}", cb_kwargs={"offset": offset})

    def begin(self) -> Iterable[Request]:
        """Projects that need partners and have a deadline ahead."""
        yield self.page(0)

    def parse(self, response: Response, offset: int = -1) -> Iterator[Found | Request]:
        """One page of cards."""
        page = page_of(response)
        total = re.search(r"We found ([\d,. ]+) projects?", words(page))
        if total is None:
            raise Mismatch("strona nie podaje liczby projektów („We found N projects”)")
        count = int(re.sub(r"\D", "", total.group(1)))
        cards = some(page, "div.tool-item", 1 if count and offset <= 0 else 0, 50)
        links = [one(card, "h2.project-title a").attrib.get("href", "") for card in cards]
        numbers = [re.search(r"\.(\d+)/?$", link) for link in links]
        if not all(numbers):
            raise Mismatch("odnośnik do projektu nie kończy się jego numerem")
        fresh = self.listed((found.group(1) for found in numbers if found), count)
        for card, link, number in zip(cards, links, numbers, strict=True):
            based = _BASED.search(text(card, ".based-in"))
            address = response.urljoin(link)
            yield Found(
                f"otlas-{number.group(1) if number else ''}",
                {
                    "name": text(card, ".organisation-name-haslogo a"),
                    "evidence": "szuka partnerów",
                    "looking_for": short(
                        f"{text(card, 'h2.project-title a')}. {maybe(card, '.project-summary')}".strip()
                    ),
                    "country": country_code(based["country"]) if based else None,
                    "city": based["city"] if based else None,
                    "programmes": [maybe(card, ".project-action")],
                    "projects": [text(card, "h2.project-title a")],
                    "kind": "organizacja",
                    "url": address,
                },
                (address,),
            )
        if offset >= 0 and fresh and offset + 10 < count:
            yield self.page(offset + 10)
