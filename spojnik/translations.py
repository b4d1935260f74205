"""What there is to translate, and `make words`: the catalogues in `site/locale/` brought up to date with the sentences.

A sentence comes from a template, from `say("…")` in the code, from a table of words that the code says later, or from
content: fields, choices and descriptions of datasets, the finder, the rules. Nothing here translates; a new sentence
stands in the .po empty until a person fills it, and a test counts those.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from babel.messages import Catalog as Messages
from babel.messages.pofile import read_po, write_po

from spojnik import hours, rules, status, words
from spojnik.catalog import Catalog, Dataset, load_catalog
from spojnik.checks import RULES
from spojnik.finding import Level
from spojnik.paper import sheets
from spojnik.schema import fields
from spojnik.site import load_site
from spojnik.store import load_yaml
from spojnik.web import content_pages, data_pages, rows, shown
from spojnik.web.finder import cards
from spojnik.web.finder.tree import load_finder, texts
from spojnik.web.html import environment

_NAMES = frozenset(("district", "country"))  # districts keep their names; countries are named by CLDR
_POLISH_ONLY = ("numbers", "expected", "conformance", "correct", "_chart", "_placed")
_NOT_ON_PAGES = ("corrections", "exports", "report.py", "sheet.py", "compile.py", "numbers", "conformance_page.py")
_LATER = (  # tables of words that the code says later, each with its place
    ("spojnik/status.py", status.LABELS.values()),
    ("spojnik/web/shown.py", (*shown.DOUBTS.values(), *shown.BY.values())),
    ("spojnik/web/rows.py", rows.SENTENCES),
    ("spojnik/web/data_pages.py", data_pages.CADENCES.values()),
    ("spojnik/web/finder/cards.py", cards.WEEK),
    ("spojnik/hours.py", hours.HOLIDAYS),
    ("spojnik/words.py", (*words.WEEK.values(), *words.LANGUAGES.values())),
    ("spojnik/paper/sheets.py", tuple(name for _, name in sheets.COLOURS)),
    ("spojnik/finding.py", tuple(level.label for level in Level)),
)


class Message(NamedTuple):
    """One thing to translate and the file it comes from. many: the plural form, "" where there is none."""

    text: str
    place: str
    many: str = ""


def messages(root: Path) -> dict[str, Message]:
    """Everything to translate in the repository at `root`, by its Polish text, in a steady order."""
    catalog = load_catalog(root / "datasets")
    found: dict[str, Message] = {}
    for message in (*_templates(root), *_code(root), *_later(), *_content(root, catalog)):
        known = found.get(message.text)
        if message.text and (known is None or (message.many and not known.many)):
            found[message.text] = message
    return found


def _templates(root: Path) -> Iterator[Message]:
    folder = root / "site" / "templates"
    reader = environment(folder, "pl")
    for path in sorted(folder.iterdir()):
        if path.name.startswith(_POLISH_ONLY):
            continue
        place = path.relative_to(root).as_posix()
        for _, _, said in reader.extract_translations(path.read_text("utf-8")):  # type: ignore[attr-defined]
            one, many = said[:2] if isinstance(said, tuple) else (said, "")
            yield Message(one, place, many or "")


def _code(root: Path) -> Iterator[Message]:
    for path in sorted((root / "spojnik").rglob("*.py")):
        if not any(part in _NOT_ON_PAGES for part in path.relative_to(root).parts):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and _name(node.func) == "say" and node.args:
                    for text in _constants(node.args[0]):
                        yield Message(text, path.relative_to(root).as_posix())


def _name(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""


def _constants(node: ast.expr) -> Iterator[str]:
    """The sentence of a call, or both where a condition chooses."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*_constants(node.body), *_constants(node.orelse))


def _later() -> Iterator[Message]:
    return (Message(text, place) for place, several in _LATER for text in several)


def _content(root: Path, catalog: Catalog) -> Iterator[Message]:
    yield Message(load_site(root / "site" / "site.yml").tagline, "site/site.yml")
    for dataset in catalog:
        yield from _spec(dataset)
        yield from _schema(dataset)
    finder = load_finder(root / "site" / "finder.yml")
    yield from (Message(text, "site/finder.yml") for text in (texts(finder) if finder else ()))
    yield from _titles(root / "site")
    for rule in RULES.values():
        yield from (
            Message(text, rules.__name__.replace(".", "/") + ".py") for text in (rule.title, rule.why, rule.todo)
        )


