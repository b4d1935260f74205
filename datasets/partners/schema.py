"""A foreign organisation or city, with the evidence that it wants to work, or has worked, with Kraków."""

from __future__ import annotations

from typing import Annotated

from spojnik.kinds import Country, Languages, Prose, Text, Texts, Url, When, choice, ref
from spojnik.schema import F, Record

EVIDENCE = choice("evidence", "dowód gotowości", ("szuka partnerów", "współpracował z Krakowem", "tylko wymieniony"))


class Partner(Record):
    """Being listed is not willingness: the evidence and its date stand beside every name."""

    name: Annotated[
        Text, F("Nazwa", "Nazwa organizacji albo miasta.", search=9, maps=("schema:name", "hsds:organization.name"))
    ]
    evidence: Annotated[
        Annotated[str, EVIDENCE] | None,
        F(
            "Dowód gotowości",
            "Czy sam szuka partnerów, czy kiedyś współpracował z Krakowem, czy jest tylko wymieniony.",
            facet=True,
        ),
    ] = None
    evidence_on: Annotated[
        When | None, F("Data dowodu", "Z kiedy jest strona, która o tym mówi. Brak daty znaczy, że jej nie widać.")
    ] = None
    looking_for: Annotated[Prose | None, F("Kogo szuka", "Własne słowa organizacji o tym, kogo szuka.", search=5)] = (
        None
    )
    country: Annotated[Country | None, F("Kraj", "", facet=True, search=3, maps=("schema:address.addressCountry",))] = (
        None
    )
    city: Annotated[Text | None, F("Miasto", "", "Norymberga", search=4, maps=("schema:address.addressLocality",))] = (
        None
    )
    kind: Annotated[
        Text | None, F("Rodzaj", "Organizacja, miasto, uczelnia albo inna instytucja.", "organizacja", facet=True)
    ] = None
    topics: Annotated[Texts | None, F("Tematy", "W jakich sprawach działa.", "młodzież", facet=True, search=5)] = None
    programmes: Annotated[
        Texts | None, F("Programy", "Programy, w których działa lub działał.", "Erasmus+", facet=True, search=3)
    ] = None
    languages: Annotated[Languages | None, F("Języki", "W jakich językach można się dogadać.", facet=True)] = None
    summary: Annotated[
        Prose | None, F("Opis", "Co wiemy o tej współpracy.", search=3, maps=("schema:description",))
    ] = None
    krakow_partner: Annotated[
        Text | None, F("Partner z Krakowa", "Z kim z Krakowa współpracował, jak podaje źródło.", search=4)
    ] = None
    krakow_organisation: Annotated[
        Annotated[str, ref("organisations")] | None,
        F("Partner w naszym spisie", "Wpis krakowskiej organizacji, jeśli mamy ją w spisie."),
    ] = None
    website: Annotated[Url | None, F("Strona internetowa", "", maps=("schema:url",))] = None
    pic: Annotated[
        Text | None,
        F(
            "Numer PIC",
            "Dziewięciocyfrowy numer uczestnika programów Unii Europejskiej.",
            "949123456",
            search=5,
            form=False,
        ),
    ] = None
    oid: Annotated[
        Text | None, F("Numer OID", "Numer organizacji w programach Erasmus+ i ESC.", "E10123456", search=5, form=False)
    ] = None
    register_id: Annotated[
        Text | None, F("Numer w rejestrze", "Numer w unijnym rejestrze służącym przejrzystości.", form=False)
    ] = None
    projects: Annotated[Texts | None, F("Projekty", "Projekty, w których brał udział.", search=2, form=False)] = None
    url: Annotated[Url | None, F("Strona źródłowa", "Tu jest pełny wpis.")] = None
