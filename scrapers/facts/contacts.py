"""Ways to reach an institution and places in Polish text: phones, e-mails, addresses, floor areas.

A notice names clerks; nothing here returns a name, a mobile number or a mailbox named after a person.
"""

import re
from decimal import Decimal
from typing import NamedTuple

import phonenumbers

from scrapers.facts.reading import Reading

_EXTENSION = re.compile(r"[\s,;(]*wewn?(?:\.|ętrzny)?\s*(?P<extension>\d{1,5})", re.I)
_AREA = re.compile(
    r"(?<![\d.,])(?P<number>\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?:,\d{1,2})?|\d+(?:[.,]\d{1,2})?)\s?"
    r"(?:m2|m²|m\s?kw\.?|mkw\.?|metr(?:ów|y) kwadratow\w+)(?!\w)", re.I)
_ADDRESS = re.compile(
    r"(?P<kind>\b(?:ul|al|os|pl)\.|\b(?:ulic[ay]|alej[ai]|aleje|osiedl[eu]|plac(?:u)?|rynek|rynku))\s*"
    r"(?P<street>(?-i:(?:\d{1,2}\s+)?[A-ZŁŚŻŹĆÓ][\w.'’-]*(?:\s+(?:[A-ZŁŚŻŹĆÓ][\w.'’-]*|i|na|nad|pod|w))*?))"
    r"\s+(?P<number>\d{1,4}(?:\s?[a-zA-Z](?![a-ząćęłńóśźż]))?(?:\s?/\s?\d{1,4}[a-zA-Z]?)?)(?!\d|[.,]\d)"
    r"(?:[\s,]*(?P<code>\d{2}-\d{3})(?:\s+(?P<city>(?-i:[A-ZŁŚŻŹĆÓ][a-ząćęłńóśźż]+(?:[\s-][A-ZŁŚŻŹĆÓ][a-ząćęłńóśźż]+)?)))?"
    r"|,\s*(?P<town>(?-i:Krak[óo]w(?:ie|a)?\b)))?", re.I)
_EMAIL = re.compile(
    r"(?<![\w.+-])(?P<box>[A-Za-z0-9._+-]{1,64})@(?P<host>(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,10})(?![\w-])")
_ROLE = re.compile(
    r"(?:biuro|kontakt|sekretariat|info|ngo|urzad|wydzial|dotacje|granty|poczta|kancelaria|fundusze|konkurs\w*"
    r"|centrum|proo|nowefio"
    r"|program\w*|profilaktyka|mowis|rops|mops|[a-z]{2,3}\.umk)[a-z0-9]*", re.I)
_PERSONAL = re.compile(
    r"\bpan[ia]?\b|\bp\.\s?[A-ZŁŚŻ]|\bosob|\bmgr\b|\binż\b|\bdr\b|inspektor|kierowni|specjalist|podinspektor|referent"
    r"|dyrektor"
    r"|pracowni|koordynator|sporządził|opublikował", re.I)
# Stems of the first names most often met in notices, so that "Annie" and "Annę" are found too.
_NAMES = (
    "adam adrian agat agnieszk alicj aleksand alin andrze ann aneta angelik artur barbar bart beat bogdan bogumił "
    "bożen cezar dagmar daniel danut dariusz dawid dominik dorot edyt elżbiet emil ewa ewel ew fab filip gabriel "
    "grzegorz halin hann henryk iwon izabel jacek jadwig jakub jan janin janusz jarosław jerz joann jolant józef "
    "justyn kami karol karolin katarzyn kazimierz king klaudi konrad krystyn krzysztof leszek lidi luiz łukasz "
    "maciej magdalen małgorzat marcin marek mari mariusz mart mateusz michał mirosław monik natali nin olg patryk "
    "patrycj paulin paweł piotr przemysław rafał renat robert roman ryszard sebastian stanisław stefan sylwi "
    "szymon tade teres tomasz urszul wand wiesław wiktor wioletta witold wojciech zbigniew zdzisław zofi zuzann "
).split()
_NAMED = re.compile(rf"\b(?-i:(?=[A-ZŁŚŻ]))(?:{'|'.join(_NAMES)})(?:\w{{0,3}})\s+(?-i:[A-ZŁŚŻŹĆÓ])[\w-]{{2,}}", re.I)
_INSTITUTION = re.compile(
    r"wydział|biur|urząd|urzęd|ośrod|departament|referat|sekretariat|dział|fundacj|stowarzysz|centrum|mops|umk|narodow"
    r"|instytut|muzeum|agencj|zarząd|minist|komisj|program", re.I)


