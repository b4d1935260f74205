"""Every link inside the site leads to a file that is there, and every #fragment to a place in it."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from lxml import html

from tests.addresses import address, pages

HERE = "http://site.invalid"
LINKS = {"a": "href", "link": "href", "script": "src", "img": "src", "form": "action", "use": "href", "iframe": "src",
         "object": "data", "source": "src", "area": "href"}  # fmt: skip


def _links(document: html.HtmlElement) -> Iterator[str]:
    for element in document.iter(*LINKS):
        target = element.get(LINKS[element.tag]) or element.get("{http://www.w3.org/1999/xlink}href")
        if target is not None:
            yield target


def _target(site: Path, path: str) -> Path | None:
    """The file that a static host answers with for the address `path`; None is a 404."""
    file = site / unquote(path).lstrip("/")
    if path.endswith("/"):
        file = file / "index.html"
    return file if file.is_file() and site in file.resolve().parents else None


def broken(site: Path) -> list[str]:
    """Links that lead nowhere, one line each: page → link, and what is missing. Links to other hosts are left alone."""
    site = site.resolve()

    @cache
    def ids(file: Path) -> frozenset[str]:
        document = html.fromstring(file.read_bytes()) if file.suffix == ".html" else None
        return frozenset() if document is None else frozenset(document.xpath("//@id | //a/@name"))

    found: list[str] = []
    for page in pages(site):
        where = address(site, page)
        document = html.fromstring(page.read_bytes())
        own = {urlsplit(link).netloc for link in document.xpath("//link[@rel='canonical']/@href")} | {"site.invalid"}
        for link in dict.fromkeys(_links(document)):
            parts = urlsplit(urljoin(HERE + where, link))
            if parts.scheme not in ("http", "https") or parts.netloc not in own:
                continue
            file = _target(site, parts.path)
            if file is None:
                found.append(f"{where} → {link}: no such file")
            elif parts.fragment and unquote(parts.fragment) not in ids(file) | {"top"}:
                found.append(f"{where} → {link}: no such place")
    return found


def test_every_link_and_fragment_resolves(site: Path) -> None:
    found = broken(site)
    assert not found, f"{len(found)} broken links\n" + "\n".join(found[:40])


def test_every_link_and_fragment_of_the_small_world_resolves(world: Path) -> None:
    found = broken(world)
    assert not found, f"{len(found)} broken links\n" + "\n".join(found[:40])


@pytest.mark.parametrize(
    ("link", "wrong"),
    [("lista/", False), ("/lista/#spis", False), ("http://example.org/x", False), ("mailto:a@example.org", False),
     ("#tu", False), ("lista", True), ("/lista/#brak", True), ("nie-ma.html", True), ("../../etc/passwd", True)],
)  # fmt: skip
def test_counter_examples_of_links(tmp_path: Path, link: str, wrong: bool) -> None:
    (tmp_path / "lista").mkdir()
    (tmp_path / "lista" / "index.html").write_text("<!doctype html><h1 id=spis>Spis</h1>", encoding="utf-8")
    (tmp_path / "index.html").write_text(f"<!doctype html><p id=tu><a href='{link}'>x</a></p>", encoding="utf-8")
    assert bool(broken(tmp_path)) is wrong
