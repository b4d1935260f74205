"""The finder against the situations fixed beforehand, its words, its weight, and what it must never do."""

import gzip
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import yaml
from lxml import html

from spojnik.catalog import load_catalog
from spojnik.finding import Stopped
from spojnik.origin import Merged
from spojnik.schema import fields
from spojnik.web.finder.cards import ONE_SMS, TWO_SMS, plain, sms
from spojnik.web.finder.match import matches, verdict
from spojnik.web.finder.tree import Condition, Finder, load_finder, nodes, texts
from tests.front import TODAY
from tests.machine import ROOT

SITUATIONS: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests" / "situations.yml").read_text("utf-8"))
FINDER = ROOT / "site" / "finder.yml"
HEAVIEST = 50_000  # bytes of a page with everything that it loads, not even packed
HARDEST = 9  # FOG-PL of every text: what somebody tired can read
EMERGENCY = {"112"}


def finder() -> Finder:
    found = load_finder(FINDER)
    assert found is not None
    return found


@cache
def page(path: Path) -> html.HtmlElement:
    return html.fromstring(path.read_bytes())


def keys(part: html.HtmlElement) -> set[str]:
    """Keys of the places that a part of a page leads to."""
    return {Path(href).stem for href in part.xpath(".//a/@href") if href.endswith(".html")}


def shelf(document: html.HtmlElement, name: str) -> set[str]:
    return {key for part in document.xpath(f"//*[@data-shelf='{name}']") for key in keys(part)}


def numbers(document: html.HtmlElement) -> set[str]:
    return {unquote(href)[4:] for href in document.xpath("//main//a/@href") if href.startswith("tel:")}


def faults(document: html.HtmlElement, situation: dict[str, Any]) -> list[str]:
    """Where a result page differs from what the situation fixed."""
    found = []
    for name in ("fits", "unknown", "last"):
        found += [f"{name}: {key}" for key in situation.get(name) or () if key not in shelf(document, name)]
    answers = shelf(document, "fits") | shelf(document, "unknown") | shelf(document, "last")
    found += [f"never: {key}" for key in situation.get("never", ()) if key in answers]
    found += [f"call: {number}" for number in situation.get("call", ()) if number not in numbers(document)]
    text = " ".join(document.text_content().replace("\xa0", " ").split())
    for number in situation.get("text", ()):
        if number not in text or "+48" + number.replace(" ", "") in numbers(document):
            found.append(f"text: {number}")
    if bool(document.xpath("//*[@id='nie-znamy']")) is not bool(situation.get("nothing")):
        found.append("nothing")
    for key in situation.get("hidden", ()):
        said = "".join(part.text_content() for part in document.xpath(f"//li[@data-key='{key}']"))
        if "Adresu nie podajemy" not in said or re.search(r"\bul\.|\bos\.|\bal\.", said):
            found.append(f"hidden: {key}")
    return found


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda each: each["id"])
def test_every_situation_ends_where_the_facts_say(site: Path, situation: dict[str, Any]) -> None:
    assert len(situation["path"].split("/")) <= 4
    assert faults(page(site / "pomoc" / situation["path"] / "index.html"), situation) == []


def test_counter_example_another_way_is_not_the_answer(site: Path) -> None:
    document = page(site / "pomoc" / "zdrowie" / "leki" / "index.html")
    assert all(faults(document, each) for each in SITUATIONS if each["id"] != "leki")


def finder_pages(site: Path) -> list[Path]:
    return sorted((site / "pomoc").rglob("*.html"))


def loaded(site: Path, path: Path) -> list[Path]:
    """The page and every file of ours that it loads."""
    document = page(path)
    names = document.xpath("//script/@src | //link[@rel='stylesheet' or @rel='icon']/@href | //img/@src")
    return [path, *((path.parent / name).resolve() for name in names)]


def test_every_page_is_light_with_all_that_it_loads(site: Path) -> None:
    site = site.resolve()
    weights = {path: sum(len(each.read_bytes()) for each in loaded(site, path)) for path in finder_pages(site)}
    heavy = {str(path.relative_to(site)): weight for path, weight in weights.items() if weight >= HEAVIEST}
    assert not heavy, heavy
    worst = max(weights, key=lambda path: weights[path])
    packed = sum(len(gzip.compress(each.read_bytes(), mtime=0)) for each in loaded(site, worst))
    assert packed < HEAVIEST / 2


