"""What people type and what they must find, each with a neighbour that they must not find."""

import pytest

from spojnik.search import build_index
from tests.search.samples import DOCS, ask, doc, files, found


@pytest.fixture(scope="module")
def index() -> dict[str, bytes]:
    return files()


@pytest.mark.parametrize(
    ("typed", "wanted", "unwanted"),
    [
        ("swietlica", {"swietlica", "swietlice"}, {"apteka"}),
        ("świetlicami", {"swietlica", "swietlice"}, {"dom"}),
        ("ŚWIETLIC", {"swietlica", "swietlice"}, {"dom"}),
        ("lodz", {"lodz"}, {"lek"}),
        ("swietlca", {"swietlica", "swietlice"}, {"dom"}),
        ("swietlca dla mlodziezy", {"swietlica"}, {"swietlice"}),
        ("przytulsiko", {"przytulisko"}, {"kryzys"}),
        ("bezdomność", {"kryzys", "przytulisko"}, {"dom"}),
        ("bezdomny", {"kryzys", "przytulisko"}, {"dom"}),
        ("wolontariusz", {"wiosna", "wolontariat"}, {"caritas"}),
        ("wolont", {"wiosna", "wolontariat"}, {"caritas"}),
        ("nowa huta", {"swietlice"}, {"nowy"}),
        ("w Podgórzu", {"swietlica"}, {"swietlice"}),
        ("gdzie jest apteka", {"apteka"}, {"dom"}),
        ("nie mam na leki", {"apteka"}, {"naprawy"}),
        ("zlota raczka", {"naprawy"}, {"apteka"}),
        ("volunteering", {"wiosna", "wolontariat"}, {"caritas"}),
        ("безпритульним", {"przytulisko"}, {"dom"}),
    ],
)
def test_finds(index: dict[str, bytes], typed: str, wanted: set[str], unwanted: set[str]) -> None:
    hits = set(found(index, typed))
    assert wanted <= hits
    assert not unwanted & hits


def test_mothers_find_their_house_first(index: dict[str, bytes]) -> None:
    assert found(index, "mieszkania dla samotnych matek")[0] == "dom"


@pytest.mark.parametrize(
    "typed",
    ["0000207658", "KRS 207658", "krs: 0000207658", "676-111-92-84", "676 111 92 84", "NIP 6761119284", "0000207"],
)
def test_identifiers_in_any_spelling(index: dict[str, bytes], typed: str) -> None:
    assert found(index, typed) == ["caritas"]


@pytest.mark.parametrize("typed", ["12 637 07 12", "+48 12 637 07 12", "126370712", "tel. 12/637-07-12"])
def test_phones_in_any_spelling(index: dict[str, bytes], typed: str) -> None:
    assert found(index, typed) == ["przytulisko"]


def test_a_number_nobody_has_finds_nobody(index: dict[str, bytes]) -> None:
    assert found(index, "KRS 0000999999") == []


def test_open_before_closed(index: dict[str, bytes]) -> None:
    assert found(index, "konkurs na prowadzenie żłobka") == ["nowy", "stary"]
    assert found(files([*DOCS, doc("zlobek", "Żłobek", state="gone")]), "żłobek")[-1] != "nowy"


def test_titles_before_texts(index: dict[str, bytes]) -> None:
    docs = [doc("w-tekscie", "Klub", "Czasem bywa tu jadłodajnia."), doc("w-tytule", "Jadłodajnia", "Klub.")]
    assert found(files(docs), "jadłodajnia") == ["w-tytule", "w-tekscie"]
    assert found(files(docs), "klub") == ["w-tekscie", "w-tytule"]


def test_neighbours_in_a_title_before_scattered_words() -> None:
    docs = [
        doc("a", "Bank krwi i dary żywności", "Magazyn."),
        doc("b", "Bank żywności i dary krwi", "Magazyn."),
    ]
    assert found(files(docs), "bank żywności")[0] == "b"
    assert found(files(docs), "bank krwi")[0] == "a"


def test_what_every_page_tells_is_not_searched_for() -> None:
    docs = [doc("schronisko", "Schronisko"), doc("lokal", "Lokal", "Adres nie jest podany.")]
    assert found(files(docs), "adres schroniska") == ["schronisko"]
    assert found(files(docs), "adres") == ["lokal"]


