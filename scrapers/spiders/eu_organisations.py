"""EU participant profiles, only of partners whose number (PIC) we already know: being registered is not willingness."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scrapy import Request
from scrapy.http import Response

from scrapers.select import Mismatch
from scrapers.shapes import audit, json_of
from scrapers.shapes.names import plain
from scrapers.spider import Found, Spider

DOCUMENT = "https://api.tech.ec.europa.eu/search-api/prod/rest/document"
PROFILE = "https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/how-to-participate/org-details/"


KNOWN = frozenset("pic name city country organisationType keywords topics publicProjects noOfProjects vat".split())


class EuOrganisationsSpider(Spider):
    """One document a PIC; 400 is the service's way to say that it has none. Its country is an internal code."""

    name = "eu_organisations"
    dataset = "partners"
    hosts = ("api.tech.ec.europa.eu",)
    whole = False
    may_be_empty = True
    most_pages = 5000
    example = f"{DOCUMENT}/000000000?apiKey=SEDIA_PERSON"

    def begin(self) -> Iterable[Request]:
        """Partners with a PIC, whoever told us."""
        for pic, key in sorted(self.desk.by_field("pic").items()):
            yield self.ask(
                f"{DOCUMENT}/{pic}?apiKey=SEDIA_PERSON",
                meta={"handle_httpstatus_list": [400]},
                cb_kwargs={"pic": pic, "key": key},
            )

    def parse(self, response: Response, pic: str = "", key: str = "") -> Iterator[Found | Request]:
        """Name, town and subjects of one organisation."""
        if response.status == 400:
            self.warn(f"portal nie zna uczestnika o numerze PIC {pic}")
            return
        data = json_of(response, "metadata", dict)
        audit(data, KNOWN, self.warn, "profilu")
        number = str((data.get("pic") or [""])[0])
        if not number or (pic and number != pic):
            raise Mismatch("profil organizacji ma inny numer PIC niż ten, o który pytano")
        yield Found(
            key or f"pic-{number}",
            {
                "name": plain(str((data.get("name") or [json_of(response).get("summary") or ""])[0])),
                "city": plain(str((data.get("city") or [""])[0])),
                "pic": number,
                "topics": [plain(str(topic)) for topic in (data.get("topics") or data.get("keywords") or [])[:20]],
            },
            (f"{PROFILE}{number}",),
        )
