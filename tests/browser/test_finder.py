"""The finder in a real Chromium: every situation with scripts and without, alone with the keyboard, and offline."""

from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import html
from playwright.sync_api import Page

from spojnik.hours import ZONE
from tests.browser.looking import NewContext, axe, sideways, tab_to
from tests.test_finder import SITUATIONS, faults, finder

pytestmark = pytest.mark.needs("chromium")

# One page of every type: the start, a question, a path with lists, results of each kind, sections, a place, my list.
KINDS = (
    "/pomoc/",
    "/pomoc/dach/",
    "/pomoc/samotny-rodzic/",
    "/pomoc/dach/nie/mezczyzna/nie/",
    "/pomoc/prawnik/ukrainski/",
    "/pomoc/opieka/dorosly/",
    "/pomoc/sala/do-100/weekend/bez-stopni/",
    "/pomoc/mroz-i-upal/",
    "/pomoc/wsparcie/kuchnia-sw-brata-alberta.html",
    "/pomoc/wsparcie/zespol-streetwork-dzialu-pomocy-bezdomnym-mops.html",
    "/pomoc/lista/",
)

CONTROLLED = """() => navigator.serviceWorker.controller ? true : new Promise(
  done => navigator.serviceWorker.addEventListener("controllerchange", () => done(true)))"""


def _choose(page: Page, base: str, path: str) -> int:
    """Answer the questions that lead to `path`; the number of choices made."""
    page.goto(f"{base}/pomoc/")
    steps = path.split("/")
    for place in range(len(steps)):
        wanted = f"/pomoc/{'/'.join(steps[: place + 1])}/"
        link = page.locator("ul.answers a").filter(visible=True)
        targets = link.evaluate_all("links => links.map(link => new URL(link.href).pathname)")
        link.nth(targets.index(wanted)).click()
        page.wait_for_url(lambda url, wanted=wanted: urlsplit(url).path == wanted)
    return len(steps)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_every_situation_is_reached_within_four_choices(base: str, context: NewContext, scripts: bool) -> None:
    page = context(width=390, height=800, scripts=scripts).new_page()
    wrong = {}
    for situation in SITUATIONS:
        assert _choose(page, base, situation["path"]) <= 4
        found = faults(html.fromstring(page.content()), situation)
        if found:
            wrong[situation["id"]] = found
    assert not wrong, wrong


@pytest.mark.needs("axe")
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_kind_of_page_is_accessible(base: str, context: NewContext, width: int, dark: bool) -> None:
    page = context(width=width, dark=dark).new_page()
    violations: list[str] = []
    for address in KINDS:
        page.goto(base + address)
        violations += axe(page)
    assert not violations, "\n".join(violations[:40])


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_nothing_scrolls_sideways(base: str, context: NewContext, scripts: bool) -> None:
    page = context(width=320, height=640, scripts=scripts).new_page()
    for address in KINDS:
        page.goto(base + address)
        assert sideways(page) == 0, address


