"""EU Funding & Tenders portal: calls of the programmes that social organisations apply to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

import orjson
from scrapy import Request
from scrapy.http import Response

from scrapers.select import Mismatch
from scrapers.shapes import audit, json_of
from scrapers.shapes.names import key_of, plain
from scrapers.spider import Found, Spider

SEARCH = "https://api.tech.ec.europa.eu/search-api/prod/rest/search"
TOPIC = "https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities/topic-details/"
STATUS = {"31094501": "zapowiedź", "31094502": "otwarty"}
PROGRAMMES = ("CERV", "ERASMUS", "CREA", "AMIF", "ESF", "JUST", "EU4H", "LIFE")
QUERY = {"bool": {"must": [{"terms": {"type": ["1", "2", "8"]}}, {"terms": {"status": list(STATUS)}}]}}
FIELDS = ["identifier", "title", "callTitle", "startDate", "deadlineDate", "status", "type"]
PAGE = 100


KNOWN = frozenset(
    "identifier title callIdentifier callTitle startDate deadlineDate status type typesOfAction frameworkProgramme"
    " programmePeriod budgetOverview language".split()
)


class EuFundingSpider(Spider):
    """Every value of the metadata is a list; without `languages` each topic comes once a language."""

    name = "eu_funding"
    dataset = "calls"
    hosts = ("api.tech.ec.europa.eu",)
    most_pages = 60
    example = SEARCH

    def page(self, number: int) -> Request:
        """One page of results: a multipart form whose parts are JSON (plain form fields were answered with 500)."""
        parts = {
            "query": QUERY,
            "languages": ["en"],
            "sort": {"order": "DESC", "field": "startDate"},
            "displayFields": FIELDS,
        }
        body, kind = multipart(parts)
        return self.ask(
            f"{SEARCH}?apiKey=SEDIA&text=***&pageSize={PAGE}&pageNumber={number}",
            method="POST",
            body=body,
            headers={"Content-Type": kind},
            cb_kwargs={"number": number},
        )

    def begin(self) -> Iterable[Request]:
        """The first page says how many there are."""
        yield self.page(1)

    def parse(self, response: Response, number: int = 0) -> Iterator[Found | Request]:
        """Topics of one page, and the next page while it names new ones."""
        total = json_of(response, "totalResults", int)
        results = json_of(response, "results", list)
        fresh = self.listed((str(item.get("reference")) for item in results if isinstance(item, dict)), total)
        for item in results:
            yield from self.topic(item)
        if number and fresh and number * PAGE < total:
            yield self.page(number + 1)

    def topic(self, item: Any) -> Iterator[Found]:
        """One topic of a programme that is ours to know."""
        data = item.get("metadata") if isinstance(item, dict) else None
        if not isinstance(data, dict) or not isinstance(data.get("identifier"), list) or not data.get("title"):
            raise Mismatch("wynik wyszukiwania nie ma pól identifier i title")
        audit(data, KNOWN, self.warn, "wyniku wyszukiwania")
        identifier = str(data["identifier"][0])
        if not identifier.upper().startswith(PROGRAMMES):
            return
        address = f"{TOPIC}{identifier}"
        deadlines = sorted(str(day)[:10] for day in data.get("deadlineDate") or [])
        ahead = [day for day in deadlines if day >= self.desk.today] or deadlines[-1:]
        yield Found(
            key_of("eu", identifier),
            {
                "title": plain(str(data["title"][0])),
                "funder": "Komisja Europejska",
                "kind": "EU",
                "announced_on": str((data.get("startDate") or [""])[0])[:10] or None,
                "deadline": ahead[0] if ahead else None,
                "status": STATUS.get(str((data.get("status") or [""])[0])),
                "source_id": identifier,
                "url": address,
                "note": plain(str((data.get("callTitle") or [""])[0])),
            },
            (address,),
        )


def multipart(parts: dict[str, Any]) -> tuple[bytes, str]:
    """A multipart body of JSON parts, and its Content-Type; the boundary follows from the content, not from chance."""
    bodies = {name: orjson.dumps(value) for name, value in parts.items()}
    mark = hashlib.sha256(b"".join(bodies.values())).hexdigest()[:32]
    pieces = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="blob"\r\n'
        "Content-Type: application/json\r\n\r\n".encode()
        + body
        + b"\r\n"
        for name, body in bodies.items()
    ]
    return b"".join([*pieces, f"--{mark}--\r\n".encode()]), f"multipart/form-data; boundary={mark}"