def test_a_thing_and_who_uses_it_are_a_family() -> None:
    docs = [doc("rower", "Miasto rowerów"), doc("gitara", "Gitary")]
    assert found(files(docs), "rowerzysta") == ["rower"]
    assert found(files(docs), "gitarzysta") == ["gitara"]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("szkolimy", "szkolenie"),
        ("szkolić", "szkolenie"),
        ("szkół", "szkola"),
        ("wynajmować", "wynajem"),
    ],
)
def test_what_somebody_does_is_a_form_of_the_noun_that_names_it(typed: str, wanted: str) -> None:
    docs = [doc("szkolenie", "Szkolenie"), doc("szkola", "Szkoła"), doc("wynajem", "Wynajmowanie sal")]
    assert found(files(docs), typed) == [wanted]


def test_a_verb_that_records_use_stays_a_word_of_its_own() -> None:
    docs = [doc("my", "Szkolimy seniorów"), doc("oni", "Szkolenie")]
    assert found(files(docs), "szkolimy")[0] == "my"


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("demokratyczny", "demokracja"),
        ("dyskutować", "dyskusja"),
        ("eksmitować", "eksmisja"),
        ("dzierżawca", "dzierzawa"),
        ("bezrobocie", "bezrobotny"),
        ("sąsiedzi", "sasiad"),
        ("turystyczny", "rajd"),
    ],
)
def test_a_change_of_letters_keeps_a_family_together(typed: str, wanted: str) -> None:
    titles = {
        "demokracja": "Demokracja",
        "dyskusja": "Dyskusja",
        "eksmisja": "Eksmisja",
        "dzierzawa": "Dzierżawa",
        "bezrobotny": "Bezrobotni",
        "sasiad": "Sąsiad",
        "rajd": "Rajd turystyczno-sportowy",
        "obcy": "Dyskoteka, misja, robota, towar, sąd",
    }
    assert found(files([doc(key, title) for key, title in titles.items()]), typed) == [wanted]


def test_a_word_that_records_use_is_explained_by_its_kin_only() -> None:
    synonyms = {"Rom": ["romski", "mniejszość etniczna"], "oset": ["romski", "mniejszość etniczna"]}
    docs = [doc("romowie", "Romowie"), doc("romski", "Klub romski"), doc("lemko", "Mniejszość etniczna: Łemkowie")]
    index = dict(build_index(docs, synonyms, None))
    assert set(found(index, "Romowie")) == {"romowie", "romski"}
    assert set(found(index, "oset")) == {"romski", "lemko"}, "what no record says is explained by all"


def test_a_phrase_before_one_of_its_words() -> None:
    docs = [*(doc(f"praca{at}", f"Praca {at}") for at in range(9)), doc("urzad", "Urząd Pracy"), doc("inny", "Urząd")]
    index = dict(build_index(docs, {"szukam pracy": ["praca", "urząd praca"]}, None))
    assert found(index, "szukam pracy")[0] == "urzad"
    assert "inny" not in found(index, "szukam pracy")


def test_a_phrase_may_say_which_dataset_comes_first() -> None:
    docs = [
        doc("proby", "Sala prób", "Sala na próby."),
        doc("konkurs", "Próby i sala, konkurs", dataset="calls"),
        doc("inny", "Inny", dataset="calls"),
    ]
    index = dict(build_index(docs, {"salka na": ["sala", "@calls", "@nothing"], "próby": ["@calls"]}, None))
    assert found(index, "salka na próby") == ["konkurs", "proby"], "a dataset finds nothing and hides nothing"
    assert found(index, "sala próby") == ["proby", "konkurs"], "only where the phrase asks for it"


def test_who_asks_for_whom_is_not_what_is_asked_for() -> None:
    docs = [doc("hospicjum", "Hospicjum"), doc("projekt", "Promocja", "Film: moja mama.")]
    assert found(files(docs), "mama hospicjum") == ["hospicjum"]
    assert found(files(docs), "mama") == ["projekt"]


@pytest.mark.parametrize(
    ("typed", "first", "all_of_them"),
    [
        ("ile osób bezdomnych", "liczba", {"liczba", "schronisko"}),
        ("odsetek osób bezdomnych", "liczba", {"liczba", "schronisko"}),
        ("gdzie mogą iść osoby bezdomne", "schronisko", {"schronisko"}),
        ("bezdomność", "liczba", {"liczba", "schronisko"}),
        ("gdzie jest noclegownia", "nocleg", {"nocleg"}),
    ],
)
def test_counts_answer_how_many_and_not_where(typed: str, first: str, all_of_them: set[str]) -> None:
    docs = [
        doc("schronisko", "Osoby bezdomne: schronisko", "Osoby bezdomne.", state="open"),
        doc("liczba", "Osoby bezdomne, bezdomność")._replace(dataset="calls", counted=True),
        doc("nocleg", "Noclegownie, liczba")._replace(dataset="calls", counted=True),
    ]
    hits = found(files(docs), typed)
    assert (hits[0], set(hits)) == (first, all_of_them)


