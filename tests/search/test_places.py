"""A street with the number of a house is one thing; what kind of place a name has is not asked for alone."""

import pytest

from spojnik.search import Doc
from tests.search.samples import doc, files, found

ADDRESSES = {
    "dom": "ul. Wielopole 17a",
    "sklep": "ul. Wielopole 3",
    "szkola": "os. Szkolne 20",
    "swietlica": "os. Szkolne 27",
    "klub": "ul. Długa 17/9",
    "targ": "pl. Na Stawach 1",
    "dwor": "Bieżanów",
}
OTHERS = {
    "zajecia": "Zajęcia szkolne dla 20 dzieci, ul. Meissnera 20",
    "dlug": "Długotrwale bezrobotni, 17 porad",
    "stawiarz": "Stawiamy na place zabaw",
    "rada": "Rada dzielnicy 17",
}


def index() -> dict[str, bytes]:
    many = [doc(f"inny{at}", f"Inny {at}", f"ul. Krótka {at}") for at in range(40)]
    named = [doc(key, key.capitalize(), text) for key, text in (ADDRESSES | OTHERS).items()]
    return files([*named, *many])


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("Wielopole 17", ["dom"]),
        ("ul. Wielopole 17a", ["dom"]),
        ("Wielopole 3", ["sklep"]),
        ("osiedle Szkolne 20", ["szkola"]),
        ("os. Szkolne 27", ["swietlica"]),
        ("Długa 17/9", ["klub"]),
        ("plac Na Stawach", ["targ"]),
        ("ulica Długa", ["klub"]),
        ("dzielnica Bieżanów", ["dwor"]),
    ],
)
def test_an_address_and_nothing_else(typed: str, wanted: list[str]) -> None:
    assert found(index(), typed) == wanted


def test_a_number_that_a_street_lacks_leaves_the_street() -> None:
    assert set(found(index(), "Wielopole 99")) == {"dom", "sklep"}
    assert set(found(index(), "Wielopole 20")) == {"dom", "sklep"}


def test_a_number_of_years_is_no_house() -> None:
    docs = [doc("trzy", "Zajęcia dla dzieci do lat 3"), doc("lata", "Lata szkolne dzieci"), *_fillers()]
    assert found(files(docs), "zajęcia dla dzieci do lat 3")[0] == "trzy"


def test_the_kind_of_a_place_is_a_word_where_it_names_nothing() -> None:
    assert found(index(), "rada dzielnicy") == ["rada"]


def test_part_of_a_query_is_shown_only_near_the_best() -> None:
    docs = [
        doc("caly", "Fundusze norweskie", "Fundusze norweskie dla organizacji."),
        doc("czesc", "Klub", "Czasem bywa tu jakiś fundusz wśród wielu innych spraw i rzeczy, o których tu mowa."),
        *_fillers(),
    ]
    assert found(files(docs), "fundusze norweskie") == ["caly"]


def test_few_whole_answers_are_joined_by_near_ones() -> None:
    docs = [
        doc("whole", "Bezpłatna pomoc psychologiczna"),
        doc("near", "Bezpłatne konsultacje psychologiczne"),
        *(doc(f"pomoc{at}", "Pomoc") for at in range(9)),
        *_fillers(),
    ]
    assert found(files(docs), "bezpłatna pomoc psychologiczna") == ["whole", "near"]


def _fillers() -> list[Doc]:
    return [doc(f"inny{at}", f"Inny {at}") for at in range(40)]
