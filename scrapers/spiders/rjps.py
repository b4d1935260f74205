"""National register of social policy units: places of help in Kraków. Where people hide from violence stays hidden."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from scrapy import Request
from scrapy.http import Response

from scrapers.select import Mismatch
from scrapers.shapes import audit, heading, json_of, json_text, text_of
from scrapers.shapes.names import plain
from scrapers.spider import Found, Spider

REGISTER = "https://rjps.mrpips.gov.pl/"
BASE = f"{REGISTER}RJPS/WJ"
WEST, EAST, SOUTH, NORTH = 19.79, 20.22, 49.96, 50.13
_CARD = re.compile(r"ustawMetaDataDlaJednostki\('[^']*',\s*'(\{.*?\})'\)", re.DOTALL)
_FIELDS = {
    "name": ("nazwa", "nazwa jednostki", "pelna nazwa"),
    "kind": ("typ", "rodzaj", "typ jednostki", "rodzaj jednostki"),
    "town": ("miejscowosc",),
    "street": ("ulica",),
    "house": ("nr domu", "numer domu", "nr budynku"),
    "postal_code": ("kod pocztowy",),
    "phone": ("telefon", "nr telefonu", "telefony"),
    "email": ("email", "e mail", "adres email"),
    "website": ("www", "strona www", "adres www", "strona internetowa"),
    "provider_name": ("podmiot prowadzacy", "organ prowadzacy", "nazwa podmiotu prowadzacego"),
}
_IGNORED = (
    "id",
    "x",
    "y",
    "id jednostki",
    "wojewodztwo",
    "powiat",
    "gmina",
    "kierownik",
    "dyrektor",
    "fax",
    "nr lokalu",
)
_STREET = re.compile(r",?\s*(?:przy\s+)?\b(?:ul|al|os|pl)\..*$|,?\s*\b\d{2}-\d{3}\b.*$", re.IGNORECASE)
_SHELTER = re.compile(r"przemoc|interwencji kryzysowej|matek z (?:małoletnimi )?dziećmi", re.IGNORECASE)


class RjpsSpider(Spider):
    """All units of Poland come as points; those in the city's rectangle are asked for, one card a second. The names
    of a card's fields were never seen: they are matched by their words, and a card without a name stops the run."""

    name = "rjps"
    dataset = "services"
    hosts = ("rjps.mrpips.gov.pl",)
    most_pages = 3000
    private = ("kierownik", "dyrektor")
    example = f"{BASE}/karta.do?idJednostki=0&rootElem=karta"

    def begin(self) -> Iterable[Request]:
        """The points."""
        yield self.send(
            f"{BASE}/wyszukiwanie/zaladujDane.do",
            {"filtry": {}},
            self.points,
            headers={"X-Requested-With": "XMLHttpRequest"},
        )

    def points(self, response: Response) -> Iterator[Request]:
        """Units within the rectangle around Kraków; the card tells the town."""
        units = json_of(response, kind=list)
        if not units or not all(isinstance(unit, dict) and {"id", "x", "y"} <= set(unit) for unit in units):
            raise Mismatch("lista jednostek jest pusta albo nie ma pól id, x, y")
        near = [str(unit["id"]) for unit in units if _near(unit)]
        for number in dict.fromkeys(near):
            yield self.ask(f"{BASE}/karta.do?idJednostki={number}&rootElem=karta", cb_kwargs={"number": number})

    def parse(self, response: Response, number: str = "") -> Iterator[Found | Request]:
        """One card; the fields sit in a call inside the page."""
        found = _CARD.search(text_of(response))
        if found is None:
            raise Mismatch("na karcie jednostki nie ma danych (ustawMetaDataDlaJednostki)")
        card = {
            heading(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)): value
            for name, value in json_text(found.group(1).replace("\\'", "'")).items()
        }
        audit(card, [*_IGNORED, *(word for names in _FIELDS.values() for word in names)], self.warn, "karcie jednostki")
        said = {
            field: next((plain(str(card[name])) for name in names if card.get(name)), "")
            for field, names in _FIELDS.items()
        }
        if not said["name"] or not said["town"]:
            raise Mismatch(
                "karta jednostki nie podaje nazwy albo miejscowości; pola nazywają się inaczej, niż zakładamy"
            )
        if said["town"].casefold() == "kraków":
            values = _service(said)
            pages = (REGISTER,) if values.get("sheltered") else ()
            yield Found(f"rjps-{number or card.get('id') or card.get('id jednostki')}", values, pages)


def _service(said: dict[str, str]) -> dict[str, Any]:
    """A place of help; of a refuge only its name and the telephone of whoever takes people in."""
    phones = [part.strip() for part in re.split(r"[,;]| lub ", said["phone"]) if part.strip()]
    values: dict[str, Any] = {"name": said["name"], "kind": said["kind"], "phone": phones}
    if _SHELTER.search(f"{said['name']} {said['kind']}"):
        return {**values, "name": _STREET.sub("", said["name"]).strip(" ,"), "sheltered": True}
    return {
        **values,
        "provider_name": said["provider_name"],
        "street": f"{said['street']} {said['house']}".strip(),
        "postal_code": said["postal_code"],
        "city": "Kraków",
        "email": said["email"],
        "website": said["website"],
    }


def _near(unit: dict[str, Any]) -> bool:
    try:
        return WEST <= float(unit["x"]) <= EAST and SOUTH <= float(unit["y"]) <= NORTH
    except (TypeError, ValueError):
        return False
