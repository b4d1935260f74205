"""Every list is a subscription: Atom, calendar, CSV and JSON under the stem of its page, without an account.

Identifiers depend on the record only, never on the address of the site, so a moved deadline is an update of the same
entry and the same event: Atom `updated` and iCalendar SEQUENCE move, the text says what changed. A cancelled call is
STATUS:CANCELLED. What each record looks like in a feed is made once and shared by all the lists that it is on.
RFC 4287, RFC 5545.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from spojnik import addresses
from spojnik.catalog import Dataset
from spojnik.changes import by_key, changed_on, in_words
from spojnik.exports import csv, json
from spojnik.exports.events import calendar, event
from spojnik.exports.mapped import stable_id
from spojnik.exports.table import Table, cells, columns
from spojnik.output import Output
from spojnik.ranks import title_of
from spojnik.reads import Recall, digest, unnoted
from spojnik.schema import fields
from spojnik.status import LABELS, standing

if TYPE_CHECKING:
    from spojnik.origin import Merged
    from spojnik.world import Change, World

CHANGES_AT_MOST = 100
ROWS_AT_MOST = 5_000


class Prepared(NamedTuple):
    """A dataset ready for its feeds. table: its columns, without rows; records: by key; told: key → all that
    a feed tells of the record but for the names of what it points at; day: key → last change; newest: keys by it; line:
    key → its row as CSV and as JSON; entries and events: what was already written, by key."""

    table: Table
    records: Mapping[str, Merged]
    told: Callable[[str], object]
    day: Mapping[str, str]
    newest: Sequence[str]
    history: Mapping[str, Sequence[Change]]
    line: Callable[[str], tuple[str, bytes]]
    entries: dict[str, str]
    events: dict[str, tuple[str, str]]


def prepare(world: World, dataset: Dataset) -> Prepared:
    """Do once what all feeds of a dataset share. The lines of a huge one are not kept: memory costs more than they."""
    table = Table(world, dataset, columns(dataset), (), ())
    known = unnoted(world.records[dataset.id])
    row, as_csv, as_json = cells(world, dataset), csv.liner(table), json.liner(table)

    def line(key: str) -> tuple[str, bytes]:
        found = row(known[key])
        return as_csv(found), as_json(found)

    day, history = changed_on(world, dataset), by_key(world.history.get(dataset.id, ()))
    lines = Recall(line) if len(known) <= json.FILES_AT_MOST else line
    gists = unnoted(world.gists[dataset.id])

    def told(key: str) -> object:
        return gists[key].mark, day[key], history.get(key)

    newest = sorted(sorted(day, reverse=True), key=day.__getitem__, reverse=True)
    return Prepared(table, known, told, day, newest, history, lines, {}, {})


def telling(prepared: Prepared, keys: Sequence[str]) -> str:
    """A digest of all that the feeds of a list tell of its records: of a long one only the newest are told."""
    told = keys if endings(prepared, keys) != ("atom",) else _newest(prepared, keys)
    return digest(map(prepared.told, told))


def _newest(prepared: Prepared, keys: Sequence[str]) -> list[str]:
    return list(islice((key for key in prepared.newest if key in keys), CHANGES_AT_MOST))


def endings(prepared: Prepared, keys: Sequence[str]) -> tuple[str, ...]:
    """Which formats `feed` writes for a list of records; above 5 000 rows the page links to the whole file instead."""
    tables = ("csv", "json") if len(keys) <= ROWS_AT_MOST else ()
    dated = prepared.table.dataset.spec.status and any(_event(prepared, key)[1] for key in keys[:ROWS_AT_MOST])
    return ("atom", *tables, *(("ics",) if dated else ()))


def feed(prepared: Prepared, title: str, stem: str, keys: Sequence[str]) -> Iterator[Output]:
    """The feeds of the page `<stem>.html` that lists the records `keys`."""
    formats = endings(prepared, keys)
    table = prepared.table
    newest = _newest(prepared, keys)
    days = [prepared.day.get(key) or table.world.today for key in newest]
    entries = "".join(_entry(prepared, key) for key in newest)
    yield _output(stem, "atom", atom(table.world, title, stem, max(days, default=table.world.today), entries))
    if "csv" in formats:
        rows = list(map(prepared.line, keys))
        text = csv.heading(table) + "".join([line for line, _ in rows])
        yield Output(PurePosixPath(f"{stem}.csv"), text.encode())
        yield Output(PurePosixPath(f"{stem}.json"), json.wrapped(table, [line for _, line in rows]))
    if "ics" in formats:
        events = sorted((_event(prepared, key) for key in keys if _event(prepared, key)[1]), reverse=True)
        yield _output(stem, "ics", calendar(title, [text for _, text in events[:CHANGES_AT_MOST]]))


def changes_feed(world: World) -> Output:
    """`/zmiany.atom`: the latest changes of all datasets."""
    found = [(change.on, dataset, change) for dataset in world.catalog for change in world.history[dataset.id]]
    newest = sorted(found, key=lambda item: (item[0], item[1].id, item[2].key, item[2].field), reverse=True)
    entries = []
    for day, dataset, change in newest[:CHANGES_AT_MOST]:
        record = world.record(dataset.id, change.key)
        name = title_of(dataset, record) if record else change.key
        address = addresses.record_page(dataset.slug, change.key)
        own = stable_id("change", dataset.id, change.key, change.field, day)
        entries.append(_atom_entry(world, own, name, address, day, in_words(dataset, change), dataset.spec.title))
    latest = newest[0][0] if newest else world.today
    return _output("zmiany", "atom", atom(world, f"{world.site.name}: zmiany", "zmiany", latest, "".join(entries)))


def atom(world: World, title: str, stem: str, updated: str, entries: str) -> str:
    """An Atom feed around finished entries. `updated` is an ISO day; `stem`, without ending, names it for ever."""
    root = world.site.root_url
    page = "zmiany/" if stem == "zmiany" else f"{stem}.html"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="pl">\n'
        f"<id>urn:uuid:{stable_id('feed', stem)}</id>\n<title>{escape(title)}</title>\n"
        f"<updated>{updated[:10]}T00:00:00Z</updated>\n"
        f"<author><name>{escape(world.site.operator or world.site.name)}</name></author>\n"
        f'<link rel="self" type="application/atom+xml" href={quoteattr(f"{root}{stem}.atom")}/>\n'
        f'<link rel="alternate" type="text/html" href={quoteattr(root + page)}/>\n'
        f"<rights>CC0 1.0</rights>\n{entries}</feed>\n")


def _output(stem: str, ending: str, text: str) -> Output:
    return Output(PurePosixPath(f"{stem}.{ending}"), text.encode())


def _entry(prepared: Prepared, key: str) -> str:
    if key not in prepared.entries:
        world, dataset, record = prepared.table.world, prepared.table.dataset, prepared.records[key]
        day = prepared.day.get(key) or world.today
        prepared.entries[key] = _atom_entry(
            world, stable_id(dataset.id, key), title_of(dataset, record), addresses.record_page(dataset.slug, key), day,
            _text(prepared, record), dataset.spec.title)
    return prepared.entries[key]


def _atom_entry(world: World, own: str, title: str, address: str, day: str, text: str, category: str) -> str:
    return (f"<entry>\n<id>urn:uuid:{own}</id>\n<title>{escape(title)}</title>\n"
            f"<updated>{day[:10]}T00:00:00Z</updated>\n"
            f'<link rel="alternate" type="text/html" href={quoteattr(world.site.root_url + address)}/>\n'
            f"<category term={quoteattr(category)}/>\n<summary>{escape(text)}</summary>\n</entry>\n")


def _text(prepared: Prepared, record: Merged) -> str:
    """What a reader of the feed needs: the status, what changed last, the facts that decide."""
    world, dataset = prepared.table.world, prepared.table.dataset
    now = standing(dataset, record, world.today)
    shown = {field.name: field for field in fields(dataset.model)}
    said = [f"Stan: {LABELS[now.code]}."] if now else []
    history = prepared.history.get(record.key, ())
    latest = max((change.on for change in history), default="")
    said += [in_words(dataset, change) for change in history if change.on == latest]
    said += [f"{shown[name].label}: {shown[name].kind.show(record.values[name])}." for name in dataset.spec.line
             if name in record.values and not shown[name].kind.target]
    if record.doubts:
        labels = ", ".join(shown[name].label.lower() for name in record.doubts if name in shown)
        said.append(f"Do potwierdzenia: {labels}.")
    return " ".join(said) or dataset.spec.title


def _event(prepared: Prepared, key: str) -> tuple[str, str]:
    """(day, VEVENT) of a record, or ("", "") where it has no date."""
    if key not in prepared.events and prepared.table.dataset.spec.status is None:
        return "", ""
    if key not in prepared.events:
        world, dataset, record = prepared.table.world, prepared.table.dataset, prepared.records[key]
        text = event(world, dataset, record, prepared.history.get(key, ()), prepared.day.get(key) or world.today)
        prepared.events[key] = text
    return prepared.events[key]
