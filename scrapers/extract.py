"""An extract of the court register (KRS open API) → values of an organisation. Persons in it are never touched.

Trees as recorded in 2026: OdpisAktualny gives values, OdpisPelny gives every value as a list of versions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from scrapers.select import Mismatch, dig, get
from scrapers.shapes import audit

STRUCK_OFF = "WYKREŚLENIE Z KRAJOWEGO REJESTRU SĄDOWEGO"
_PARTS = {
    "danePodmiotu",
    "siedzibaIAdres",
    "jednostkiTerenoweOddzialy",
    "umowaStatut",
    "pozostaleInformacje",
    "organSprawujacyNadzor",
    "statut",
    "wspolnicySpzoo",
    "kapital",
    "sposobPowstaniaPodmiotu",
    "emisjeAkcji",
    "komitetZalozycielski",
    "organizacjaPozytkuPublicznego",
    "podmiotTworzacy",
    "oddzialy",
}
_BODY = {
    "formaPrawna",
    "identyfikatory",
    "nazwa",
    "daneOWczesniejszejRejestracji",
    "czyPosiadaStatusOPP",
    "czyProwadziDzialalnoscZInnymiPodmiotami",
    "czyProwadziDzialalnoscGospodarcza",
}
_VERSION = ("nrWpisuWprow", "nrWpisuWykr")
_SINGLE_PERSON_BOX = re.compile(r"(?i)[a-ząćęłńóśźż]+[._][a-ząćęłńóśźż]+@(gmail|wp|o2|onet|op|interia|poczta|tlen)\.")
Read = tuple[str, dict[str, Any], str]


def register_values(extract: Mapping[str, Any], warn: Callable[[str], None]) -> Read:
    """A current extract → number, values, town of the seat. Mismatch when it is not the tree that was recorded."""
    number = _number(dig(extract, "naglowekA.numerKRS"))
    part = dig(extract, "dane.dzial1", dict)
    body = dig(part, "danePodmiotu", dict)
    audit(part, _PARTS, warn, "dzial1")
    audit(body, _BODY, warn, "danePodmiotu")
    seat = part.get("siedzibaIAdres") or {}
    values = {
        "name": " ".join(str(dig(body, "nazwa", str)).split()),
        "legal_form": body.get("formaPrawna"),
        **_address(seat.get("adres") or {}),
        "email": mailbox(seat.get("adresPocztyElektronicznej")),
        "website": _lower(seat.get("adresStronyInternetowej")),
        "krs": number,
        "nip": get(body, "identyfikatory.nip"),
        "regon": get(body, "identyfikatory.regon"),
        "registered_on": _day(get(extract, "naglowekA.dataRejestracjiWKRS")),
        "aims": get(extract, "dane.dzial3.celDzialaniaOrganizacji.celDzialania"),
        "e_delivery": seat.get("adresDoDoreczenElektronicznychWpisanyDoBAE"),
    }
    return number, _present(values), str(get(seat, "siedziba.miejscowosc") or "")


def struck_off(extract: Mapping[str, Any]) -> Read:
    """A full extract of a body that was struck off → what it was last called, and since when it is no more."""
    number = _number(dig(extract, "naglowekP.numerKRS"))
    entries = dig(extract, "naglowekP.wpis", list)
    last = entries[-1] if entries and isinstance(entries[-1], dict) else {}
    if str(last.get("opis", "")).upper() != STRUCK_OFF:
        raise Mismatch("pełny odpis nie kończy się wykreśleniem z rejestru")
    part = dig(extract, "dane.dzial1", dict)
    body = part.get("danePodmiotu") or {}
    numbers = _latest(body.get("identyfikatory"), "identyfikatory")
    name = _latest(body.get("nazwa"), "nazwa")
    if not isinstance(name, str):
        raise Mismatch("w pełnym odpisie brakuje nazwy")
    values = {
        "name": " ".join(name.split()),
        "legal_form": _latest(body.get("formaPrawna"), "formaPrawna"),
        "krs": number,
        "nip": get(numbers, "nip"),
        "regon": get(numbers, "regon"),
        "registered_on": _day(entries[0].get("dataWpisu")),
        "struck_off_on": _day(last.get("dataWpisu")),
    }
    seat = _latest((part.get("siedzibaIAdres") or {}).get("siedziba"), "siedziba")
    return number, _present(values), str(get(seat, "miejscowosc") or "")


def _number(raw: Any) -> str:
    number = str(raw).strip().zfill(10)
    if not re.fullmatch(r"\d{10}", number):
        raise Mismatch("odpis nie podaje numeru KRS")
    return number


def _address(address: Mapping[str, Any]) -> dict[str, Any]:
    """Street and house. The number of a flat is left out: many small bodies are seated in somebody's home."""
    street, house = " ".join(str(address.get("ulica") or "").split()), str(address.get("nrDomu") or "").strip()
    town = _cased(str(address.get("miejscowosc") or "").strip())
    if street:
        kind, name = re.match(r"(?i)(ul\.|al\.|os\.|pl\.|ulica|aleja|osiedle|plac|rynek)?\s*(.*)", street).groups()  # type: ignore[union-attr]
        street = f"{(kind or 'ul.').lower()} {_cased(name)}"
    return {
        "street": f"{street or town} {house}".strip() if house else None,
        "postal_code": address.get("kodPocztowy"),
        "city": town or None,
    }


def _cased(text: str) -> str:
    """Upper case of the register → words as in a street sign; roman numbers and mixed case stay."""
    if text != text.upper():
        return text
    return " ".join(
        word
        if re.fullmatch(r"[IVX]+\.?", word) and len(word) > 1
        else "-".join(part.capitalize() for part in word.split("-"))
        for word in text.split()
    )


def _lower(text: Any) -> str | None:
    return str(text).strip().lower() if text else None


def mailbox(text: Any) -> str | None:
    """The mailbox of the organisation; one that looks like a person's own is left out."""
    address = _lower(text)
    return None if address is None or _SINGLE_PERSON_BOX.match(address) else address


def _day(text: Any) -> str | None:
    """dd.MM.yyyy, with or without an hour → ISO."""
    found = re.match(r"(\d{2})\.(\d{2})\.(\d{4})", str(text or ""))
    return "-".join(reversed(found.groups())) if found else None


def _latest(versions: Any, name: str) -> Any:
    """The last of a value's versions."""
    if not isinstance(versions, list) or not versions:
        return versions
    last = versions[-1]
    if isinstance(last, dict):
        return last.get(name) if name in last else {key: value for key, value in last.items() if key not in _VERSION}
    return last


def _present(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", {}, [])}
