"""The eighteen demands of 2011 and what this site answers to each."""

from __future__ import annotations

from typing import Annotated

from spojnik.kinds import Count, Pages, Prose, Text, Texts, choice
from spojnik.schema import F, Record

STATE = choice("postulate_state", "stan", ("odpowiedź jest", "częściowo", "brak danych"))


class Postulate(Record):
    """A demand keeps its page until it is answered; the state is about data here, not about the city's merit."""

    title: Annotated[Text, F("Postulat", "Nasze streszczenie.", search=9)]
    number: Annotated[Count, F("Numer", "Numer na liście z 2011 roku.")]
    demand: Annotated[Prose, F("Czego żądano", "Treść postulatu naszymi słowami.", search=5)]
    state: Annotated[Annotated[str, STATE] | None, F("Stan", "Czy serwis ma na to odpowiedź.", facet=True)] = None
    answer: Annotated[Prose | None, F("Co daje serwis", "", search=3)] = None
    pages: Annotated[Pages | None, F("Strony", "Adresy stron serwisu z dowodem.", "/konkursy/", form=False)] = None
    missing: Annotated[Prose | None, F("Czego brakuje", "Jakiego źródła nie mamy.", search=1)] = None
    holder: Annotated[Texts | None, F("Kto to ma", "Kto prowadzi brakujące dane.", facet=True)] = None
