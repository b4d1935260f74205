"""The same pages by Hugo and Eleventy: their projects written from our data, and the proof that the pages are the same.

The peers get every text ready to print (numbers, dates and links already in words), so that they only place and escape
it; ours starts from the raw observations, validates and merges them. That is in the peers' favour.

`python -m bench.peer DATASETS FOLDER` writes the projects.
"""

from __future__ import annotations

import html
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import orjson

from bench.pages import SITE, press_of
from spojnik import addresses
from spojnik.ranks import title_of
from spojnik.schema import by_name
from spojnik.web.groups import ranked
from spojnik.web.list_pages import listings
from spojnik.web.pages import Press, dataset_view
from spojnik.web.rows import row
from spojnik.web.shown import fact

PEERS = SITE.parent / "peers"
LISTED = addresses.LIST_PAGE
READ = 10_000  # pages whose text is compared; of more, every n-th


def records(press: Press) -> Iterator[dict[str, Any]]:
    """Every record as the peers are given it."""
    dataset = next(iter(press.world.catalog))
    fields = by_name(dataset.model)
    first = [dataset.spec.name, *dataset.spec.facts]
    for record in press.world.records[dataset.id].values():
        names = [*first, *(name for name in fields if name not in {"key", *first} and name in record.why)]
        facts = [fact(press.world, dataset, record, fields[name], "pl") for name in names]
        word = facts[0].witnesses[0]
        yield {
            "key": record.key,
            "title": title_of(dataset, record),
            "description": str(record.values.get(dataset.spec.summary, ""))[:200],
            "source": word.source,
            "seen": word.seen_on,
            "published": word.published,
            "urls": list(word.urls),
            "facts": [
                {"label": each.label, "correct": each.correct,
                 "values": [{"text": value.text, "href": value.href} for value in each.values]}
                for each in facts
            ],
        }  # fmt: skip


def lists(press: Press) -> Iterator[dict[str, Any]]:
    """Every page of the list."""
    dataset = next(iter(press.world.catalog))
    found = next(listings(press, dataset, ranked(press, dataset), ())).keys
    counted = dataset_view(press, dataset).counted
    for start in range(0, len(found), LISTED):
        number = start // LISTED + 1
        address = addresses.list_page(dataset.slug, number)
        records = press.world.records[dataset.id]
        rows = [row(press.world, dataset, records[key], "pl") for key in found[start : start + LISTED]]
        yield {
            "number": number,
            "title": dataset.spec.title + (f", strona {number}" if number > 1 else ""),
            "url": f"/{address}",
            "root": addresses.root_of(address),
            "counted": counted,
            "rows": [
                {"key": each.key, "title": each.title,
                 "facts": [{"label": label, "text": text} for label, text in each.facts]}
                for each in rows
            ],
        }  # fmt: skip


def write_projects(datasets: Path, folder: Path) -> None:
    """`folder/hugo` and `folder/eleventy`, ready to be built."""
    press = press_of(datasets)
    hugo, eleventy = folder / "hugo", folder / "eleventy"
    for part in (hugo / "data", hugo / "content", hugo / "layouts", eleventy / "_data"):
        part.mkdir(parents=True, exist_ok=True)
    all_records, all_lists = list(records(press)), list(lists(press))
    (hugo / "data" / "records.json").write_bytes(orjson.dumps(all_records))
    (hugo / "data" / "lists.json").write_bytes(orjson.dumps(all_lists))
    (eleventy / "_data" / "all.json").write_bytes(orjson.dumps([*all_records, *all_lists]))
    shutil.copy(PEERS / "hugo.toml", hugo)
    shutil.copy(PEERS / "_content.gotmpl", hugo / "content")
    for name in ("record.html", "list.html"):
        shutil.copy(PEERS / name, hugo / "layouts")
    shutil.copy(PEERS / "pages.11ty.cjs", eleventy)


def differing(ours: Path, theirs: Path) -> list[str]:
    """Pages that do not say the same: text, tags, attributes; spaces, entities and escapes in addresses aside."""
    names = {path.relative_to(ours).as_posix() for path in ours.rglob("*.html")}
    others = {path.relative_to(theirs).as_posix() for path in theirs.rglob("*.html")}
    both = sorted(names & others)
    some = both[:: max(1, len(both) // READ)]
    return sorted(names ^ others) + [name for name in some if _plain(ours / name) != _plain(theirs / name)]


def _plain(path: Path) -> str:
    text = unquote(html.unescape(path.read_text("utf-8")))
    return re.sub(r"\s*([<>])\s*", r"\1", re.sub(r"\s+", " ", text)).strip()


if __name__ == "__main__":
    write_projects(Path(sys.argv[1]), Path(sys.argv[2]))
