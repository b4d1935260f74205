"""ePraca, the central base of job offers: only offers of organisations that we have. Contact persons are never read."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Iterator
from typing import Any

from scrapy import Request
from scrapy.http import Response

from scrapers.select import Mismatch, dig
from scrapers.shapes import audit, json_of, json_text
from scrapers.shapes.archives import archive, member
from scrapers.shapes.names import key_of, plain, short
from scrapers.shapes.soap import element, envelope, result
from scrapers.spider import Found, Spider

BASE = "https://oferty.praca.gov.pl"
SEARCH = f"{BASE}/portal-api/v3/oferta/wyszukiwanie"
OFFER = f"{BASE}/portal/lista-ofert/szczegoly-oferty/"
SERVICE = f"{BASE}/integration/services/v2/oferta"
SPACE = "https://oferty.praca.gov.pl/v2/oferta"
KRAKOW = {"miejscowoscId": "0950463", "zasieg": 0}
SIZE = 100
BY_NAME = "Pracodawcę z naszym spisem połączyliśmy po nazwie, nie po numerze."


PORTAL = frozenset(
    "id status stanowisko pracodawca pracodawcaAdres miejscePracy miejscowoscId miejscowoscNazwa zakresObowiazkow"
    " wymagania wynagrodzenie dataDodaniaCbop dataWaznOd dataWaznDo typOfertyEnum liczbaWolnychMiejscDlaNiepeln email"
    " telefon osobaDoKontaktu".split()
)
INTEGRATOR = frozenset(
    "identyfikatorOferty hash stanowisko stanowiskoNrm pracodawca nip regon link adresWww miejscowosc"
    " miejscePracyCzlonPierwszy adresyMiejscPracy zakresObowiazkow rodzajObowiazkow dataDodaniaOferty dataAktualizacji"
    " osobaDoKontaktu".split()
)


class EpracaSpider(Spider):
    """With a partner id (EPRACA_PARTNER) the integrator's archive, which gives NIP numbers; else the portal's search,
    which gives only names: there the same letters count, and the match is marked as ours."""

    name = "epraca"
    dataset = "jobs"
    hosts = ("oferty.praca.gov.pl",)
    may_be_empty = True
    secrets = ("EPRACA_PARTNER",)
    private = ("osobaDoKontaktu", "email", "telefon")
    example = SEARCH

    def page(self, number: int) -> Request:
        """A hundred offers in Kraków."""
        return self.send(
            f"{SEARCH}?page={number}&size={SIZE}&sort=dataDodania,desc",
            {"kodJezyka": "PL", "miejscowosci": [KRAKOW]},
            cb_kwargs={"number": number},
        )

    def begin(self) -> Iterable[Request]:
        """The archive where we may, the search where not."""
        partner = self.desk.environ.get("EPRACA_PARTNER", "")
        if partner:
            asked = element("v2:Partner", partner) + element("v2:Jezyk", "pl")
            wanted = f"<v2:Kryterium>{element('v2:Wojewodztwo', '12')}</v2:Kryterium>"
            body = envelope(
                f"{SPACE}/Dane",
                SERVICE,
                f"<v2:Dane><v2:pytanie>{asked}{wanted}</v2:pytanie></v2:Dane>",
                f' xmlns:v2="{SPACE}"',
            )
            yield self.ask(
                SERVICE, self.archive, method="POST", body=body, headers={"Content-Type": "application/soap+xml"}
            )
        else:
            yield self.page(0)

    def parse(self, response: Response, number: int = -1) -> Iterator[Found | Request]:
        """One page of the portal's search."""
        page = json_of(response, "payload.ofertyPracyPage", dict)
        offers, total = dig(page, "content", list), dig(page, "totalElements", int)
        fresh = self.listed((str(dig(offer, "id")) for offer in offers), total)
        known = self.desk.known
        for offer in offers:
            name = plain(str(dig(offer, "pracodawca") or ""))
            audit(offer, PORTAL, self.warn, "ofercie")
            key = known.by_letters(name)
            if key and offer.get("status", "A") == "A":
                address = f"{OFFER}{offer['id']}"
                told = _offer(offer, address) | {
                    "place": plain(offer.get("miejscowoscNazwa")),
                    "posted_on": _day(offer.get("dataDodaniaCbop")),
                    "expires_on": _day(offer.get("dataWaznDo")),
                }
                yield Found(f"epraca-{offer['id']}", told, (address,))
                yield Found(f"epraca-{offer['id']}", {"organisation_name": name}, (address,), doubt=BY_NAME)
        if number >= 0 and fresh and not page.get("last", False) and (number + 1) * SIZE < total:
            yield self.page(number + 1)

    def archive(self, response: Response) -> Iterator[Found | Request]:
        """The integrator's answer: a ZIP of JSON in base64, or a status in words."""
        coded = result(response, "plik")
        try:
            packed = base64.b64decode("".join(coded.split()), validate=True)
        except binascii.Error:
            raise Mismatch("usługa dla integratorów przysłała uszkodzony plik") from None
        if not packed:
            raise Mismatch(f"usługa dla integratorów odmówiła: {result(response, 'status') or 'bez wyjaśnienia'}")
        with archive(packed) as zipped:
            for info in zipped.infolist():
                with member(zipped, info.filename) as stream:
                    offers = json_text(stream.read().decode("utf-8-sig"))
                for offer in offers if isinstance(offers, list) else [offers]:
                    yield from self.offer(offer)

    def offer(self, offer: dict[str, Any]) -> Iterator[Found]:
        """One offer, when the employer's NIP is one of ours."""
        number = str(dig(offer, "identyfikatorOferty"))
        audit(offer, INTEGRATOR, self.warn, "ofercie z archiwum")
        key = self.desk.known.nip.get("".join(filter(str.isdigit, str(offer.get("nip") or ""))))
        if key:
            address = str(offer.get("link") or "") or f"{OFFER}{offer.get('hash') or number}"
            places = [place.get("miejscowosc") for place in offer.get("adresyMiejscPracy") or []] or [
                offer.get("miejscowosc")
            ]
            yield Found(
                key_of("epraca", number),
                _offer(offer, address)
                | {
                    "organisation": key,
                    "organisation_name": plain(offer.get("pracodawca")),
                    "place": plain(places[0]),
                    "posted_on": _day(offer.get("dataDodaniaOferty")),
                },
                (address,),
            )


def _offer(offer: dict[str, Any], address: str) -> dict[str, Any]:
    """What both ways give, without anybody's contact."""
    return {
        "title": plain(str(dig(offer, "stanowisko"))),
        "direction": "oferta",
        "kind": "praca",
        "summary": short(plain(offer.get("zakresObowiazkow") or offer.get("rodzajObowiazkow"))),
        "skills": short(plain(offer.get("wymagania")), 500) if isinstance(offer.get("wymagania"), str) else None,
        "url": address,
    }


def _day(text: Any) -> str | None:
    """dd.MM.yyyy → ISO; ISO stays."""
    day = str(text or "")[:10]
    return "-".join(reversed(day.split("."))) if day.count(".") == 2 else day or None
