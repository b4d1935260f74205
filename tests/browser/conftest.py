"""Chromium over the built site. A page that asks anybody else for anything, or that breaks, fails its test."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, sync_playwright

from tests.browser.looking import NewContext
from tests.browser.serving import serving
from tests.machine import chromium

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
STRANGER = re.compile(r"^(?:https?|wss?)://(?!127\.0\.0\.1[:/])")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def base(site: Path) -> Iterator[str]:
    """Address of the real site on a server of its own."""
    with serving(site) as address:
        yield address


@pytest.fixture
def faults() -> list[str]:
    """What went wrong in any page of the test; it has to be empty at the end. A counter-example may clear it."""
    return []


@pytest.fixture
def context(browser: Browser, faults: list[str]) -> Iterator[NewContext]:
    """Makes contexts: `context(width=390, dark=True, scripts=False)`; all are watched and closed at the end."""
    opened: list[BrowserContext] = []

    def refuse(route: Route, request: Request) -> None:
        faults.append(f"asked a stranger: {request.url}")
        route.abort()

    def watch(page: Page) -> None:
        page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
        page.on("console", lambda said: "Content Security" in said.text and faults.append(f"{page.url}: {said.text}"))

    def new(*, width: int = 1280, height: int = 900, dark: bool = False, scripts: bool = True) -> BrowserContext:
        made = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            locale="pl-PL",
            timezone_id="Europe/Warsaw",
            accept_downloads=True,
        )
        made.set_default_timeout(15_000)
        made.route(STRANGER, refuse)
        made.on("page", watch)
        opened.append(made)
        return made

    yield new
    for each in opened:
        each.close()
    assert not faults, "\n".join(faults)
