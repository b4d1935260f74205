"""`/dane/wydania/`: the editions, with checksums and what changed between them, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

import orjson

from spojnik import words
from spojnik.exports.edition_index import FOLDER, outputs, read
from spojnik.output import Output
from spojnik.store import iter_jsonl
from spojnik.web.pages import Press, page
from spojnik.web.views import Link

ADDRESS = f"{FOLDER}/"


def edition_pages(press: Press) -> Iterator[Output]:
    """The page, the index for programs, and for editions at hand their archives and deltas."""
    path = press.folder.parent / "editions.jsonl"
    listed = [line.data for line in iter_jsonl(path) if isinstance(line.data, dict)] if path.exists() else []
    local = read(press.editions) if press.editions else {}
    index = PurePosixPath(ADDRESS) / "index.json"
    editions: list[dict[str, str]] = []
    for output in outputs(listed, local):
        if output.path == index:
            editions = orjson.loads(output.body)["editions"]
        yield output
    rows = tuple(
        {**each, "day": words.day(each["date"], press.locale), "href": each.get("file") or each["address"]}
        for each in editions
    )
    crumbs = (Link(press.world.site.name, press.prefix), Link(press.say("Dane do pobrania"), "dane/"))
    yield page(press, "editions.html", ADDRESS, press.say("Wydania"), {"editions": rows}, crumbs=crumbs)
