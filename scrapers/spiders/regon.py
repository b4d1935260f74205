"""REGON (GUS, BIR 1.1): numbers and contacts of bodies whose KRS number is certain. Needs a free key of ours."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from scrapy import Request
from scrapy.http import Response

from scrapers.extract import mailbox
from scrapers.select import Mismatch
from scrapers.shapes import audit, xml_of
from scrapers.shapes.soap import element, envelope, result
from scrapers.spider import Found, Spider

HOST = "wyszukiwarkaregon.stat.gov.pl"
SERVICE = f"https://{HOST}/wsBIR/UslugaBIRzewnPubl.svc"
ACTION = "http://CIS/BIR/PUBL/2014/07/IUslugaBIRzewnPubl"
SPACES = ' xmlns:ns="http://CIS/BIR/PUBL/2014/07" xmlns:dat="http://CIS/BIR/PUBL/2014/07/DataContract"'
NOTHING = "4"


class RegonSpider(Spider):
    """Log in, search each KRS number, read the full report, log out. Answers are XML escaped inside XML."""

    name = "regon"
    dataset = "organisations"
    hosts = (HOST,)
    needs = "REGON_KEY"
    secrets = ("REGON_KEY",)
    whole = False
    most_pages = 10_000
    example = SERVICE

    def call(
        self,
        method: str,
        body: str,
        callback: Callable[..., Any],
        session: str = "",
        known: dict[str, str] | None = None,
    ) -> Request:
        """One SOAP call; the session goes in the header `sid`."""
        sent = envelope(f"{ACTION}/{method}", SERVICE, f"<ns:{method}>{body}</ns:{method}>", SPACES)
        headers = {"Content-Type": "application/soap+xml; charset=utf-8", **({"sid": session} if session else {})}
        return self.ask(SERVICE, callback, method="POST", body=sent, headers=headers, cb_kwargs=known or {})

    def begin(self) -> Iterable[Request]:
        """A session first."""
        key = element("ns:pKluczUzytkownika", self.desk.environ.get(self.needs, ""))
        yield self.call("Zaloguj", key, self.logged_in)

    def logged_in(self, response: Response) -> Iterator[Request]:
        """One search for each number that is certain."""
        session = result(response, "ZalogujResult")
        if not session:
            raise Mismatch("REGON nie przyjął klucza")
        sure = {
            key: number for key, number in self.desk.known.numbers.items() if number not in self.desk.known.doubtful
        }
        self.state["left"] = len(sure)
        for key, number in sorted(sure.items()):
            wanted = f"<ns:pParametryWyszukiwania>{element('dat:Krs', number)}</ns:pParametryWyszukiwania>"
            yield self.call(
                "DaneSzukajPodmioty", wanted, self.found, session, {"key": key, "number": number, "session": session}
            )

    def found(self, response: Response, key: str, number: str, session: str) -> Iterator[Request]:
        """The REGON number of the body, and with it the full report."""
        row = _row(result(response, "DaneSzukajPodmiotyResult"))
        if row.get("ErrorCode", "").startswith(NOTHING):
            self.warn(f"REGON nie zna numeru KRS {number}")
            yield from self.leave(session)
        elif not row.get("Regon"):
            raise Mismatch("w odpowiedzi REGON brakuje numeru")
        else:
            asked = element("ns:pRegon", row["Regon"]) + element("ns:pNazwaRaportu", "BIR11OsPrawna")
            yield self.call(
                "DanePobierzPelnyRaport", asked, self.parse, session, {"key": key, "number": number, "session": session}
            )

    def parse(
        self, response: Response, key: str = "", number: str = "", session: str = ""
    ) -> Iterator[Found | Request]:
        """The report on one body; whose number it is must agree."""
        row = _row(result(response, "DanePobierzPelnyRaportResult"))
        audit({name: row[name] for name in row if not name.startswith("praw_")}, ("ErrorCode",), self.warn, "raporcie")
        if "praw_regon9" not in row:
            raise Mismatch("w raporcie REGON brakuje pola praw_regon9")
        theirs = row.get("praw_numerWRejestrzeEwidencji", "")
        if theirs and number and theirs.zfill(10) != number:
            self.warn(f"REGON podaje dla KRS {number} inny numer w rejestrze ({theirs}); pominięto")
        else:
            yield Found(
                key or f"krs-{theirs.zfill(10)}",
                {
                    "regon": row["praw_regon9"],
                    "nip": row.get("praw_nip"),
                    "phone": row.get("praw_numerTelefonu"),
                    "email": mailbox(row.get("praw_adresEmail")),
                    "website": (row.get("praw_adresStronyinternetowej") or "").lower(),
                },
                ("https://wyszukiwarkaregon.stat.gov.pl/",),
            )
        if session:
            yield from self.leave(session)

    def leave(self, session: str) -> Iterator[Request]:
        """Log out after the last answer."""
        self.state["left"] = self.state.get("left", 0) - 1
        if self.state["left"] == 0:
            yield self.call("Wyloguj", element("ns:pIdentyfikatorSesji", session), self.left, session)

    def left(self, response: Response) -> None:
        """Whatever it says."""


def _row(inner: str) -> dict[str, str]:
    """The first record of the XML inside the answer."""
    data = next(iter(xml_of(inner.encode()).iter("dane")), None) if inner.strip() else None
    return {} if data is None else {str(node.tag): (node.text or "").strip() for node in data}