def test_a_bed_is_found_with_the_keyboard_alone(base: str, context: NewContext) -> None:
    page = context().new_page()
    page.goto(f"{base}/pomoc/")
    for step in ("dach", "dach/nie", "dach/nie/mezczyzna", "dach/nie/mezczyzna/nie"):
        tab_to(page, f"at.href && new URL(at.href).pathname === '/pomoc/{step}/'")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/pomoc/{step}/*")
    at = tab_to(page, "at.href && at.href.startsWith('tel:') && at.closest('.places')")
    assert at["href"].startswith("tel:")


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2026, 11, 22, 12, 30, tzinfo=ZONE), "Teraz otwarte, do 14:00."),
        (datetime(2026, 11, 22, 15, 0, tzinfo=ZONE), "Teraz zamknięte, otworzą jutro o 12:00."),
        (datetime(2026, 12, 24, 12, 30, tzinfo=ZONE), "Dziś święto. Zadzwoń, zanim pójdziesz."),
    ],
)
def test_open_now_is_said_anew_in_the_browser(base: str, context: NewContext, moment: datetime, said: str) -> None:
    page = context().new_page()
    page.clock.set_fixed_time(moment)
    page.goto(f"{base}/pomoc/jedzenie/niedziela/")
    mark = page.locator("[data-key=kuchnia-stowarzyszenia-przyjaciol-im-sw-brata-alberta] [data-hours]")
    assert mark.text_content() == said


def test_what_is_open_can_come_first(base: str, context: NewContext) -> None:
    page = context().new_page()
    page.clock.set_fixed_time(datetime(2026, 11, 23, 14, 30, tzinfo=ZONE))
    page.goto(f"{base}/pomoc/jedzenie/dzis/")
    shelf = page.locator("[data-shelf=fits]")
    shelf.get_by_role("button", name="Najpierw otwarte teraz").click()
    assert shelf.locator(".places > li").first.locator("[data-tone=now]").count() == 1


def test_my_list_lives_in_the_address_and_nowhere_else(base: str, context: NewContext) -> None:
    visitor = context()
    asked: list[str] = []
    visitor.on("request", lambda request: asked.append(request.url))
    page = visitor.new_page()
    page.goto(f"{base}/pomoc/kryzys/do-18/noc/")
    page.locator("[data-key^=telefon-zaufania-dla-dzieci-i-mlodziezy-116] button").click()
    assert "#lista=wsparcie/telefon-zaufania" in page.url
    page.get_by_role("link", name="Moja lista (1)").click()
    card = page.locator("#lista article")
    assert "116 111" in (card.text_content() or "").replace("\xa0", " ")
    message = page.locator("#lista-sms").get_attribute("href") or ""
    assert "116" in message and len(message) < 400
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie].join()") == "0,0,"
    assert not any("lista=" in url for url in asked), "the list was sent to a server"
    page.goto(page.url)
    card.first.wait_for()


def test_the_way_out_leaves_no_way_back(base: str, context: NewContext) -> None:
    page = context().new_page()
    page.goto(f"{base}/404.html")
    page.goto(f"{base}/pomoc/przemoc/")
    page.route(
        f"{finder().leave}**", lambda route: route.fulfill(body="<title>Pogoda</title>", content_type="text/html")
    )
    page.get_by_role("link", name="Wyjdź szybko").click()
    page.wait_for_url(finder().leave)
    page.go_back()
    assert urlsplit(page.url).path == "/404.html"


def test_the_first_screen_works_without_the_network_after_one_visit(base: str, context: NewContext) -> None:
    visitor = context(width=390)
    page = visitor.new_page()
    page.goto(f"{base}/pomoc/")
    page.evaluate(CONTROLLED)
    visitor.set_offline(True)
    page.goto(f"{base}/pomoc/")
    assert page.locator("ul.answers a").count() > 10
    assert page.locator("a[href='tel:112']").is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.answers')).display") == "grid"
    page.goto(f"{base}/pomoc/mroz-i-upal/")
    assert page.locator("a[href='tel:986']").first.is_visible()


def test_the_whole_can_be_kept_and_nothing_else_is(base: str, context: NewContext) -> None:
    visitor = context()
    page = visitor.new_page()
    page.goto(f"{base}/pomoc/")
    page.evaluate(CONTROLLED)
    page.get_by_role("button", name="Zapisz całość na telefonie").click()
    page.get_by_text("Zapisane.").wait_for()
    kept = page.evaluate(
        "caches.keys().then(names => caches.open(names[0])).then(c => c.keys()).then(all => all.map(r => r.url))"
    )
    paths = [urlsplit(url).path for url in kept]
    assert all(path.startswith(("/pomoc/", "/static/")) for path in paths), paths
    visitor.set_offline(True)
    page.goto(f"{base}/pomoc/zdrowie/leki/")
    assert "Apteka Darów" in page.content()


def test_counter_example_without_a_visit_there_is_nothing_to_show(base: str, context: NewContext) -> None:
    visitor = context()
    page = visitor.new_page()
    visitor.set_offline(True)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.goto(f"{base}/pomoc/")


def test_paper_keeps_numbers_and_drops_buttons(site: Path, base: str, context: NewContext) -> None:
    page = context().new_page()
    page.goto(f"{base}/pomoc/uzaleznienie/ja/")
    page.emulate_media(media="print")
    assert page.locator("a[href^='tel:']").filter(visible=True).count() >= 2
    assert page.locator("button").filter(visible=True).count() == 0
    assert not page.locator(".leave").is_visible()
