"""Whole sentences: what a reviewed phrase explains is their point, the rest neither leads astray nor is corrected."""

import pytest

from spojnik.search import build_index
from spojnik.search.index import ENTRY
from tests.search.samples import DOCS, ask, doc, found

PHRASES = {
    "się wykąp*": ["łaźnia"],
    "komornik": ["porada prawna"],
    "~nie daję rady | ~szukać pomocy": ["telefon zaufania"],
    "my kid": ["zabawa"],
}
RECORDS = (
    *DOCS,
    doc("laznia", "Łaźnia", "Kąpiel dla każdego."),
    doc("raport", "Raport", "Trzeba wykazać dochód z konta."),
    doc("prawnik", "Porada prawna", "Dla każdego."),
    doc("telefon", "Telefon zaufania", "Całą dobę."),
    doc("chorzy", "Opiekujemy się chorymi", "W domu."),
    doc("gotowanie", "Gotowanie", "Posiłki razem."),
    doc("dzieci", "Zabawa", "Każde dziecko."),
)


@pytest.fixture(scope="module")
def index() -> dict[str, bytes]:
    return dict(build_index(RECORDS, PHRASES, None))


def test_a_word_that_a_phrase_explains_is_not_corrected(index: dict[str, bytes]) -> None:
    answer = ask(index, "gdzie się wykąpać")
    assert answer.corrected == () and [hit.title for hit in answer.hits] == ["Łaźnia"]
    assert ask(index, "wykąpać").corrected == (("wykąpać", "wykazać"),), "alone it is only like another word"


def test_what_is_ignored_is_shown_as_typed(index: dict[str, bytes]) -> None:
    assert ask(index, "Łaźnia żółwiówka").ignored == ("żółwiówka",)


def test_the_point_of_a_sentence_before_its_chance_words(index: dict[str, bytes]) -> None:
    assert found(index, "komornik zabrał mi wszystko z konta")[0] == "prawnik"
    assert found(index, "konto dochód")[0] == "raport", "a phrase means its words"


@pytest.mark.parametrize("typed", ["opiekowałem się chorym", "opiekowałyśmy się chorymi", "opiekowałabym się chorą"])
def test_verbs_that_somebody_says_of_himself(index: dict[str, bytes], typed: str) -> None:
    assert found(index, typed) == ["chorzy"]
    assert ask(index, typed).corrected == ()


def test_an_ending_is_cut_from_verbs_only(index: dict[str, bytes]) -> None:
    assert not ask(index, "problem").hits, 'no "probl"'


def test_english_words_are_not_guessed_to_be_polish(index: dict[str, bytes]) -> None:
    answer = ask(index, "where can i go with my kid")
    assert [hit.title for hit in answer.hits] == ["Zabawa"] and answer.ignored == ("where", "go")
    assert found(index, "go") == ["gotowanie"], "in Polish it begins a word"


def test_a_vague_phrase_counts_alone(index: dict[str, bytes]) -> None:
    assert found(index, "nie daję rady") == ["telefon"]
    assert found(index, "komornik, nie daję rady") == ["prawnik"]


def test_many_phrases_cost_the_first_file_nothing(index: dict[str, bytes]) -> None:
    many = dict(build_index(RECORDS, {**PHRASES, **{f"słowo{at} drugie": ["łaźnia"] for at in range(500)}}, None))
    assert len(many[ENTRY]) - len(index[ENTRY]) < 40
    assert found(many, "słowo7 drugie") == ["laznia"]
