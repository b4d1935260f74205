"""Plain words: how hard the first texts are to read, and whether they answer what a person came with.

FOG-PL: 0.4 × (words in a sentence + per cent of words with four syllables or more), read as years of school; Polish
has longer words than English, so a hard word begins at four syllables and not at three.
"""

import re
from pathlib import Path

import pytest
from lxml import html

from spojnik.store import load_yaml
from spojnik.web.finder.tree import load_finder, texts
from tests.machine import ROOT

HARDEST = 9.0
TEXTS = load_yaml(Path(__file__).with_name("plain.yml")).data
BLOCKS = ".//h1|.//h2|.//h3|.//p|.//summary|.//li[not(.//p|.//li|.//h2)]"


def syllables(word: str) -> int:
    """Polish syllables: one a vowel; "i" before a vowel only softens."""
    return len(re.findall(r"[aąeęoóuy]|i(?![aąeęoóuy])", word.lower()))


def fog(blocks: list[str]) -> float:
    """FOG-PL of a text given as its headings, paragraphs and items; each of them ends a sentence."""
    sentences = [part for block in blocks for part in re.split(r"[.!?…]+(?:\s|$)", block) if re.search(r"\w", part)]
    words = [word for sentence in sentences for word in re.findall(r"[^\W\d_]+", sentence)]
    hard = sum(syllables(word) >= 4 for word in words)
    return 0.4 * (len(words) / len(sentences) + 100 * hard / len(words))


def main_of(site: Path, page: str) -> html.HtmlElement:
    main = html.parse(site / page.strip("/") / "index.html").getroot().find(".//main")
    for other in main.xpath(".//script|.//svg|.//*[@lang!='pl']"):
        other.drop_tree()
    return main


def spaced(element: html.HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split()).replace(" .", ".").replace(" ,", ",")


@pytest.mark.parametrize("text", TEXTS, ids=[text["title"] for text in TEXTS])
def test_it_is_easy_to_read(site: Path, text: dict[str, str]) -> None:
    blocks = [spaced(each) for each in main_of(site, text["page"]).xpath(BLOCKS)]
    assert fog(blocks) <= HARDEST, f"{text['page']}: {fog(blocks):.1f}"


def test_every_sentence_of_the_finder_is_easy_to_read() -> None:
    finder = load_finder(ROOT / "site" / "finder.yml")
    assert finder
    assert fog(list(dict.fromkeys(texts(finder)))) <= HARDEST


@pytest.mark.parametrize("text", TEXTS, ids=[text["title"] for text in TEXTS])
def test_it_answers_its_three_questions(site: Path, text: dict[str, str]) -> None:
    said = spaced(html.parse(site / text["page"].strip("/") / "index.html").getroot().find("body"))
    assert len(text["questions"]) == 3
    missing = [each["ask"] for each in text["questions"] if not re.search(each["answer"], said)]
    assert not missing, f"{text['page']}: {missing}"


def test_counter_example_office_polish_is_hard() -> None:
    office = (
        "W celu dokonania aktualizacji przedmiotowych informacji należy niezwłocznie poinformować administratora "
        "serwisu o zaistniałych nieprawidłowościach, z zastrzeżeniem obowiązujących postanowień regulaminowych."
    )
    assert fog([office]) > 2 * HARDEST


@pytest.mark.parametrize(("word", "count"), [("dom", 1), ("siano", 2), ("niebezpieczeństwo", 5), ("miejsce", 2)])
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count
