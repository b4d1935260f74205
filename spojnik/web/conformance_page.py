"""`/jakosc/zgodnosc/`: what other people's validators said of our files the last time somebody asked them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from spojnik.conformance import load_results
from spojnik.output import Output
from spojnik.web.pages import Press, page
from spojnik.web.views import Link

ADDRESS = "jakosc/zgodnosc/"
# What `make conformance` left in the repository that holds the site's folder.
KEPT = Path(".spojnik") / "conformance.json"


def conformance_pages(press: Press) -> Iterator[Output]:
    """The board and its raw results. Before the first run the board says that nobody has asked yet."""
    results = load_results(press.folder.parent / KEPT)
    counts = tuple((word, sum(result.verdict == word for result in results))
                   for word in ("zgodne", "niezgodne", "brak"))
    crumbs = (Link(press.world.site.name, press.prefix), Link(press.say("Jakość danych"), "jakosc/"))
    context = {"results": tuple(result._asdict() for result in results), "counts": counts if results else (),
               "raw_href": f"{ADDRESS}wyniki.json" if results else ""}
    title = press.say("Zgodność ze standardami")
    yield page(press, "conformance.html", ADDRESS, title, context, crumbs=crumbs)
    if results and not press.prefix:
        body = json.dumps([result._asdict() for result in results], ensure_ascii=False, indent=1)
        yield Output(PurePosixPath(ADDRESS) / "wyniki.json", f"{body}\n".encode())
