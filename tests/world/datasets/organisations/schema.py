"""A small directory of made-up organisations: every kind of value once."""

from typing import Annotated

from spojnik.kinds import Day, District, Email, Flag, Krs, Nip, Phone, PostalCode, Prose, Regon, Text, Texts, Url, Year
from spojnik.schema import F, Record


class Organisation(Record):
    """One made-up organisation."""

    name: Annotated[Text, F("Nazwa", search=9, maps=("schema:name",))]
    krs: Annotated[Krs | None, F("Numer KRS", owner="register")] = None
    nip: Annotated[Nip | None, F("NIP")] = None
    regon: Annotated[Regon | None, F("REGON")] = None
    topics: Annotated[Texts | None, F("Czym się zajmuje", facet=True, search=5)] = None
    district: Annotated[District | None, F("Dzielnica", facet=True)] = None
    street: Annotated[Text | None, F("Ulica i numer")] = None
    postal_code: Annotated[PostalCode | None, F("Kod pocztowy")] = None
    phone: Annotated[Phone | None, F("Telefon")] = None
    email: Annotated[Email | None, F("E-mail")] = None
    website: Annotated[Url | None, F("Strona")] = None
    founded_year: Annotated[Year | None, F("Rok założenia")] = None
    registered_on: Annotated[Day | None, F("Data wpisu")] = None
    volunteers: Annotated[Flag | None, F("Przyjmuje wolontariuszy", facet=True)] = None
    description: Annotated[Prose | None, F("Opis", search=3)] = None
