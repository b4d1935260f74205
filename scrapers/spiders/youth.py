"""European Youth Portal: open opportunities of the European Solidarity Corps in Kraków (an undocumented search)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from scrapy import Request
from scrapy.http import Response

from scrapers.select import Mismatch, dig
from scrapers.shapes import audit, json_of
from scrapers.shapes.names import KRAKOW, plain, short
from scrapers.spider import Found, Spider

SEARCH = "https://youth.europa.eu/api/rest/eyp/v1/search_en"
DETAIL = "https://youth.europa.eu/solidarity/opportunity/"
SIZE = 500


KNOWN = frozenset(
    "id opid title description town country countries date_start date_end date_flexibility date_application_end"
    " has_no_deadline topics strand volunteer_countries participant_profile boarding_arrangements organisation_name"
    " status".split()
)


class YouthSpider(Spider):
    """ "Open" with "no deadline" may be finished long ago, so the end date decides."""

    name = "youth"
    dataset = "jobs"
    hosts = ("youth.europa.eu",)
    may_be_empty = True
    most_pages = 40
    example = SEARCH

    def page(self, start: int) -> Request:
        """Five hundred opportunities; the service wants a Referer."""
        return self.ask(
            f"{SEARCH}?type=Opportunity&filters%5Bstatus%5D=open&size={SIZE}&from={start}",
            headers={"Referer": "https://youth.europa.eu/"},
            cb_kwargs={"start": start},
        )

    def begin(self) -> Iterable[Request]:
        """All that are open; the town is not a filter of the service."""
        yield self.page(0)

    def parse(self, response: Response, start: int = -1) -> Iterator[Found | Request]:
        """One page of an Elasticsearch answer."""
        total, hits = json_of(response, "hits.total.value", int), json_of(response, "hits.hits", list)
        sources = [dig(hit, "_source", dict) for hit in hits]
        if not all(source.get("opid") or source.get("id") for source in sources):
            raise Mismatch("oferta nie ma numeru (opid)")
        fresh = self.listed((str(source.get("opid") or source.get("id")) for source in sources), total)
        for source in sources:
            audit(source, KNOWN, self.warn, "ofercie")
            yield from self.opportunity(source)
        if start >= 0 and fresh and start + SIZE < total:
            yield self.page(start + SIZE)

    def opportunity(self, source: dict[str, Any]) -> Iterator[Found]:
        """One opportunity, if it is in Kraków and not over."""
        ends = str(source.get("date_end") or "")[:10]
        if (
            source.get("country") != "PL"
            or not KRAKOW.search(str(source.get("town") or ""))
            or (ends and ends < self.desk.today)
        ):
            return
        number = str(source.get("opid") or source.get("id"))
        closes = str(source.get("date_application_end") or "")[:10]
        address = f"{DETAIL}{number}_en"
        yield Found(
            f"youth-{number}",
            {
                "title": plain(str(source.get("title") or "")),
                "direction": "oferta",
                "kind": "wolontariat",
                "organisation_name": plain(str(source.get("organisation_name") or "")),
                "place": plain(str(source.get("town"))),
                "summary": short(plain(str(source.get("description") or ""))),
                "deadline": closes or None,
                "expires_on": closes or str(source.get("date_start") or "")[:10] or None,
                "url": address,
            },
            (address,),
        )
