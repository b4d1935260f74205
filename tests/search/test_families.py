"""Word families: what a root joins and what it must not, also for words that no record uses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spojnik.search.roots import Roots
from spojnik.search.terms import rooted
from spojnik.search.text import fold
from tests.search.samples import ask, doc, files, found

ROOTS = Roots()


def kin(first: str, second: str) -> bool:
    return not set(ROOTS.of(first)).isdisjoint(ROOTS.of(second))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("nocleg", "noclegownia"),
        ("mediator", "mediacja"),
        ("wychowywac", "wychowanie"),
        ("zywic", "zywnosc"),
        ("ogrzac", "ogrzewalnia"),
        ("hospicyjny", "hospicjum"),
        ("stypendysta", "stypendium"),
        ("oplata", "oplacac"),
        ("adoptowac", "adopcja"),
        ("niemiecki", "niemcy"),
        ("zglosic", "zglaszac"),
        ("zamowienie", "zamawiac"),
        ("czlowieczenstwo", "czlowiek"),
        ("slowacki", "slowak"),
        ("harcerski", "harcerz"),
        ("posilkowy", "posilek"),
        ("kulturoznawca", "kultura"),
        ("aktywizacja", "aktywny"),
        ("tworca", "tworzyc"),
        ("streetworker", "streetworking"),
        ("doradztwo", "doradca"),
        ("tradycjonalista", "tradycja"),
    ],
)
def test_one_root(first: str, second: str) -> None:
    assert kin(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("praca", "pracownia"),
        ("fundacja", "fundusz"),
        ("szkola", "szkolenie"),
        ("lokal", "lokalny"),
        ("chor", "chory"),
        ("mediacja", "media"),
        ("organizacja", "organ"),
        ("srodek", "srodowisko"),
        ("brat", "bracki"),
        ("piekny", "piekarz"),
        ("publiczny", "publikowac"),
        ("parafia", "para"),
        ("rakieta", "rak"),
        ("2016", "2017"),
        ("dom", "domyslny"),
        ("kielce", "kielich"),
        ("kielce", "kiele"),
    ],
)
def test_strangers(first: str, second: str) -> None:
    assert not kin(first, second)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("mediatorem", "mediacja"),
        ("stypendialny", "stypendium"),
        ("wychowywać", "wychowanie"),
        ("zgłaszający", "zgloszenie"),
        ("urzędniczka", "urzad"),
    ],
)
def test_a_word_that_no_record_uses_finds_its_family(typed: str, wanted: str) -> None:
    titles = {
        "mediacja": "Mediacje",
        "stypendium": "Stypendium",
        "wychowanie": "Wychowanie",
        "zgloszenie": "Zgłoszenia",
        "urzad": "Urząd",
    }
    assert found(files([doc(key, title) for key, title in titles.items()]), typed) == [wanted]


@pytest.mark.parametrize(
    ("typed", "rest", "wanted"),
    [
        ("fizjoterapeuta", "terapeuta", ["terapia"]),
        ("antydyskryminacyjny", "dyskryminacyjny", ["dyskryminacja"]),
    ],
)
def test_a_word_that_nothing_explains_is_read_without_its_prefix(typed: str, rest: str, wanted: list[str]) -> None:
    docs = [doc("terapia", "Terapia"), doc("dyskryminacja", "Dyskryminacja")]
    answer = ask(files(docs), typed)
    assert answer.corrected == ((fold(typed), rest),)
    assert found(files(docs), typed) == wanted


def test_a_typing_error_in_a_family_means_its_nearest_word() -> None:
    docs = [doc("mlodziez", "Młodzież"), doc("mlody", "Młody")]
    answer = ask(files(docs), "mlodizez")
    assert answer.corrected == (("mlodizez", "Młodzież"),)
    assert [hit.title for hit in answer.hits] == ["Młodzież", "Młody"]


def test_a_rare_relative_in_a_title_comes_after_the_word_itself() -> None:
    many = [*(doc(f"nocleg{at}", f"Klub {at}", "Nocleg") for at in range(60)), doc("rare", "Noclegownia")]
    assert "rare" not in found(files(many), "nocleg")


def test_the_word_itself_before_its_family() -> None:
    docs = [doc("noclegownia", "Noclegownia"), doc("nocleg", "Nocleg")]
    assert found(files(docs), "nocleg") == ["nocleg", "noclegownia"]
    assert found(files(docs), "noclegownia") == ["noclegownia", "nocleg"]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("rzłobek", "zlobek"),
        ("hospicium", "hospicjum"),
        ("chospicjum", "hospicjum"),
        ("młodzierz", "mlodziez"),
        ("spułdzielńja", "spoldzielnia"),
        ("ksiengarnia", "ksiegarnia"),
        ("uchoćca", "uchodzca"),
        ("alkocholizm", "alkohol"),
    ],
)
def test_a_word_spelled_as_it_sounds(typed: str, wanted: str) -> None:
    titles = "Żłobek Hospicjum Młodzież Spółdzielnia Księgarnia Uchodźca Alkohol Rzeka Chorągiew".split()
    keys = "zlobek hospicjum mlodziez spoldzielnia ksiegarnia uchodzca alkohol rzeka choragiew".split()
    docs = [doc(key, title) for key, title in zip(keys, titles, strict=True)]
    assert found(files(docs), typed) == [wanted]


@given(st.text("aeioskcrzłжü19-", min_size=1, max_size=12).map(fold))
def test_whether_a_word_has_roots_is_seen_without_finding_them(word: str) -> None:
    assert rooted(word) == bool(ROOTS.of(word))
    assert not rooted(f"{word}1")
