"""A question over the whole database, asked and answered in the browser, with an address to send to somebody."""

from pathlib import Path

import pytest

from tests.browser.looking import NewContext

pytestmark = pytest.mark.needs("chromium", "node")


def test_a_ready_question_is_answered(base: str, context: NewContext, site: Path) -> None:
    page = context().new_page()
    page.goto(f"{base}/sql/")
    page.locator("main ul.lines a").first.click()
    page.wait_for_selector("#wynik table tr:nth-child(2)", timeout=30_000)
    assert page.locator("#stan").inner_text().startswith("Wiersze")
    assert "?q=" in page.url
    assert str(page.locator("#plik").get_attribute("href", timeout=1000)).startswith("blob:")


def test_a_wrong_question_is_explained(base: str, context: NewContext) -> None:
    page = context().new_page()
    page.goto(f"{base}/sql/")
    page.fill("#sql", "SELEKT 1")
    page.locator("#zapytanie button").click()
    page.locator("#stan", has_text="Baza nie rozumie").wait_for(timeout=30_000)
    assert page.locator("#wynik").is_hidden()


def test_without_scripts_the_file_is_offered(base: str, context: NewContext) -> None:
    page = context(scripts=False).new_page()
    page.goto(f"{base}/sql/")
    assert page.locator("a[download][href$='spojnik.sqlite']").is_visible()
