"""What tests ask of a page in Chromium: accessibility, width, and where the keyboard leads."""

import gzip
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, Response

from tests.machine import AXE

NewContext = Callable[..., BrowserContext]
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FOCUSED = """() => {
  const at = document.activeElement;
  return {tag: at.tagName, type: at.type || "", href: at.href || "", text: (at.innerText || "").trim(),
          inMain: !!at.closest("main")};
}"""


def axe(page: Page) -> list[str]:
    """Violations of WCAG 2.0–2.2 A and AA and of best practices, one line each: rule, where, why."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", AXE_TAGS)
    return [
        f"{page.url} {violation['id']}: {node['target']} {' '.join(node['failureSummary'].split())[:200]}"
        for violation in found["violations"]
        for node in violation["nodes"][:3]
    ]


def sideways(page: Page) -> int:
    """By how many pixels the page can be scrolled sideways; 0 is right."""
    return page.evaluate(
        "() => { const root = document.scrollingElement; return root.scrollWidth - root.clientWidth; }"
    )


def focused(page: Page) -> dict[str, str]:
    """The focused element: tag, type, href, text, inMain."""
    return page.evaluate(FOCUSED)


def tab_to(page: Page, condition: str, limit: int = 400) -> dict[str, str]:
    """Press Tab until the JavaScript `condition` on the focused element `at` is true.

    AssertionError, with the path taken, when it is not reached within `limit` presses or the focus is not visible.
    """
    seen: list[str] = []
    for _ in range(limit):
        page.keyboard.press("Tab")
        at = focused(page)
        seen.append(at["text"] or at["href"] or at["tag"])
        if page.evaluate(f"() => {{ const at = document.activeElement; return Boolean({condition}); }}"):
            return at
    raise AssertionError(f"{page.url}: Tab never reached {condition}; it went {seen[:60]}")


def first_visit(visitor: BrowserContext, url: str) -> dict[str, int]:
    """Address → bytes of everything that a visitor with an empty cache loads with the page, gzipped as hosts do."""
    answers: list[Response] = []
    visitor.on("response", lambda answer: answers.append(answer))
    visitor.new_page().goto(url, wait_until="networkidle")
    return {
        answer.url: len(gzip.compress(answer.body(), compresslevel=6, mtime=0))
        for answer in answers
        if answer.url.startswith("http") and answer.status == 200
    }
