"""Pages where people correct, add and end records: static forms that work without JavaScript and without an account.

A dataset of up to OWN_PAGES (spojnik.world) records has a form page for each, prefilled and with its own QR code for
paper. Above that the forms alone would be half of the site's files and of its build, so one page a dataset asks for
the record's JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any

from spojnik import words
from spojnik.catalog import Dataset
from spojnik.corrections.form import BY, asks, known, new_asks, rules
from spojnik.corrections.issue_forms import file_name
from spojnik.exports.json import FILES_AT_MOST
from spojnik.origin import Merged
from spojnik.output import Output
from spojnik.ranks import title_of
from spojnik.web.pages import Press, dataset_card, dataset_view, page
from spojnik.web.views import Link


def correct_index(press: Press) -> Iterator[Output]:
    """`/popraw/nowy.html`: the way to the form of a new record in every dataset."""
    if press.locale != "pl":
        return
    views = tuple(dataset_view(press, dataset) for dataset in press.world.catalog)
    crumbs = (_home(press), Link("Popraw dane", "popraw/"))
    yield page(press, "correct_new.html", "popraw/nowy.html", "Dodaj nowy wpis", {"datasets": views}, crumbs=crumbs)


def correct_pages(press: Press, dataset: Dataset) -> Iterator[Output]:
    """The rules by which the forms of a dataset check, the form of a new record, and in a large dataset the one form of
    any record. Forms are in Polish, like the data they change."""
    if press.locale != "pl":
        return
    records = press.world.records[dataset.id]
    stem = f"popraw/{dataset.slug}"
    body = json.dumps(rules(dataset, records), ensure_ascii=False, separators=(",", ":"))
    yield Output(PurePosixPath(stem, "pola.js"), f"window.POLA = {body};\n".encode())
    yield _page(press, dataset, "new", f"{stem}/nowy.html", Merged(dataset.id, "", {}, {}, {}))
    if press.world.large[dataset.id]:
        yield _page(press, dataset, "any", f"{stem}/wpis.html", Merged(dataset.id, "", {}, {}, {}))


def form_pages(press: Press, dataset: Dataset, keys: Sequence[str]) -> Iterator[Output]:
    """The prefilled forms of the records named."""
    records = press.world.records[dataset.id]
    for key in keys:
        yield _page(press, dataset, "edit", f"popraw/{dataset.slug}/{key}.html", records[key])


def _page(press: Press, dataset: Dataset, mode: str, address: str, record: Merged) -> Output:
    world, site = press.world, press.world.site
    name = title_of(dataset, record) if mode == "edit" else ""
    titles = {
        "edit": f"Popraw: {name}",
        "new": f"Nowy wpis: {dataset.spec.title}",
        "any": f"Popraw wpis: {dataset.spec.title}",
    }
    status = dataset.spec.status
    blocks = world.large[dataset.id] and len(world.records[dataset.id]) > FILES_AT_MOST
    target = (site.base_url or "") + address
    context = {
        "mode": mode,
        "dataset": dataset_card(press, dataset),
        "title": titles[mode],
        "name": name,
        "record": record,
        "record_href": f"{dataset.slug}/{record.key}.html" if mode == "edit" else "",
        "gone_text": words.day(record.gone) if record.gone else "",
        "asks": new_asks(dataset) if mode == "new" else asks(world, dataset, record),
        "by": tuple(BY.items()),
        "renews": bool(status and status.renew_days),
        "form_file": file_name(dataset),
        "target": target,
        "qr": qr(target if site.base_url else f"spojnik:{address}"),
        "known": _inline({**known(dataset, record), "mode": mode, "blocks": blocks}),
    }
    crumbs = (_home(press), Link("Popraw dane", "popraw/"), Link(dataset.spec.title, f"{dataset.slug}/"))
    return page(press, "correct.html", address, titles[mode], context, crumbs=crumbs, robots="noindex")


def _home(press: Press) -> Link:
    return Link(press.world.site.name, press.prefix)


def _inline(value: Any) -> str:
    """JSON that cannot end its own script element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def qr(text: str) -> str:
    """SVG of a QR code: one path, a horizontal line for each run of dark modules, with the quiet zone of four modules.

    A fixed mask is five times as fast as trying all eight and reads as well on paper.
    """
    import segno

    rows = ["".join("#" if dark else " " for dark in row) for row in segno.make(text, micro=False, mask=0).matrix]
    lines = [
        f"M{run.start() + 4} {y + 4}.5h{len(run[0])}" for y, row in enumerate(rows) for run in re.finditer("#+", row)
    ]
    side = len(rows) + 8
    return (
        f'<svg class="qr" viewBox="0 0 {side} {side}"><path fill="#fff" d="M0 0h{side}v{side}H0z"/>'
        f'<path stroke="#000" d="{"".join(lines)}"/></svg>'
    )
