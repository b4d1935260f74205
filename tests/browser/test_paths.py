"""The two ways that must never close: with the keyboard alone, and with scripts switched off."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page

from tests.addresses import records
from tests.browser.looking import NewContext, focused, tab_to

pytestmark = pytest.mark.needs("chromium")

FILES = (".csv", ".json", ".jsonl", ".xlsx", ".zip")
IS_FILE = r"at.href && /\.(csv|json|jsonl|xlsx|zip)$/.test(new URL(at.href).pathname)"


def _record_paths(site: Path) -> set[str]:
    return {address for addresses in records(site).values() for address in addresses}


def _is_record(site: Path) -> str:
    """JavaScript: the focused link leads to a record page. Folders are the site's own, none is named here."""
    folders = "|".join(sorted(records(site)))
    return rf"at.href && at.closest('main') && /^\/({folders})\/[^\/]+\.html$/.test(new URL(at.href).pathname)"


def test_home_search_record_download_with_the_keyboard_alone(site: Path, base: str, context: NewContext) -> None:
    page = context().new_page()
    page.goto(base + "/")
    tab_to(page, "at.matches('input[type=search]')")
    page.keyboard.type("fundacja")
    page.keyboard.press("Enter")
    page.wait_for_url("**/szukaj/**")
    page.locator("main a[href$='.html']").first.wait_for()
    page.evaluate("document.activeElement.blur()")
    tab_to(page, _is_record(site))
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: urlsplit(url).path in _record_paths(site))
    at = tab_to(page, IS_FILE)
    answer = page.request.get(at["href"])
    assert answer.ok and answer.body(), at["href"]


def test_focus_is_always_visible(site: Path, base: str, context: NewContext) -> None:
    page = context().new_page()
    unseen: list[str] = []
    for address in ("/", next(iter(records(site).values()))[0]):
        page.goto(base + address)
        for _ in range(40):
            page.keyboard.press("Tab")
            if focused(page)["tag"] == "BODY":
                break
            ring = page.evaluate(
                "() => { const style = getComputedStyle(document.activeElement);"
                " return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2; }"
            )
            if not ring:
                unseen.append(f"{address}: {focused(page)}")
    assert not unseen, "\n".join(unseen)


def _follow(page: Page, links: Locator, wanted: str) -> str:
    """Click the first visible link of `links`; what is folded away in <details> is opened as a reader would."""
    assert links.count(), f"{page.url}: no link {wanted}"
    for index in range(links.count()):
        link = links.nth(index)
        folded = link.locator("xpath=ancestor::details[not(@open)]/summary")
        if folded.count() and folded.first.is_visible():
            folded.first.click()
        if link.is_visible():
            link.click()
            page.wait_for_load_state()
            return urlsplit(page.url).path
    raise AssertionError(f"{page.url}: link {wanted} is there, but nobody can see it")


@pytest.mark.parametrize("width", [390, 1280])
def test_home_facet_record_download_without_scripts(site: Path, base: str, context: NewContext, width: int) -> None:
    page = context(width=width, scripts=False).new_page()
    for folder in records(site):
        page.goto(base + "/")
        assert _follow(
            page, page.locator(f"a[href='{folder}/'], a[href$='/{folder}/'], a[href$='{folder}/index.html']"), folder
        )
        if page.locator("main a[href*='/wedlug/'], main a[href^='wedlug/']").count():
            where = _follow(page, page.locator("main a[href*='/wedlug/'], main a[href^='wedlug/']"), "to a facet")
            assert "/wedlug/" in where
        inside = page.locator("main a[href$='.html']:not([href*='wedlug/']):not([href*='strona/'])")
        assert _follow(page, inside, "to a record") in _record_paths(site)
        files = page.locator(", ".join(f"a[href$='{ending}']" for ending in FILES))
        assert files.count(), f"{page.url}: no file to download"
        answer = page.request.get(files.first.evaluate_handle("link => link.href").json_value())
        assert answer.ok and answer.body()
