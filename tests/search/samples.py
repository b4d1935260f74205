"""A handful of invented records for the search tests, and an index of them in a folder."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from spojnik.search import Answer, Doc, build_index, search

SYNONYMS: dict[str, list[str]] = {
    "nie mam na leki | drogie leki": ["apteka darów"],
    "złota rączka": ["naprawa domowa"],
    "volunteer*": ["wolontariat"],
    "безпритульн*": ["bezdomny"],
    "zapisy na": ["zapisy", "nabór", "@organisations", "@nothing"],
    "jednorożec": ["smok wawelski"],
}


def doc(
    key: str,
    title: str,
    text: str = "",
    *,
    dataset: str = "services",
    numbers: Sequence[str] = (),
    state: str = "current",
    facets: Mapping[str, tuple[str, ...]] | None = None,
) -> Doc:
    """One document: a title of weight 9 and a text of weight 3."""
    label = {"services": "Wsparcie", "calls": "Konkursy", "organisations": "Organizacje"}[dataset]
    return Doc(
        f"{dataset}/{key}.html",
        dataset,
        title,
        text,
        ((title, 9), (text, 3)),
        tuple(numbers),
        {"Zbiór": (label,), **(facets or {})},
        state,
    )


DOCS = (
    doc(
        "swietlica", "Świetlica „Kleks”", "Zajęcia dla młodzieży po szkole, Podgórze.", facets={"Dzielnica": ("XIII",)}
    ),
    doc("swietlice", "Świetlice środowiskowe", "Dla dzieci z Nowej Huty.", facets={"Dzielnica": ("XVIII",)}),
    doc("dom", "Dom Samotnej Matki", "Mieszkania i opieka dla matek z dziećmi.", facets={"Dzielnica": ("XIII",)}),
    doc("matki", "Klub rodziców", "Spotkania: matki, ojcowie, nikt nie jest samotny.", facets={"Dzielnica": ("VIII",)}),
    doc("apteka", "Apteka Darów", "Leki dla ubogich."),
    doc("naprawy", "Drobne naprawy domowe", "Dla seniorów."),
    doc("przytulisko", "Przytulisko dla bezdomnych", "Nocleg i posiłek.", numbers=["12 637 07 12"]),
    doc("kryzys", "Program przeciw bezdomności", "Badania i szkolenia."),
    doc("caritas", "Caritas", "Pomoc.", dataset="organisations", numbers=["0000207658", "6761119284"]),
    doc("wiosna", "Stowarzyszenie Wiosna", "Wolontariusze dla rodzin.", dataset="organisations"),
    doc("wolontariat", "Centrum Wolontariatu", "Zapisy przez cały rok.", dataset="organisations"),
    doc("stary", "Konkurs na prowadzenie żłobka", "Zamknięty w 2019.", dataset="calls", state="past"),
    doc("nowy", "Konkurs na prowadzenie żłobka", "Trwa nabór.", dataset="calls", state="open"),
    doc("lodz", "Łódź wiślana", "Rejsy po Wiśle dla seniorów."),
)


def files(docs: Iterable[Doc] = DOCS, cache: Path | None = None) -> dict[str, bytes]:
    """The index as name → bytes."""
    return dict(build_index(docs, SYNONYMS, cache))


def ask(index: Mapping[str, bytes], words: str, picked: Mapping[str, tuple[str, ...]] | None = None) -> Answer:
    """The reference engine over an index in memory."""
    return search(index.__getitem__, words, 10, picked)


def found(index: Mapping[str, bytes], words: str) -> list[str]:
    """Keys of the hits, best first."""
    return [hit.address.partition("/")[2].removesuffix(".html") for hit in ask(index, words).hits]


def written(index: Mapping[str, bytes], folder: Path) -> Path:
    """The index as files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, body in index.items():
        (folder / name).write_bytes(body)
    return folder
