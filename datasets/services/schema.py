"""A service that helps people: what it gives, to whom, on what conditions, how to reach it tonight."""

from __future__ import annotations

from typing import Annotated

from spojnik.kinds import (
    Day,
    District,
    Email,
    Flag,
    Hours,
    Languages,
    Phones,
    PostalCode,
    Prose,
    Text,
    Texts,
    Url,
    choice,
    many,
    ref,
)
from spojnik.schema import F, Record

NEED = choice(
    "need",
    "potrzeba",
    (
        "nocleg",
        "jedzenie",
        "ubranie i higiena",
        "zdrowie",
        "zdrowie psychiczne",
        "uzależnienia",
        "prawo",
        "pieniądze",
        "mieszkanie",
        "praca",
        "rodzina i dzieci",
        "przemoc",
        "niepełnosprawność",
        "starość",
        "cudzoziemcy",
        "wyjście z więzienia",
        "informacja",
        "kryzys",
    ),
)
GROUP = choice(
    "group",
    "grupa",
    (
        "osoby bezdomne",
        "osoby ubogie",
        "dzieci",
        "młodzież",
        "rodziny",
        "samotni rodzice",
        "kobiety w ciąży",
        "seniorzy",
        "osoby z niepełnosprawnościami",
        "opiekunowie",
        "osoby chore",
        "osoby chorujące psychicznie",
        "osoby uzależnione",
        "osoby doznające przemocy",
        "pokrzywdzeni przestępstwem",
        "cudzoziemcy i uchodźcy",
        "osoby po zakładach karnych",
        "osoby bez pracy",
        "osoby LGBT+",
        "osoby w kryzysie",
        "organizacje i mieszkańcy",
    ),
)


class Service(Record):
    """Unknown is never "no": a missing condition means that nobody told us, not that there is none."""

    name: Annotated[
        Text,
        F("Nazwa", "Jak nazywa się to miejsce albo ta pomoc.", search=9, maps=("hsds:service.name", "schema:name")),
    ]
    need: Annotated[
        Annotated[list[str], many(NEED)] | None,
        F(
            "Na co pomaga",
            "W jakiej potrzebie pomaga (nasz podział).",
            facet=True,
            search=6,
            maps=("hsds:service_taxonomy",),
        ),
    ] = None
    kind: Annotated[
        Text | None,
        F(
            "Rodzaj",
            "Jak nazywa się taka placówka albo usługa.",
            "jadłodajnia",
            facet=True,
            search=7,
            maps=("schema:serviceType",),
        ),
    ] = None
    groups: Annotated[
        Annotated[list[str], many(GROUP)] | None,
        F("Dla kogo", "Grupy według naszego podziału.", facet=True, search=5, maps=("schema:audience",)),
    ] = None
    target_groups: Annotated[
        Texts | None, F("Dla kogo dokładnie", "Grupy tak, jak opisano je w źródłach.", "bezdomne kobiety", search=4)
    ] = None
    provider: Annotated[
        Annotated[str, ref("organisations")] | None,
        F("Organizacja w spisie", "Wpis organizacji, która prowadzi tę pomoc.", maps=("hsds:service.organization_id",)),
    ] = None
    provider_name: Annotated[
        Text | None, F("Kto prowadzi", "Nazwa tak, jak w źródle.", search=4, maps=("schema:provider.name",))
    ] = None
    eligibility: Annotated[
        Prose | None,
        F("Kto może przyjść", "Warunki przyjęcia.", search=3, maps=("hsds:service.eligibility_description",)),
    ] = None
    requires_referral: Annotated[
        Flag | None,
        F(
            "Potrzebne skierowanie",
            "Czy trzeba mieć skierowanie albo decyzję. Brak wpisu znaczy „nie wiemy”.",
            facet=True,
        ),
    ] = None
    free: Annotated[
        Flag | None,
        F(
            "Bezpłatnie",
            "Czy pomoc nic nie kosztuje. Brak wpisu znaczy „nie wiemy”.",
            facet=True,
            maps=("schema:isAccessibleForFree",),
        ),
    ] = None
    cost: Annotated[
        Text | None, F("Koszt", "Ile się płaci i od czego to zależy.", maps=("hsds:service.fees_description",))
    ] = None
    sobriety_required: Annotated[Flag | None, F("Wymagana trzeźwość", "Brak wpisu znaczy „nie wiemy”.", facet=True)] = (
        None
    )
    documents: Annotated[
        Texts | None,
        F("Co zabrać", "Dokumenty, o które mogą zapytać.", "dowód osobisty", maps=("hsds:required_document.document",)),
    ] = None
    languages: Annotated[
        Languages | None, F("Języki", "W jakich językach można się dogadać.", facet=True, maps=("hsds:language.code",))
    ] = None
    district: Annotated[District | None, F("Dzielnica", "Gdzie to jest.", facet=True)] = None
    street: Annotated[
        Text | None,
        F(
            "Ulica i numer",
            "Adresu schronienia dla osób doznających przemocy nie podajemy.",
            "ul. Przykładowa 5",
            search=2,
            maps=("hsds:address.address_1",),
        ),
    ] = None
    postal_code: Annotated[PostalCode | None, F("Kod pocztowy", "", maps=("hsds:address.postal_code",))] = None
    city: Annotated[Text | None, F("Miejscowość", "", "Kraków", maps=("hsds:address.city",))] = None
    phone: Annotated[
        Phones | None,
        F("Telefon", "Numer placówki. Każdy numer w osobnej linii.", maps=("hsds:phone.number", "schema:telephone")),
    ] = None
    email: Annotated[Email | None, F("E-mail", "Skrzynka placówki, nie osoby.", maps=("hsds:service.email",))] = None
    website: Annotated[Url | None, F("Strona internetowa", "", maps=("hsds:service.url",))] = None
    opening_hours: Annotated[Hours | None, F("Godziny", "W zapisie OpenStreetMap.", maps=("schema:openingHours",))] = (
        None
    )
    step_free: Annotated[
        Flag | None, F("Wejście bez stopni", "Brak wpisu znaczy „nie wiemy”.", facet=True, maps=("hsds:accessibility",))
    ] = None
    valid_from: Annotated[Day | None, F("Działa od", "", maps=("hsds:schedule.valid_from",))] = None
    valid_to: Annotated[
        Day | None, F("Działa do", "Do kiedy sięga umowa, projekt albo sezon.", maps=("hsds:schedule.valid_to",))
    ] = None
    sheltered: Annotated[
        Flag | None, F("Miejsce schronienia", "Takie miejsce nie ma u nas adresu, dzielnicy ani godzin.", form=False)
    ] = None
    note: Annotated[Prose | None, F("Uwagi", "Co trzeba wiedzieć, zanim się tam pójdzie.", form=False)] = None
