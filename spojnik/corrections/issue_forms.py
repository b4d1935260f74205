"""Issue forms on GitHub, generated from the schemas: the second way to send a correction, also without JavaScript.

Ids are prefixed because GitHub reads `title`, `labels` and other names in the address as its own. Single-line boxes are
used even for closed lists: only boxes are known to take a prefilled value from the address.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from spojnik.catalog import Catalog, Dataset
from spojnik.corrections.form import BY, Ask, new_asks
from spojnik.store import dump_yaml

FOLDER = Path(".github/ISSUE_TEMPLATE")
LABEL = "poprawka"
DATASET, KEY, WHO, PROOF, GONE, UNTIL, NOTE = (
    "Zbiór",
    "Klucz wpisu",
    "Kim jestem dla tej organizacji",
    "Strona, na której to widać",
    "Już nie istnieje od dnia",
    "Do kiedy to obowiązuje",
    "Uwagi dla redakcji",
)
_CHOOSER = """\
# Zgłoszenia spoza formularzy są w porządku: nie każda sprawa dotyczy wpisu.
blank_issues_enabled: true
"""
_HEAD = "# Powstaje ze schematu zbioru: python build.py forms. Zmień schema.py, nie ten plik.\n"
LEAVE = "Zostaw puste, jeśli nic się tu nie zmienia. Wpisz „usuń”, jeśli wartość jest zła, a dobrej nie znasz."


def file_name(dataset: Dataset) -> str:
    """The form of a dataset."""
    return f"popraw-{dataset.slug}.yml"


def forms(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """(file name, canonical YAML) of every form and of the chooser's settings."""
    for dataset in catalog:
        yield file_name(dataset), _canonical(form(dataset))
    yield "config.yml", _CHOOSER


def form(dataset: Dataset) -> dict[str, Any]:
    """One form: correct, add or end a record of a dataset."""
    title = dataset.spec.title
    intro = (
        "Popraw wpis, dodaj nowy albo powiedz, że czegoś już nie ma. Wypełnij tylko to, co wiesz. "
        "Wszystko, co tu wpiszesz, będzie publiczne: nie podawaj danych osób prywatnych.\n\n"
        "Po wysłaniu robot zamieni zgłoszenie w propozycję zmiany i odpisze tutaj."
    )
    parts: list[dict[str, Any]] = [
        {"type": "markdown", "attributes": {"value": intro}},
        {
            "type": "dropdown",
            "id": "zbior",
            "attributes": {"label": DATASET, "options": [title], "default": 0},
            "validations": {"required": True},
        },
        _box(
            "klucz",
            KEY,
            "Jest na końcu adresu strony wpisu, bez „.html”. Zostaw puste, jeśli to nowy wpis.",
            "krs-0000123456",
        ),
        {
            "type": "dropdown",
            "id": "kto",
            "attributes": {
                "label": WHO,
                "description": ". ".join(f"{code}: {said}" for code, said in BY.items()) + ".",
                "options": list(BY),
            },
            "validations": {"required": True},
        },
        {
            **_box("dowod", PROOF, "Adres strony internetowej, na której każdy może to sprawdzić.", "https://"),
            "validations": {"required": True},
        },
        *(_field(ask) for ask in new_asks(dataset)),
        _box("koniec", GONE, "Wypełnij tylko wtedy, gdy tego, co opisuje wpis, już nie ma.", "2026-11-01"),
    ]
    if dataset.spec.status and dataset.spec.status.renew_days:
        parts.append(_box("do", UNTIL, "Potem zapytamy, czy to nadal aktualne.", "2027-06-30"))
    parts.append(_box("uwaga", NOTE, "To, czego nie mieszczą inne pola. Nie trafi na stronę wpisu.", "", "textarea"))
    return {
        "name": f"Popraw dane: {title}",
        "description": f"Popraw, dodaj albo zakończ wpis w zbiorze „{title}”.",
        "title": f"Poprawka: {title}",
        "labels": [LABEL],
        "body": parts,
    }


def _field(ask: Ask) -> dict[str, Any]:
    many = ask.widget in ("checks", "lines")
    said = [ask.help, "Każda pozycja w osobnej linii." if many else ""]
    if ask.options:
        labels = [label if label == code else f"{code} ({label})" for code, label in ask.options]
        said.append(f"Do wyboru: {', '.join(labels[:40])}{' …' if len(labels) > 40 else ''}.")
    said.append(LEAVE)
    kind = "textarea" if many or ask.widget == "textarea" else "input"
    return _box(f"v_{ask.name}", ask.label, " ".join(part for part in said if part), ask.example, kind)


def _box(name: str, label: str, description: str, placeholder: str, kind: str = "input") -> dict[str, Any]:
    attributes = {"label": label, "description": description}
    if placeholder:
        attributes["placeholder"] = f"np. {placeholder}"
    return {"type": kind, "id": name, "attributes": attributes}


def _canonical(value: dict[str, Any]) -> str:
    """The machinery's YAML has no lists of mappings, so the parts of a form are laid out here."""
    head = {name: part for name, part in value.items() if name != "body"}
    lines = [_HEAD, dump_yaml(head), "body:\n"]
    for part in value["body"]:
        first, *rest = dump_yaml(part).splitlines(keepends=True)
        lines += [f"  - {first}", *(f"    {line}" for line in rest)]
    return "".join(lines)


def write(catalog: Catalog, folder: Path) -> list[str]:
    """Make the forms in `folder` those of the schemas, no other `popraw-*.yml` left; the names that changed."""
    wanted = dict(forms(catalog))
    changed = stale(catalog, folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in wanted.items():
        (folder / name).write_text(text, "utf-8")
    for old in folder.glob("popraw-*.yml"):
        if old.name not in wanted:
            old.unlink()
    return changed


def stale(catalog: Catalog, folder: Path) -> list[str]:
    """Names of committed forms that say something else than the schemas do."""
    wanted = dict(forms(catalog))
    there = {path.name: path.read_text("utf-8") for path in (*folder.glob("popraw-*.yml"), *folder.glob("config.yml"))}
    return sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))
