"""Public procurement bulletin: notices of Kraków buyers and whether they carry social clauses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from scrapy import Request
from scrapy.http import Response

from scrapers.clauses import social_clauses
from scrapers.select import Mismatch, dig
from scrapers.shapes import audit, json_of
from scrapers.shapes.names import key_of, plain
from scrapers.spider import Found, Spider

NOTICES = "https://ezamowienia.gov.pl/mo-board/api/v1/notice"
DETAIL = "https://ezamowienia.gov.pl/mo-client-board/bzp/notice-details/id/"
SIZE = 500


KNOWN = frozenset(
    "clientType orderType tenderType noticeType noticeNumber bzpNumber isTenderAmountBelowEU publicationDate"
    " orderObject cpvCode submittingOffersDate procedureResult organizationName organizationCity organizationProvince"
    " organizationCountry organizationNationalId organizationId tenderId htmlBody contractors objectId".split()
)


class BzpSpider(Spider):
    """The page number is ignored by the service and rows come oldest first: the next request begins at the last row's
    second. The city filter matches fragments, so the town is compared here."""

    name = "bzp"
    dataset = "procurement"
    hosts = ("ezamowienia.gov.pl",)
    whole = False
    may_be_empty = True
    pause = 3.0
    retried = (403,)
    private = ("contractorName",)
    example = NOTICES

    def page(self, start: str, end: str) -> Request:
        """At most 500 notices from a second on; 2000 are refused."""
        return self.ask(
            f"{NOTICES}?NoticeType=ContractNotice&PublicationDateFrom={start}&PublicationDateTo={end}&PageSize={SIZE}",
            cb_kwargs={"start": start, "end": end},
        )

    def begin(self) -> Iterable[Request]:
        """Every day since the last success, two weeks at most."""
        return (self.page(f"{day}T00:00:00", f"{day}T23:59:59") for day in self.desk.days_since(14))

    def parse(self, response: Response, start: str = "", end: str = "") -> Iterator[Found | Request]:
        """One list of notices; an error object instead of a list is not an empty day."""
        notices = json_of(response, kind=list)
        fresh = self.listed(str(dig(notice, "objectId")) for notice in notices)
        for notice in notices:
            yield from self.notice(notice)
        if start and fresh and len(notices) >= SIZE:
            yield self.page(str(dig(notices[-1], "publicationDate"))[:19], end)

    def notice(self, notice: dict[str, Any]) -> Iterator[Found]:
        """One notice of a buyer in Kraków. Its HTML holds names and is read for the clauses only."""
        if str(dig(notice, "organizationCity") or "").strip().casefold() != "kraków":
            return
        audit(notice, KNOWN, self.warn, "ogłoszeniu")
        clauses = social_clauses(str(dig(notice, "htmlBody") or ""))
        if clauses is None:
            raise Mismatch("treść ogłoszenia nie zawiera pól o klauzulach społecznych")
        number = str(notice.get("noticeNumber") or notice.get("bzpNumber") or "")
        address = f"{DETAIL}{dig(notice, 'objectId')}"
        yield Found(
            key_of("bzp", number or str(notice["objectId"])),
            {
                "title": plain(str(dig(notice, "orderObject"))),
                "kind": "ogłoszenie",
                "buyer": plain(str(dig(notice, "organizationName"))),
                "social_clause": clauses.social,
                "clause_kind": clauses.words or None,
                "published_on": str(dig(notice, "publicationDate"))[:10],
                "deadline": str(notice.get("submittingOffersDate") or "")[:16] or None,
                "notice_number": number,
                "cpv": re.findall(r"\d{8}-\d(?: \([^)]*\))?", str(notice.get("cpvCode") or "")),
                "url": address,
            },
            (address,),
        )
