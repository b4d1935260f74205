"""`/sql/`: the whole database in the reader's browser, with ready questions, for people who install nothing.

The engine is the npm package sql.js; where Node was not there at build, there is no page and nothing links to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from spojnik.output import Output
from spojnik.store import load_yaml
from spojnik.web.pages import Press, page
from spojnik.web.views import Link

ENGINE = ("sql-wasm-browser.js", "sql-wasm-browser.wasm")
DATABASE = "dane/spojnik.sqlite"


def engine_folder(press: Press) -> Path | None:
    """Where the engine lies, or None where it was not installed."""
    folder = press.folder.parent / "node_modules" / "sql.js" / "dist"
    return folder if all((folder / name).exists() for name in ENGINE) else None


def sql_pages(press: Press) -> Iterator[Output]:
    """The page and its engine."""
    folder = engine_folder(press)
    if folder is None:
        return
    for name in ENGINE:
        yield Output(PurePosixPath("sql") / name, (folder / name).read_bytes())
    asked = (load_yaml(press.folder / "questions.yml").data or {}).get("questions", [])
    base = press.world.site.base_url
    context = {
        "questions": tuple((each["title"], each["sql"], f"sql/?q={quote(each['sql'])}") for each in asked),
        "database": DATABASE,
        "engine": "sql/",
        "lite": f"https://lite.datasette.io/?url={quote(base + DATABASE, safe='')}" if base else "",
    }
    yield page(
        press,
        "sql.html",
        "sql/",
        press.say("Zapytaj dane"),
        context,
        crumbs=(Link(press.world.site.name, press.prefix), Link(press.say("Dane do pobrania"), "dane/")),
    )