def test_every_page_has_the_numbers_the_way_out_and_no_stranger(site: Path) -> None:
    for path in finder_pages(site):
        document = page(path)
        assert EMERGENCY <= numbers(document), path
        assert document.xpath("//a[contains(@class, 'leave')]/@href") == [finder().leave], path
        assert not document.xpath("//form | //iframe | //img[starts-with(@src, 'http')]"), path


def test_nothing_is_stored_about_the_reader() -> None:
    for name in ("site/static/finder.js", "site/static/finder-list.js", "site/templates/finder_sw.js"):
        text = (ROOT / name).read_text("utf-8")
        assert not re.search(r"localStorage|sessionStorage|indexedDB|document\.cookie|sendBeacon|XMLHttp", text), name


def test_no_doubtful_number_can_be_touched(site: Path) -> None:
    document = page(site / "pomoc" / "wsparcie" / "zespol-streetwork-dzialu-pomocy-bezdomnym-mops.html")
    assert not any(number.startswith("+48607") or number.startswith("+48603") for number in numbers(document))


def test_messages_fit_a_text_message(site: Path) -> None:
    for path in finder_pages(site):
        for href in page(path).xpath("//a[starts-with(@href, 'sms:')]/@href"):
            text = unquote(href.removeprefix("sms:?body="))
            assert text.isascii() and len(text) <= (ONE_SMS if path.name != "index.html" else TWO_SMS), (path, text)


def test_text_messages_lose_letters_not_sense() -> None:
    assert plain("Łaźnia „Smoleńsk” – 12\u00a0616…") == 'Laznia "Smolensk" - 12 616.'
    assert sms(["Kuchnia", "12 422 41 38", "x" * 200, "Mo"], 160) == "Kuchnia; 12 422 41 38; Mo"


# ---- the content file


def conditions(several: tuple[Condition, ...]) -> Iterator[Condition]:
    for each in several:
        yield each
        for branch in each.either:
            yield from conditions(branch)


def test_the_file_names_only_fields_and_values_that_exist() -> None:
    found, catalog = finder(), load_catalog(ROOT / "datasets")
    known = {dataset.id: {field.name: field for field in fields(dataset.model)} for dataset in catalog}
    asked = [(node.dataset, each) for node in nodes(found) for each in conditions(node.where)]
    for node in nodes(found):
        for section in (*node.screen.sections, *node.screen.lists):
            asked += [(section.dataset or node.dataset, each) for each in conditions(section.where)]
    for dataset, each in asked:
        if each.field:
            kind = known[dataset][each.field].kind
            options = (kind.item or kind).options
            assert options is None or set(each.has + each.lacks) <= set(options), (dataset, each)
    for dataset, roles in found.sets.items():
        said = [roles.kind, roles.who, roles.provider, roles.phones, roles.hours, roles.hours_text, roles.note]
        said += [roles.sheltered, *roles.place, *(each.field for each in roles.conditions)]
        assert {name for name in said if name} <= known[dataset].keys()


def test_no_way_is_longer_than_four_choices() -> None:
    assert max(node.path.count("/") + 1 for node in nodes(finder())) <= 4


def test_every_screen_can_be_reached_and_every_question_has_a_way_on(site: Path) -> None:
    for node in nodes(finder()):
        path = site / node.address / "index.html"
        assert path.exists() is not bool(node.screen.goto), node.path
        if node.screen.question:
            assert page(path).xpath("//ul[contains(@class, 'answers')]//a"), node.path


def fog(text: str) -> float:
    """FOG-PL: 0.4 × (words a sentence + percent of words of four syllables or more)."""
    sentences = [part for part in re.split(r"[.?!:]+", text) if part.strip()]
    words = re.findall(r"[^\W\d_]+", text)
    syllables = [len(re.findall(r"[aąeęóuyio]+", word.lower().replace("ia", "a").replace("ie", "e"))) for word in words]
    return 0.4 * (len(words) / len(sentences) + 100 * sum(count >= 4 for count in syllables) / len(words))


def test_the_words_are_plain() -> None:
    said = [text for text in texts(finder()) if " " in text]
    whole = " ".join(text if text[-1] in ".?!" else f"{text}." for text in said)
    assert fog(whole) <= HARDEST
    assert "!" not in whole
    hard = [text for text in said if len(text.split()) > 8 and fog(text) > HARDEST + 3]
    assert not hard, hard