def _titles(site: Path) -> Iterator[Message]:
    """Names of pages in Polish that pages in other languages link to, and of what is printed."""
    for path in sorted((site / "content").glob("*.md")):
        yield Message(content_pages.prose(path).title, path.relative_to(site.parent).as_posix())
    for number in load_yaml(site / "numbers.yml").data["numbers"]:
        yield Message(number["title"], "site/numbers.yml")
    printed = load_yaml(site / "print.yml").data
    yield from (Message(printed[name], "site/print.yml") for name in ("title", "large", "poster", "card"))


def _spec(dataset: Dataset) -> Iterator[Message]:
    spec, place = dataset.spec, f"datasets/{dataset.id}/dataset.yml"
    yield Message(spec.one, place, spec.many)
    labels = (moment.label for moment in spec.timeline)
    yield from (Message(text, place) for text in (spec.title, spec.description, spec.empty, *labels))


def _schema(dataset: Dataset) -> Iterator[Message]:
    place = f"datasets/{dataset.id}/schema.py"
    for field in fields(dataset.model):
        kind = field.kind.item or field.kind
        options: Iterable[str] = (kind.options or {}).values() if kind.name not in _NAMES else ()
        yield from (Message(text, place) for text in (field.label, field.f.help, field.kind.label, *options))


def path_of(root: Path, locale: str) -> Path:
    """The catalogue of a language."""
    return root / "site" / "locale" / locale / "LC_MESSAGES" / "spojnik.po"


def read(path: Path, locale: str) -> Messages:
    """The catalogue as Babel reads it; an empty one where there is no file yet."""
    if not path.exists():
        return Messages(locale=locale, project="Spójnik", version="1", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def update(root: Path, locale: str) -> tuple[int, int]:
    """Write the catalogue of a language anew: old translations kept, new sentences empty, old sentences gone.

    Returns how many sentences there are and how many of them are untranslated.
    """
    path = path_of(root, locale)
    old = read(path, locale)
    new = Messages(
        locale=locale,
        project="Spójnik",
        version="1",
        fuzzy=False,
        header_comment=old.header_comment if path.exists() else _HEAD,
    )
    new.creation_date = new.revision_date = old.creation_date if path.exists() else datetime.now(UTC)
    empty = 0
    for message in messages(root).values():
        ident: Any = (message.text, message.many) if message.many else message.text
        before = old.get(message.text)
        string: Any = before.string if before else ""
        if message.many and not isinstance(string, tuple | list):
            string = (string,) * old.num_plurals
        elif not message.many and isinstance(string, tuple | list):
            string = string[0]
        new.add(ident, string, locations=[(message.place, 1)], flags=before.flags if before else ())
        empty += not (all(string) if message.many else string)
    path.parent.mkdir(parents=True, exist_ok=True)
    written = BytesIO()
    write_po(written, new, width=110, include_lineno=False)
    path.write_bytes(_UNSAID.sub(b"", written.getvalue()))
    return len(new), empty


_HEAD = """\
# Words of the site. The Polish sentence is the id; fill in msgstr, and keep what stands in braces as it is.
# A native speaker who has read the whole file writes who on the next line; until then pages say nobody has.
# Native-Reader:"""


# Lines that Babel writes about nobody in particular.
_UNSAID = re.compile(rb'"(?:Report-Msgid-Bugs-To|Last-Translator|Language-Team|Generated-By|PO-Revision-Date): .*\n')


def main(root: Path) -> int:
    """`make words`: update every catalogue and say what is missing; exit 1 while anything is."""
    missing = 0
    for locale in load_site(root / "site" / "site.yml").locales:
        if locale != "pl":
            count, empty = update(root, locale)
            missing += empty
            print(f"{path_of(root, locale).relative_to(root)}: {count} zdań, bez tłumaczenia {empty}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(Path(__file__).resolve().parent.parent))
