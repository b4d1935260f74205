"""The search page in a real browser: answers, filters, a shareable address, a plain sentence when something fails."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from spojnik.web.static_files import static_files
from tests.browser.serving import serving
from tests.machine import ROOT
from tests.search.samples import doc, files, written

pytestmark = pytest.mark.needs("chromium")

HOSTILE = '<img src=x onerror="document.title=1">'
PAGE = """<!doctype html><html lang="pl"><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'self'">
<title>Szukaj</title><h1>Szukaj</h1>
<form id="szukaj" action="/gdzies/szukaj/" role="search" data-index="/gdzies/szukaj/indeks/">
<label for="q">Czego szukasz?</label><input id="q" name="q" type="search"><button>Szukaj</button></form>
<p id="wyniki-stan" role="status"></p><div id="wyniki-filtry"></div><ol id="wyniki"></ol>
<section id="listy"><a href="/gdzies/a-z/">Spis</a></section>
<script src="/gdzies/static/search.js" defer></script></html>
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site below a folder of its host, as project pages are."""
    root = tmp_path / "gdzies"
    for file in static_files(ROOT / "site" / "static"):
        (root / file.path).parent.mkdir(parents=True, exist_ok=True)
        (root / file.path).write_bytes(file.body)
    many = [
        doc(f"klub-{at}", f"Klub szachowy {at}", HOSTILE, facets={"Dzielnica": ("I" if at % 2 else "II",)})
        for at in range(25)
    ]
    written(files([*many, doc("apteka", "Apteka Darów", "Leki."), doc("zly", HOSTILE)]), root / "szukaj" / "indeks")
    (root / "szukaj" / "index.html").write_text(PAGE, "utf-8")
    return tmp_path


@pytest.fixture
def page(browser: Browser, site: Path) -> Iterator[Page]:
    with serving(site) as base:
        context = browser.new_context(base_url=base)
        made = context.new_page()
        yield made
        context.close()


def ask(page: Page, words: str) -> None:
    """Type and press Enter, as people do."""
    page.get_by_role("searchbox").fill(words)
    page.keyboard.press("Enter")


def status(page: Page) -> str:
    """What a screen reader is told."""
    expect(page.get_by_role("status")).not_to_have_text(re.compile("^(Szukam…)?$"))
    return page.get_by_role("status").inner_text()


def test_answers_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/gdzies/szukaj/")
    ask(page, "nie mam na leki")
    assert status(page) == "1 wynik."
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Apteka Darów")
    expect(link).to_be_focused()
    assert str(link.get_attribute("href")).endswith("/gdzies/services/apteka.html")
    assert page.title() == "nie mam na leki – wyniki wyszukiwania"


def test_results_without_filters_do_not_stand_in_the_column_of_filters(page: Page, site: Path) -> None:
    """A single result was squeezed into 240 of 1280 pixels, with words broken in two."""
    plain = '<div id="wyniki-filtry"></div><ol id="wyniki"></ol>'
    laid_out = ('<link rel="stylesheet" href="/gdzies/static/style.css"><div class="listing"><details class="facets">'
                f"<summary>Zawęź</summary>{plain}".replace("<ol", "</details><ol") + "</div>")  # fmt: skip
    (site / "gdzies" / "szukaj" / "index.html").write_text(PAGE.replace(plain, laid_out), "utf-8")
    page.set_viewport_size({"width": 1280, "height": 900})
    widths = []
    for words in ("nie mam na leki", "klub"):
        page.goto("/gdzies/szukaj/")
        ask(page, words)
        status(page)
        widths.append(page.locator("#wyniki").evaluate("list => list.getBoundingClientRect().width"))
    assert widths[0] > 1_000
    assert widths[1] < 1_000, "counter-example: beside filters a list is narrower"


def test_the_address_can_be_shared_and_back_works(page: Page) -> None:
    page.goto("/gdzies/szukaj/?q=szachowy+klub&dzielnica=II")
    assert status(page).startswith("13 wyników.")
    expect(page.get_by_label("II (13)", exact=True)).to_be_checked()
    page.get_by_label("I (12)", exact=True).check()
    expect(page.get_by_role("status")).to_have_text("25 wyników.")
    expect(page.get_by_label("I (12)", exact=True)).to_be_focused()
    page.go_back()
    expect(page.get_by_role("status")).to_have_text("13 wyników.")
    page.get_by_role("button", name="Pokaż więcej wyników").click()
    expect(page.get_by_role("listitem").filter(has_text="Klub szachowy")).to_have_count(13)
    assert page.evaluate("document.activeElement.closest('li') === document.getElementById('wyniki').children[10]")


def test_texts_stay_texts(page: Page) -> None:
    page.goto("/gdzies/szukaj/?q=onerror")
    assert status(page) == "26 wyników."
    assert page.get_by_role("link", name=HOSTILE).count() == 1
    assert page.locator("#wyniki img").count() == 0
    page.goto("/gdzies/szukaj/?q=" + "%3Cb%3Eqqqq%3C/b%3E")
    assert "Nie ma wyników" in status(page) and page.locator("#wyniki-stan b").count() == 0


def test_says_what_it_left_out(page: Page) -> None:
    page.goto("/gdzies/szukaj/?q=szahcowy+qqqqqq")
    assert status(page) == "25 wyników. Szukam też podobnych słów: szachowy. Pominięte słowa: qqqqqq."


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        ("rm t-", "Wyszukiwarka teraz nie działa: brakuje części jej spisu."),
        ("rm indeks", "Wyszukiwarka teraz nie działa: brakuje części jej spisu."),
        ("break indeks", "Wyszukiwarka teraz nie działa: jej spis jest uszkodzony."),
        ("break k-", "Wyszukiwarka teraz nie działa: jej spis jest uszkodzony."),
        ("offline", "Nie udało się pobrać plików wyszukiwarki."),
        ("old", "Ta przeglądarka jest za stara na tę wyszukiwarkę."),
    ],
)
def test_a_failure_is_a_sentence_and_a_way_out(page: Page, site: Path, spoil: str, said: str) -> None:
    how, _, prefix = spoil.partition(" ")
    page.goto("/gdzies/szukaj/")
    for file in (site / "gdzies" / "szukaj" / "indeks").glob(f"{prefix}*") if prefix else ():
        if how == "rm":
            file.unlink()
        else:
            file.write_bytes(file.read_bytes()[:20])
    if how == "offline":
        page.context.set_offline(True)
    if how == "old":
        page.evaluate("delete window.DecompressionStream")
    ask(page, "szachy")
    assert status(page).startswith(said)
    assert page.get_by_role("link", name="Przejrzyj listy od A do Z").get_attribute("href") == "#listy"


def test_a_lost_connection_comes_back(page: Page) -> None:
    page.goto("/gdzies/szukaj/")
    page.context.set_offline(True)
    ask(page, "szachy")
    assert status(page).startswith("Nie udało się")
    page.context.set_offline(False)
    ask(page, "szachowy klub")
    expect(page.get_by_role("status")).to_have_text("25 wyników.")
