"""Municipal premises to let: what was offered, on what terms, and how it ended."""

from __future__ import annotations

from typing import Annotated

from spojnik.kinds import Area, Count, Day, District, Flag, Moment, Money, Prose, Text, Texts, Url, choice
from spojnik.schema import F, Record

KIND = choice("premises_kind", "co to jest", {"oferta": "oferta najmu", "wynik": "wynik postępowania"})


class Premises(Record):
    """One proceeding about one place: the same address may return in later years as another record."""

    title: Annotated[
        Text, F("Lokal", "Adres lokalu, a gdy go nie znamy, krótki opis.", search=9, maps=("schema:name",))
    ]
    kind: Annotated[
        Annotated[str, KIND] | None,
        F("Oferta czy wynik", "Czy wpis mówi o ofercie, czy o tym, jak się skończyło.", facet=True),
    ] = None
    address: Annotated[
        Text | None,
        F(
            "Adres",
            "Ulica i numer albo nazwa miejsca.",
            "ul. Przykładowa 5",
            search=8,
            maps=("schema:address.streetAddress",),
        ),
    ] = None
    district: Annotated[
        District | None, F("Dzielnica", "Dzielnica wyznaczona z ulicy, dopóki ktoś jej nie potwierdzi.", facet=True)
    ] = None
    area_m2: Annotated[Area | None, F("Powierzchnia", "W metrach kwadratowych.", maps=("schema:floorSize",))] = None
    floor: Annotated[Text | None, F("Piętro", "", "parter")] = None
    rooms: Annotated[Text | None, F("Pomieszczenia", "Układ i wielkość pokoi.")] = None
    utilities: Annotated[Texts | None, F("Instalacje", "Prąd, woda, ogrzewanie, gaz.", "instalacja elektryczna")] = None
    condition: Annotated[Prose | None, F("Stan lokalu", "Co trzeba naprawić, co jest na miejscu.", search=1)] = None
    rent_pln_m2: Annotated[
        Money | None, F("Stawka wywoławcza za m²", "Od jakiej kwoty netto za metr zaczyna się licytacja albo najem.")
    ] = None
    rent_note: Annotated[Text | None, F("Uwagi o czynszu", "VAT, dopłaty, dotacje, bonifikaty.")] = None
    deposit_pln: Annotated[Money | None, F("Wadium", "Ile trzeba wpłacić, żeby stanąć do przetargu.")] = None
    procedure: Annotated[
        Text | None,
        F("Tryb", "Aukcja, przetarg, konkurs albo najem bez przetargu.", "aukcja ustna", facet=True, search=2),
    ] = None
    for_ngo: Annotated[
        Flag | None,
        F("Dla organizacji", "Czy o lokal mogły starać się organizacje. Brak wpisu nie znaczy „nie”.", facet=True),
    ] = None
    purpose_limits: Annotated[Prose | None, F("Przeznaczenie", "Na co wolno wykorzystać lokal.", search=2)] = None
    list_number: Annotated[Text | None, F("Numer w wykazie", "Ten numer podaje się w tytule wpłaty wadium.")] = None
    viewing: Annotated[Text | None, F("Oglądanie lokalu", "Kiedy można obejrzeć lokal.")] = None
    bid_deadline: Annotated[Moment | None, F("Termin zgłoszeń", "Do kiedy składa się oferty albo wnioski.")] = None
    auction_at: Annotated[Moment | None, F("Aukcja", "Dzień aukcji albo przetargu.")] = None
    result: Annotated[Prose | None, F("Wynik", "Jak się skończyło. Nazwisk nie podajemy.", search=1)] = None
    result_rate_pln_m2: Annotated[Money | None, F("Stawka po licytacji za m²", "Kwota netto za metr.")] = None
    bidders: Annotated[Count | None, F("Liczba zgłoszeń", "Ilu chętnych stanęło do postępowania.")] = None
    owner_unit: Annotated[
        Text | None, F("Kto wynajmuje", "Jednostka miasta, która prowadzi sprawę.", facet=True, search=2)
    ] = None
    act_number: Annotated[Text | None, F("Numer aktu", "Zarządzenie albo uchwała.")] = None
    act_date: Annotated[Day | None, F("Data aktu", "")] = None
    summary: Annotated[
        Prose | None, F("Opis", "Jedno zdanie o tym, co się działo.", search=3, maps=("schema:description",))
    ] = None
    url: Annotated[Url | None, F("Strona ogłoszenia", "Tu jest pełna treść.", maps=("schema:url",))] = None
