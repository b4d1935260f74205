"""A call for proposals: money that organisations can apply for. Field names and their order are a public promise."""

from __future__ import annotations

from typing import Annotated

from spojnik.kinds import Day, Flag, Moment, Money, MoneyByYear, Month, Percent, Prose, Text, Texts, Url, choice, ref
from spojnik.schema import F, Record

KIND = choice(
    "call_kind",
    "rodzaj konkursu",
    {
        "otwarty konkurs ofert": "otwarty konkurs ofert",
        "tryb 19a": "małe zlecenie (art. 19a)",
        "program": "program",
        "dotacja": "dotacja",
        "prywatny": "konkurs prywatny",
        "EU": "program Unii Europejskiej",
    },
)
FORM = choice("call_form", "forma zlecenia", ("powierzenie", "wsparcie"))
STATUS = choice("call_status", "stan konkursu", ("zapowiedź", "otwarty", "zamknięty", "rozstrzygnięty", "anulowany"))
PLACE_BASIS = choice(
    "place_basis", "skąd miejsce", {"label": "miejsce podane na stronie", "scope": "obszar, którego dotyczy konkurs"}
)


class Call(Record):
    """The same facts in the same order for every call; what nobody stated is unknown, never assumed."""

    title: Annotated[
        Text,
        F(
            "Tytuł",
            "Nazwa konkursu albo zadania. Rok w nawiasie na końcu dopisaliśmy my.",
            search=9,
            maps=("commongrants:title", "schema:name"),
        ),
    ]
    funder: Annotated[
        Text | None,
        F(
            "Kto daje pieniądze",
            "Urząd, fundacja albo inna instytucja, która ogłasza konkurs.",
            facet=True,
            search=5,
            maps=("commongrants:agency", "schema:funder.name"),
        ),
    ] = None
    unit: Annotated[
        Text | None,
        F(
            "Komórka prowadząca",
            "Wydział albo biuro, które prowadzi konkurs.",
            "Wydział Polityki Społecznej i Zdrowia",
            search=3,
        ),
    ] = None
    kind: Annotated[
        Annotated[str, KIND] | None,
        F("Rodzaj", "Nasz podział: konkurs ofert, małe zlecenie, program albo konkurs prywatny.", facet=True),
    ] = None
    form: Annotated[
        Annotated[str, FORM] | None,
        F(
            "Powierzenie czy wsparcie",
            "Powierzenie pokrywa całość kosztów. Wsparcie pokrywa część, resztę dokłada organizacja.",
            facet=True,
        ),
    ] = None
    area: Annotated[
        Text | None,
        F(
            "Obszar",
            "Czego dotyczy zadanie (nasz podział).",
            "pomoc społeczna",
            facet=True,
            search=5,
            maps=("commongrants:category",),
        ),
    ] = None
    groups: Annotated[
        Texts | None,
        F(
            "Dla kogo",
            "Komu ma pomóc zadanie albo kto może się zgłosić (nasz podział).",
            "seniorzy",
            facet=True,
            search=5,
        ),
    ] = None
    budget_total: Annotated[
        Money | None,
        F(
            "Pula",
            "Ile pieniędzy jest w całym konkursie, w złotych.",
            maps=("commongrants:funding.totalAmountAvailable",),
        ),
    ] = None
    budget_by_year: Annotated[MoneyByYear | None, F("Pula w latach", "Pula rozpisana na kolejne lata.")] = None
    grant_max: Annotated[
        Money | None,
        F(
            "Najwyższa dotacja",
            "Ile najwięcej może dostać jedna oferta, w złotych.",
            maps=("commongrants:funding.maxAwardAmount",),
        ),
    ] = None
    own_share: Annotated[
        Percent | None, F("Wkład własny", "Jaką część kosztów musi pokryć organizacja. Brak wpisu nie znaczy zera.")
    ] = None
    announced_on: Annotated[
        Day | None, F("Ogłoszono", "Dzień ogłoszenia.", maps=("commongrants:keyDates.postDate",))
    ] = None
    deadline: Annotated[
        Moment | None,
        F(
            "Termin",
            "Do kiedy trzeba złożyć ofertę; z godziną, jeśli jest podana.",
            maps=("commongrants:keyDates.closeDate",),
        ),
    ] = None
    task_from: Annotated[Day | None, F("Zadanie od", "Pierwszy dzień realizacji zadania.")] = None
    task_to: Annotated[Day | None, F("Zadanie do", "Ostatni dzień realizacji zadania.")] = None
    place: Annotated[
        Text | None,
        F(
            "Miejsce",
            "Gdzie ma się odbywać zadanie albo jakiego obszaru dotyczy konkurs.",
            "Kraków",
            facet=True,
            search=2,
        ),
    ] = None
    how_to_apply: Annotated[Text | None, F("Jak złożyć ofertę", "Papier, generator albo e-mail.", "generator eNGO")] = (
        None
    )
    contact: Annotated[
        Text | None, F("Kontakt", "Urząd, pokój, telefon albo skrzynka urzędowa. Nigdy osoba prywatna.")
    ] = None
    results_on: Annotated[Day | None, F("Wyniki", "Kiedy ogłoszono wyniki albo kiedy mają być.")] = None
    prevention: Annotated[
        Flag | None,
        F("Profilaktyka", "Czy to pieniądze na zapobieganie problemom (nasza ocena z treści konkursu).", facet=True),
    ] = None
    status: Annotated[
        Annotated[str, STATUS] | None,
        F("Stan według źródła", "Słowo ze strony konkursu. To, czy konkurs trwa dziś, liczymy z dat."),
    ] = None
    cancelled_on: Annotated[Day | None, F("Odwołano", "Dzień odwołania konkursu.")] = None
    expected_month: Annotated[Month | None, F("Spodziewany miesiąc", "W którym miesiącu zapowiedziano nabór.")] = None
    source_id: Annotated[
        Text | None,
        F("Numer w źródle", "Numer strony w serwisie, z którego pochodzi wpis.", "news_id=226915", form=False),
    ] = None
    note: Annotated[Prose | None, F("Uwagi", "Szczegóły, których nie mieszczą inne pola.", search=1)] = None
    url: Annotated[
        Url | None, F("Strona konkursu", "Tu jest pełne ogłoszenie.", maps=("commongrants:source", "schema:url"))
    ] = None
    funder_organisation: Annotated[
        Annotated[str, ref("organisations")] | None,
        F("Organizacja ogłaszająca", "Wpis organizacji, gdy konkurs ogłasza organizacja z naszego spisu."),
    ] = None
    place_basis: Annotated[
        Annotated[str, PLACE_BASIS] | None,
        F("Skąd znamy miejsce", "Czy miejsce było podane na stronie, czy wynika z zasięgu konkursu.", form=False),
    ] = None