class Address(NamedTuple):
    """A Polish address; what the text does not say is empty. `street` keeps its prefix ("os. Piastów")."""

    street: str
    number: str
    code: str
    city: str


def find_phones(text: str) -> list[Reading[str]]:
    """Valid Polish numbers in E.164 (`+48126161179`); an extension ("wew. 12") follows as `;ext=12` (RFC 3966)."""
    readings = []
    for found in phonenumbers.PhoneNumberMatcher(_EXTENSION.sub(lambda hit: "\u0001" * len(hit.group()), text), "PL"):
        number = phonenumbers.format_number(found.number, phonenumbers.PhoneNumberFormat.E164)
        extension = _EXTENSION.match(text, found.end)
        end = extension.end() if extension else found.end
        value = number + (f";ext={extension['extension']}" if extension else "")
        readings.append(Reading(value, text[found.start:end], found.start, end))
    return readings


def find_areas(text: str) -> list[Reading[Decimal]]:
    """Floor areas in square metres, exact."""
    return [Reading(Decimal(re.sub(r"\s", "", found["number"]).replace(",", ".")), found.group(), *found.span())
            for found in _AREA.finditer(text)]


def find_addresses(text: str) -> list[Reading[Address]]:
    """Addresses that begin with ul., al., os., pl. or their full words and have a house number."""
    readings = []
    for found in _ADDRESS.finditer(text):
        city = found["city"] or ("Kraków" if found["town"] else "")
        street, number = f"{found['kind']} {found['street']}", found["number"].replace(" ", "")
        address = Address(street, number, found["code"] or "", city)
        readings.append(Reading(address, found.group(), *found.span()))
    return readings


def names_a_person(text: str) -> bool:
    """Whether a text speaks of a person: a Polish first name before a surname, a title or a post."""
    return bool(_PERSONAL.search(text) or _NAMED.search(text))


def is_a_person(text: str) -> bool:
    """Whether a text is somebody's name rather than an institution's ("Fundacja im. Stefana Batorego" is one)."""
    initial = re.match(r"[A-ZŁŚŻŹĆÓ]\.\s?[A-ZŁŚŻŹĆÓ]\w+", text)
    return bool((_NAMED.match(text) or initial) and not _INSTITUTION.search(text))


def institution_contact(text: str) -> str:
    """Phones and mailboxes of an office in a contact section; empty where none is surely an office's.

    A section that names a person gives nothing but role mailboxes, since its phone is that person's desk. Mobile
    numbers are never kept.
    """
    kept: list[str] = []
    if _INSTITUTION.search(text) and not names_a_person(text):
        phones = find_phones(text)
        kept = [f"tel. {phone.text}" for phone in phones if phone.value and not _mobile(phone.value)]
    kept += [found.group().lower() for found in _EMAIL.finditer(text) if _ROLE.fullmatch(found["box"])]
    return ", ".join(dict.fromkeys(kept))


def _mobile(number: str) -> bool:
    kind = phonenumbers.number_type(phonenumbers.parse(number.partition(";")[0], "PL"))
    return kind not in (phonenumbers.PhoneNumberType.FIXED_LINE, phonenumbers.PhoneNumberType.TOLL_FREE,
                        phonenumbers.PhoneNumberType.SHARED_COST, phonenumbers.PhoneNumberType.UAN)