def test_counter_example_office_polish_is_not_plain() -> None:
    assert fog("W celu uzyskania zakwaterowania interwencyjnego należy niezwłocznie przedłożyć zaświadczenie.") > 15


WRONG = (
    ("screens:\n", "screens:\n  nigdzie/tu:\n    label: x\n", "nie ma nad sobą pytania"),
    ("goto: mroz-i-upal", "goto: nie-ma", "takiego ekranu nie ma"),
    ('number: "112"', 'number: "997"', "wolno pokazać tylko 112"),
    ("{field: need, has: [nocleg]}", "{field: need}", "dokładnie jeden sprawdzian"),
    ("leave: https://", "leave: javascript:", "finder.yml:"),
)


@pytest.mark.parametrize(("right", "wrong", "said"), WRONG)
def test_counter_examples_a_mistake_in_the_file_stops_with_its_place(
    tmp_path: Path, right: str, wrong: str, said: str
) -> None:
    text = FINDER.read_text("utf-8")
    assert right in text
    (tmp_path / "finder.yml").write_text(text.replace(right, wrong, 1), "utf-8")
    with pytest.raises(Stopped) as stopped:
        load_finder(tmp_path / "finder.yml")
    sentences = " ".join(finding.sentence() for finding in stopped.value.findings)
    assert said in sentences and re.search(r"finder\.yml:\d+:\d+", sentences)


# ---- unknown is never "no"


def record(doubts: dict[str, str] | None = None, **values: Any) -> Merged:
    return Merged("services", "a", values, {}, doubts or {})


@pytest.mark.parametrize(
    ("values", "doubts", "condition", "expected"),
    [
        ({}, {}, Condition(field="free", flag=True), "unknown"),
        ({"free": True}, {}, Condition(field="free", flag=True), "yes"),
        ({"free": False}, {}, Condition(field="free", flag=True), "no"),
        ({"free": False}, {"free": "unconfirmed"}, Condition(field="free", flag=True), "unknown"),
        ({"free": True}, {"free": "unconfirmed"}, Condition(field="free", flag=True), "yes"),
        ({"free": True}, {"free": "tie"}, Condition(field="free", flag=True), "unknown"),
        ({"languages": ["pl", "uk"]}, {}, Condition(field="languages", has=("uk",)), "yes"),
        ({"documents": ["paszport"]}, {}, Condition(field="documents", lacks=("paszport",)), "no"),
        ({"capacity": 79}, {}, Condition(field="capacity", least=80), "no"),
        ({"capacity": 80}, {}, Condition(field="capacity", least=80), "yes"),
        ({"h": "Mo-Fr 08:00-16:00"}, {}, Condition(field="h", opens_on="Su"), "no"),
        ({"h": "Mo-Su 12:00-14:00"}, {}, Condition(field="h", opens_on="Su"), "yes"),
        ({"h": "po umówieniu"}, {}, Condition(field="h", opens_on="Su"), "unknown"),
        ({"h": "24/7"}, {}, Condition(field="h", always=True), "yes"),
        ({"h": "Mo-Su 07:00-22:00"}, {}, Condition(field="h", always=True), "no"),
    ],
)
def test_verdicts(values: dict[str, Any], doubts: dict[str, str], condition: Condition, expected: str) -> None:
    assert verdict(record(doubts, **values), condition) == expected


def test_a_branch_that_fits_is_enough_and_an_unknown_one_keeps_the_door_open() -> None:
    either = Condition(either=((Condition(field="a", has=("x",)),), (Condition(field="b", has=("y",)),)))
    assert verdict(record(a="x", b="n"), either) == "yes"
    assert verdict(record(a="n"), either) == "unknown"
    assert verdict(record(a="n", b="n"), either) == "no"
    assert [match.unknowns for match in matches([record(a="n"), record(a="n", b="n")], (either,))] == [1]


def test_pages_say_the_day_they_were_built_for(site: Path) -> None:
    rows = page(site / "pomoc" / "wsparcie" / "kuchnia-sw-brata-alberta.html").xpath("//table//th")
    assert len(rows) == 7 and str(date.fromisoformat(TODAY).day) in rows[0].text_content()