def test_words_that_only_ask_are_no_everyday_phrase() -> None:
    docs = [doc("albert", "Brat Albert"), doc("paczka", "Szlachetna Paczka")]
    index = dict(build_index(docs, {"święta": ["szlachetna paczka"]}, None))
    assert found(index, "święty brat Albert") == ["albert"]
    assert found(index, "święta") == ["paczka"]


def test_a_short_root_before_a_long_ending_keeps_a_family() -> None:
    docs = [doc("muzeum", "Muzeum"), doc("muzyka", "Muzyka"), doc("muza", "Muza")]
    assert found(files(docs), "muzealny") == ["muzeum"]


def test_a_family_whose_members_differ_in_a_mark() -> None:
    docs = [doc("szkola", "Szkoła"), doc("szkolenie", "Szkolenie")]
    assert found(files(docs), "szkolny") == ["szkola"]


def test_an_abbreviation_is_a_word_of_its_own() -> None:
    docs = [doc("osiedle", "Klub, os. Szkolne 27"), doc("osoby", "Pomoc szkolna dla osób")]
    assert found(files(docs), "os. Szkolne") == ["osiedle"]


def test_a_post_at_work_is_no_make_believe() -> None:
    docs = [doc("stanowisko", "Stanowisko pracy"), doc("stanowic", "Stanowienie prawa")]
    assert found(files(docs), "stanowisk") == ["stanowisko"]


def test_what_is_missing_is_left_out_and_said(index: dict[str, bytes]) -> None:
    answer = ask(index, "świetlica xyzzyx")
    assert answer.total == 2
    assert answer.ignored == ("xyzzyx",)
    assert ask(index, "świetlca").corrected == (("świetlca", "Świetlica"),), "as typed, as the site writes it"
    assert ask(index, "świetlica").ignored == ask(index, "świetlica").corrected == ()


def test_facets_count_the_whole_result(index: dict[str, bytes]) -> None:
    answer = ask(index, "dla")
    assert answer.total == 0
    answer = ask(index, "świetlica")
    assert dict(answer.facets["Dzielnica"]) == {"VIII": 0, "XIII": 1, "XVIII": 1}
    picked = ask(index, "świetlica", {"Dzielnica": ("XVIII",)})
    assert [hit.title for hit in picked.hits] == ["Świetlice środowiskowe"]
    assert dict(picked.facets["Dzielnica"])["XIII"] == 1, "a facet's own choice leaves its other counts alone"
    assert dict(picked.facets["Zbiór"]) == {"Konkursy": 0, "Organizacje": 0, "Wsparcie": 1}


def test_facets_count_more_than_the_cards_shown() -> None:
    many = [doc(str(at), f"Klub {at}", facets={"Dzielnica": ("X" if at % 3 else "V",)}) for at in range(60)]
    answer = ask(files(many), "klub")
    assert (answer.total, len(answer.hits)) == (60, 10)
    assert dict(answer.facets["Dzielnica"]) == {"V": 20, "X": 40}


@pytest.mark.parametrize("typed", ["", " ", "?!", "w", "%" * 300, "a" * 5000, "\u202e\ufffd\ud800", "0" * 40, "-"])
def test_nonsense_finds_nothing_and_breaks_nothing(index: dict[str, bytes], typed: str) -> None:
    assert ask(index, typed).total == 0


@pytest.mark.parametrize(
    ("typed", "meant"), [("szahy", {"szachy"}), ("szaxy", {"szafa"}), ("shafy", {"szafa"}), ("xawa", {"kawa", "lawa"})]
)
def test_an_error_that_nobody_hears_is_nearer_than_any_other(typed: str, meant: set[str]) -> None:
    titles = {"szachy": "Szachy", "szafa": "Szafy", "kawa": "Kawa", "lawa": "Ława"}
    assert set(found(files([doc(key, title) for key, title in titles.items()]), typed)) == meant
