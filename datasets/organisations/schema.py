"""A non-governmental organisation of Kraków: who it is, what it does, how to reach it."""

from __future__ import annotations

from typing import Annotated

from spojnik.kinds import (
    Day,
    District,
    Email,
    Krs,
    Nip,
    Phone,
    PostalCode,
    Prose,
    Regon,
    Text,
    Url,
    Year,
    choice,
    many,
)
from spojnik.schema import F, Record

LEGAL_FORM = choice(
    "legal_form",
    "forma prawna",
    (
        "stowarzyszenie",
        "fundacja",
        "stowarzyszenie zwykłe",
        "federacja",
        "kościelna osoba prawna",
        "spółdzielnia socjalna",
        "spółka non profit",
        "klub sportowy",
        "koło gospodyń wiejskich",
        "inna",
    ),
)
AREA = choice(
    "area",
    "dziedzina",
    (
        "bezdomność",
        "bezrobocie i rynek pracy",
        "dzieci i młodzież",
        "edukacja",
        "ekologia",
        "kultura",
        "migranci i uchodźcy",
        "niepełnosprawność",
        "osoby opuszczające zakłady karne",
        "pomoc prawna",
        "prawa człowieka",
        "przemoc",
        "rodzina i samotne rodzicielstwo",
        "seniorzy",
        "sport",
        "ubóstwo",
        "uzależnienia",
        "wolontariat",
        "wsparcie NGO",
        "zdrowie psychiczne",
        "inne",
    ),
)


class Organisation(Record):
    """Court registers own the legal facts; the organisation itself knows the rest best."""

    name: Annotated[
        Text,
        F(
            "Nazwa",
            "Pełna nazwa, tak jak w rejestrze albo na stronie organizacji.",
            "Stowarzyszenie Przykład",
            search=9,
            owner="krs",
            maps=("schema:legalName", "hsds:organization.name", "org:identifier.legalName"),
        ),
    ]
    short_name: Annotated[
        Text | None,
        F(
            "Nazwa skrócona",
            "Tak mówi o sobie organizacja na co dzień.",
            "Przykład",
            search=8,
            maps=("schema:alternateName", "hsds:organization.alternate_name"),
        ),
    ] = None
    legal_form: Annotated[
        Annotated[str, LEGAL_FORM] | None,
        F(
            "Forma prawna",
            "Fundacja, stowarzyszenie albo inna postać, w jakiej działa organizacja.",
            facet=True,
            owner="krs",
            maps=("hsds:organization.legal_status",),
        ),
    ] = None
    areas: Annotated[
        Annotated[list[str], many(AREA)] | None,
        F(
            "Dziedziny",
            "Czym się zajmuje. Można wskazać kilka.",
            "seniorzy",
            facet=True,
            search=5,
            maps=("schema:knowsAbout",),
        ),
    ] = None
    description: Annotated[
        Prose | None,
        F(
            "Opis",
            "Jedno lub dwa zdania: dla kogo i co robi.",
            search=3,
            maps=("schema:description", "hsds:organization.description"),
        ),
    ] = None
    district: Annotated[District | None, F("Dzielnica", "Dzielnica Krakowa, w której jest siedziba.", facet=True)] = (
        None
    )
    street: Annotated[
        Text | None,
        F(
            "Ulica i numer",
            "Adres siedziby. Adresu w prywatnym mieszkaniu nie publikujemy.",
            "ul. Przykładowa 5",
            owner="krs",
            maps=("schema:address.streetAddress", "hsds:address.address_1"),
        ),
    ] = None
    postal_code: Annotated[
        PostalCode | None,
        F("Kod pocztowy", "", owner="krs", maps=("schema:address.postalCode", "hsds:address.postal_code")),
    ] = None
    city: Annotated[
        Text | None,
        F(
            "Miejscowość",
            "Miejscowość siedziby. Gdy siedziby nie widzieliśmy, mówimy o tym przy wartości.",
            "Kraków",
            owner="krs",
            maps=("schema:address.addressLocality", "hsds:address.city"),
        ),
    ] = None
    phone: Annotated[
        Phone | None, F("Telefon", "Numer biura, nie prywatny.", maps=("schema:telephone", "hsds:phone.number"))
    ] = None
    email: Annotated[
        Email | None, F("E-mail", "Skrzynka organizacji, nie osoby.", maps=("schema:email", "hsds:organization.email"))
    ] = None
    website: Annotated[Url | None, F("Strona internetowa", "", maps=("schema:url", "hsds:organization.website"))] = None
    krs: Annotated[
        Krs | None,
        F(
            "Numer KRS",
            "Dziesięć cyfr z Krajowego Rejestru Sądowego, zera na początku też się liczą.",
            search=9,
            owner="krs",
            maps=("schema:identifier", "hsds:organization_identifier.identifier", "org-id:PL-KRS"),
        ),
    ] = None
    nip: Annotated[
        Nip | None, F("NIP", "Numer podatkowy organizacji.", search=9, owner="krs", maps=("schema:taxID",))
    ] = None
    regon: Annotated[
        Regon | None, F("REGON", "Dziewięć cyfr z rejestru GUS.", search=9, owner="regon", maps=("schema:identifier",))
    ] = None
    opp_last_seen_year: Annotated[
        Year | None,
        F(
            "Ostatni rok w wykazie OPP",
            "Ostatni rok, za który widzieliśmy organizację w wykazie organizacji pożytku "
            "publicznego. Nie mówi, czy ma ten status dziś.",
            "2014",
            owner="opp",
        ),
    ] = None
    founded_year: Annotated[
        Year | None, F("Rok założenia", "", "1991", maps=("schema:foundingDate", "hsds:organization.year_incorporated"))
    ] = None
    registered_on: Annotated[Day | None, F("Wpis do KRS", "Dzień wpisu do rejestru.", owner="krs", form=False)] = None
    struck_off_on: Annotated[
        Day | None,
        F(
            "Wykreślenie z KRS",
            "Dzień, od którego organizacji nie ma w rejestrze.",
            owner="krs",
            form=False,
            maps=("schema:dissolutionDate",),
        ),
    ] = None
    aims: Annotated[
        Prose | None, F("Cele według rejestru", "Cel działania wpisany do KRS.", search=2, owner="krs", form=False)
    ] = None
    e_delivery: Annotated[
        Text | None, F("Adres do e-Doręczeń", "Adres do urzędowej korespondencji elektronicznej.", owner="krs")
    ] = None
    note: Annotated[Prose | None, F("Uwagi", "Co trzeba wiedzieć, zanim użyje się tych danych.", form=False)] = None
