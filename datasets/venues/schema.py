"""A room or hall where an organisation can meet: how many seats, when, for how much, whom to ask."""

from __future__ import annotations

from typing import Annotated

from spojnik.kinds import Area, Count, Day, District, Email, Flag, Phones, PostalCode, Prose, Text, Texts, Url, ref
from spojnik.schema import F, Record


class Venue(Record):
    """Whether a hall can be had at a weekend or without steps is "yes" or unknown; unknown is never "no"."""

    name: Annotated[Text, F("Sala", "Nazwa miejsca i sali.", search=9, maps=("schema:name",))]
    operator: Annotated[
        Text | None, F("Kto udostępnia", "Instytucja albo organizacja, z którą się umawia.", facet=True, search=4)
    ] = None
    operator_organisation: Annotated[
        Annotated[str, ref("organisations")] | None,
        F("Organizacja w spisie", "Wpis organizacji, która udostępnia salę."),
    ] = None
    district: Annotated[District | None, F("Dzielnica", "", facet=True)] = None
    street: Annotated[
        Text | None, F("Ulica i numer", "", "ul. Przykładowa 5", search=3, maps=("schema:address.streetAddress",))
    ] = None
    postal_code: Annotated[PostalCode | None, F("Kod pocztowy", "", maps=("schema:address.postalCode",))] = None
    city: Annotated[Text | None, F("Miejscowość", "", "Kraków", maps=("schema:address.addressLocality",))] = None
    directions: Annotated[Text | None, F("Jak trafić", "Wejście, piętro, punkt orientacyjny.")] = None
    capacity: Annotated[Count | None, F("Liczba miejsc", "", maps=("schema:maximumAttendeeCapacity",))] = None
    area_m2: Annotated[Area | None, F("Powierzchnia", "", maps=("schema:floorSize",))] = None
    equipment: Annotated[Texts | None, F("Wyposażenie", "", "rzutnik", search=3, maps=("schema:amenityFeature",))] = (
        None
    )
    weekend_available: Annotated[
        Flag | None,
        F("W weekend", "Czy bywa dostępna w sobotę lub niedzielę. Brak wpisu znaczy „nie wiemy”.", facet=True),
    ] = None
    step_free: Annotated[Flag | None, F("Wejście bez stopni", "Brak wpisu znaczy „nie wiemy”.", facet=True)] = None
    price: Annotated[Text | None, F("Cena", "Tak, jak podaje źródło.", "bezpłatnie", facet=True)] = None
    hours: Annotated[Text | None, F("Kiedy otwarte", "Słowami, tak jak w źródle.")] = None
    conditions: Annotated[
        Prose | None, F("Warunki i uwagi", "Kto może skorzystać i co trzeba potwierdzić.", search=2)
    ] = None
    phone: Annotated[Phones | None, F("Telefon", "", maps=("schema:telephone",))] = None
    email: Annotated[Email | None, F("E-mail", "", maps=("schema:email",))] = None
    booking_url: Annotated[Url | None, F("Rezerwacja", "Strona z zasadami albo formularzem.", maps=("schema:url",))] = (
        None
    )
    valid_to: Annotated[Day | None, F("Operator do", "Do kiedy sięga umowa z prowadzącym.")] = None
