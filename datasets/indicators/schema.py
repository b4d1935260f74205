"""One number about exclusion or the third sector: what, where, when, who counted it."""

from __future__ import annotations

from typing import Annotated

from spojnik.kinds import Number, Prose, Text, Url, Year, choice
from spojnik.schema import F, Record

SCOPE = choice(
    "scope", "obszar", ("Kraków", "powiat krakowski", "województwo małopolskie", "archidiecezja krakowska", "Polska")
)


class Indicator(Record):
    """Tidy form: one value a record; a series is the records of one indicator, scope and unit."""

    title: Annotated[Text, F("Tytuł", "Wskaźnik, obszar i rok.", search=7, maps=("schema:name",))]
    indicator: Annotated[
        Text, F("Wskaźnik", "Co policzono.", "osoby bezdomne", search=9, facet=True, maps=("schema:variableMeasured",))
    ]
    topic: Annotated[Text | None, F("Temat", "Nasz podział.", "bezdomność", facet=True, search=4)] = None
    scope: Annotated[
        Annotated[str, SCOPE] | None,
        F("Obszar", "Jakiego terenu dotyczy liczba.", facet=True, maps=("schema:spatialCoverage",)),
    ] = None
    year: Annotated[Year | None, F("Rok", "", facet=True, maps=("schema:temporalCoverage",))] = None
    period: Annotated[
        Text | None, F("Dokładniej", "Dzień, miesiąc albo zastrzeżenie do liczby.", "noc 28/29 lutego 2024")
    ] = None
    value: Annotated[Number, F("Wartość", "", maps=("schema:value",))]
    unit: Annotated[Text | None, F("Jednostka", "", "osoby", maps=("schema:unitText",))] = None
    publisher: Annotated[
        Text | None, F("Kto podał", "Badanie, urząd albo organizacja, od której pochodzi liczba.", facet=True, search=2)
    ] = None
    method: Annotated[Prose | None, F("Metoda", "Jak policzono.", form=False)] = None
    variable_id: Annotated[Text | None, F("Numer zmiennej", "Numer w Banku Danych Lokalnych.", "60270", form=False)] = (
        None
    )
    url: Annotated[Url | None, F("Strona źródłowa", "")] = None
