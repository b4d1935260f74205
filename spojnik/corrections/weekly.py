"""The weekly look at corrections: which stand, which can go, whom to ask, and which promises are about to run out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import quote

from spojnik.catalog import Dataset
from spojnik.corrections import github
from spojnik.corrections.pull_report import code, text
from spojnik.origin import MANUAL, Merged
from spojnik.ranks import title_of
from spojnik.schema import fields
from spojnik.status import days_between
from spojnik.store import load_yaml
from spojnik.web.shown import correct_page
from spojnik.words import day, plain, plural
from spojnik.world import World

NOTICE_DAYS = 14
LABEL = "przegląd"
_MARK = "<!-- spojnik:przeglad -->"


class Promise(NamedTuple):
    """A record that somebody promised to be true until a day (ISO)."""

    dataset: Dataset
    record: Merged
    until: str


def promises(world: World) -> Iterator[Promise]:
    """Promises that have run out or will within NOTICE_DAYS; a newer one of the same record takes the older's place."""
    for dataset in world.catalog:
        latest: dict[str, tuple[str, str]] = {}
        for path in sorted((dataset.folder / MANUAL).glob("*/*.yml")):
            said = load_yaml(path).data
            if isinstance(said, dict) and said.get("until"):
                found = (str(said.get("on", "")), str(said["until"]))
                latest[path.parent.name] = max(latest.get(path.parent.name, ("", "")), found)
        for key, (_, until) in sorted(latest.items()):
            record = world.record(dataset.id, key)
            if record and not record.gone and days_between(world.today, until) <= NOTICE_DAYS:
                yield Promise(dataset, record, until)


def letter(world: World, promise: Promise) -> str:
    """The reminder to send to whoever made the promise; plain text, ready to copy."""
    name = title_of(promise.dataset, promise.record)
    past = days_between(world.today, promise.until) < 0
    when = f"{'Obowiązywało' if past else 'Obowiązuje'} do {day(promise.until).replace(chr(160), ' ')}."
    address = (world.site.base_url or "") + correct_page(world, promise.dataset, promise.record.key)
    return (
        f"Dzień dobry,\n\nw serwisie {world.site.name} jest wpis „{name}”. {when}\n"
        "Czy to nadal aktualne? Wystarczy wpisać nową datę w polu „Do kiedy to obowiązuje”:\n"
        f"{address}#do\n\n"
        "Jeśli już nieaktualne, wpisz w tym samym formularzu, od kiedy. Bez odpowiedzi pokażemy wpis jako\n"
        "„do potwierdzenia”. Dziękujemy."
    )


def review(world: World) -> str:
    """The weekly report in Markdown. Names and values come from outside and stay text."""
    lines = [f"Stan na {text(day(world.today))}.", ""]
    groups = (
        ("redundant", "Można usunąć", "Źródło mówi już to samo. Usuń plik poprawki: nic się nie zmieni."),
        ("overtaken", "Kto ma rację?", "Źródło podaje trzecią wartość. Trzymamy poprawkę; sprawdź i dodaj nową."),
        ("tie", "Strony podają różne wartości", "Zadzwoń albo napisz i dodaj poprawkę z dowodem."),
    )
    for doubt, title, todo in groups:
        found = list(_doubted(world, doubt))
        lines += [f"### {title} ({len(found)})", "", todo if found else "Nic w tym tygodniu.", ""]
        lines += found[:50]
        lines += [""] if found else []
    due = list(promises(world))
    lines += [f"### Kończące się obietnice ({len(due)})", ""]
    lines += [] if due else ["Nic w tym tygodniu.", ""]
    for promise in due:
        title = title_of(promise.dataset, promise.record)
        lines += [
            f"<details><summary>{text(title)}: do {promise.until}</summary>",
            "",
            "Przypomnienie do wysłania:",
            "",
        ]
        lines += ["~~~~text", letter(world, promise).replace("~~~~", "~ ~ ~ ~"), "~~~~", "", "</details>", ""]
    standing = sum(_standing(record) for records in world.records.values() for record in records.values())
    counted = f"{standing} {plural(standing, 'poprawka', 'poprawki', 'poprawek')}"
    lines.append(f"Bez zmian {plural(standing, 'stoi', 'stoją', 'stoi')} {counted}; nic nie trzeba z tym robić.")
    return "\n".join(lines) + "\n"


def _doubted(world: World, doubt: str) -> Iterator[str]:
    for dataset in world.catalog:
        labels = {field.name: field.label for field in fields(dataset.model)}
        for record in world.records[dataset.id].values():
            for name, found in record.doubts.items():
                if found == doubt:
                    claims = record.why[name]
                    values = ", ".join(code(plain(value)) for value in dict.fromkeys(plain(c.value) for c in claims))
                    place = "" if doubt == "tie" else f" Plik: {code(_file(world, dataset, record))}."
                    yield f"- {text(title_of(dataset, record))}, {text(labels[name])}: {values}.{place}"


def _file(world: World, dataset: Dataset, record: Merged) -> str:
    """The newest correction of a record, as the repository names it."""
    places = [o.place for o in world.said[dataset.id] if o.key == record.key and o.origin.source == MANUAL]
    name = max((PurePosixPath(place.split(":")[0]).name for place in places), default="")
    return f"datasets/{dataset.folder.name}/{MANUAL}/{record.key}/{name}"


def _standing(record: Merged) -> int:
    return sum(claims[0].origin.source == MANUAL and record.doubts.get(name, "") == ""
               for name, claims in record.why.items())  # fmt: skip


def publish(world: World) -> None:
    """Keep the review in one issue of the robot's: rewritten each week, opened again when somebody closed it."""
    base = f"repos/{github.repository()}/issues"
    body = f"{_MARK}\n{review(world)}"
    for issue in github.api("GET", f"{base}?labels={quote(LABEL)}&state=all&per_page=100") or []:
        if issue["user"]["login"] == github.ROBOT and str(issue.get("body") or "").startswith(_MARK):
            github.api("PATCH", f"{base}/{issue['number']}", {"body": body, "state": "open"})
            return
    github.api("POST", base, {"title": "Przegląd poprawek", "body": body, "labels": [LABEL]})
