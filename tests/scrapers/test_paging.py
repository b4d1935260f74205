"""Long lists: every page once, to the end, whatever way a source has of turning pages."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import orjson
import pytest

from tests.scrapers.pages import lines, saved
from tests.scrapers.server import Answer, Asked, serving
from tests.scrapers.support import run


def template(spider: str, name: str) -> Any:
    return orjson.loads(next(page.body for page in saved(spider) if page.name == name))


def said(data: object) -> Answer:
    return Answer(200, {"Content-Type": "application/json"}, orjson.dumps(data))


def query(asked: Asked, name: str) -> str:
    return parse_qs(urlsplit(asked.url).query)[name][0]


def eu_funding(asked: Asked) -> Answer:
    first = template("eu_funding", "page-1")["results"][0]
    number = int(query(asked, "pageNumber"))
    topics = []
    for place in range((number - 1) * 100, min(number * 100, 250)):
        metadata = {**first["metadata"], "identifier": [f"CERV-2027-{place}"]}
        topics.append({**first, "reference": str(place), "metadata": metadata})
    return said({"totalResults": 250, "pageNumber": number, "pageSize": 100, "results": topics})


def epraca(asked: Asked) -> Answer:
    first = template("epraca", "page-0")["payload"]["ofertyPracyPage"]["content"][0]
    number = int(query(asked, "page"))
    offers = [{**first, "id": 5000 + place} for place in range(number * 100, min(number * 100 + 100, 250))]
    return said(
        {
            "payload": {
                "ofertyPracyPage": {"content": offers, "totalElements": 250, "totalPages": 3, "last": number == 2}
            }
        }
    )


def youth(asked: Asked) -> Answer:
    first = template("youth", "page-0")["hits"]["hits"][0]
    start = int(query(asked, "from"))
    places = range(start + 1, min(start + 500, 1100) + 1)
    hits = [{"_source": {**first["_source"], "opid": place, "id": place}} for place in places]
    return said({"hits": {"total": {"value": 1100}, "hits": hits}})


def bzp(asked: Asked) -> Answer:
    """Oldest first, five hundred at most, no page numbers: the last second comes again with the next request."""
    first = template("bzp", "day")[0]
    since = query(asked, "PublicationDateFrom")
    times = [f"2026-11-21T{place // 100:02}:{place % 100 // 2:02}:00" for place in range(1200)]
    notices = [
        {**first, "objectId": f"o{place}", "noticeNumber": f"2026/BZP {place:08}/01", "publicationDate": f"{time}Z"}
        for place, time in enumerate(times)
        if time >= since
    ]
    return said(notices[:500])


@pytest.mark.parametrize(
    ("name", "behaviour", "records", "pages"),
    [("eu_funding", eu_funding, 250, 3), ("epraca", epraca, 250, 3), ("youth", youth, 1100, 3), ("bzp", bzp, 1200, 3)],
)
def test_turns_every_page(
    name: str, behaviour: Callable[[Asked], Answer], records: int, pages: int, tmp_path: Path
) -> None:
    def answer(asked: Asked) -> Answer:
        return Answer(404) if asked.url.endswith("robots.txt") else behaviour(asked)

    with serving(answer) as (mirror, log):
        outcome = run(name, tmp_path, mirror, environ={})
    assert outcome.attempt.ok, outcome.attempt
    assert outcome.attempt.counters["records"] == records
    assert pages <= len(log) <= pages + 1
    kept = next((tmp_path / "datasets").glob(f"*/observed/{name}.jsonl"))
    assert len({line["key"] for line in lines(kept)}) == records
