"""Commands that keep the repository: skeletons, the local server, publishing, and what workflows call.

Each sub-command is one line in `add` and one function here; the work is done elsewhere.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spojnik.order import Order

Run = Callable[[argparse.Namespace], int]
_FACTS = Path("raport/zmiana.json")


def add(commands: Any) -> None:
    """Add every sub-command to the parser of `build.py`."""
    new = commands.add_parser("new", help="szkielet zbioru albo wpisu").add_subparsers(metavar="CO", required=True)
    dataset = _add(new, "dataset", "folder nowego zbioru, z objaśnieniem każdego pola", _new_dataset)
    dataset.add_argument("id", help="nazwa zbioru, np. lokale")
    record = _add(new, "record", "plik nowego wpisu, z objaśnieniem każdego pola", _new_record)
    record.add_argument("dataset", help="nazwa zbioru, np. organisations")
    record.add_argument("key", nargs="?", default="", help="klucz wpisu; bez niego szkielet wychodzi na ekran")
    serve = _add(commands, "serve", "lokalny podgląd, który odświeża się po zmianie", _serve)
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--out", type=Path, default=Path("dist"))
    publish = _add(commands, "publish", "kopiuje zbudowany serwis, np. do s3://kosz/folder", _publish)
    publish.add_argument("target", help="dokąd: folder albo adres")
    publish.add_argument("--out", type=Path, default=Path("dist"), help="zbudowany serwis")
    forms = _add(commands, "forms", "formularze zgłoszeń na GitHubie, ze schematów", _forms)
    forms.add_argument("--check", action="store_true", help="tylko sprawdź, czy są aktualne")
    pull = _add(commands, "pull", "co zmienia propozycja zmiany (fakty dla raportu)", _pull)
    pull.add_argument("--before", type=Path, required=True, help="drzewo sprzed zmiany")
    pull.add_argument("--facts", type=Path, default=_FACTS, help="dokąd zapisać fakty")
    comment = _add(commands, "comment", "raport jako komentarz pod propozycją zmiany", _comment)
    comment.add_argument("--facts", type=Path, default=_FACTS)
    _add(commands, "correct", "zgłoszenie z formularza → propozycja zmiany", _correct)
    _add(commands, "due", "źródła, na które przyszła pora", _due)
    pack = _add(commands, "pack", "odkłada to, co zmieniło zbieranie", _pack)
    pack.add_argument("folder", type=Path)
    _add(commands, "daily", "dzienny zapis zmian na świecie", _daily)
    _add(commands, "broken", "zgłoszenia o źródłach, które nie działają", _broken)
    weekly = _add(commands, "weekly", "przegląd poprawek i przypomnienia", _weekly)
    weekly.add_argument("--publish", action="store_true", help="wpisz go do zgłoszenia na GitHubie")
    _add(commands, "edition", "wydanie tygodnia", _edition)
    _add(commands, "keep-alive", "podtrzymuje harmonogramy na GitHubie", _keep_alive)


def _add(commands: Any, name: str, help: str, run: Run) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=help)
    parser.add_argument("--datasets", type=Path, default=Path("datasets"), help="folder ze zbiorami")
    parser.add_argument("--today", type=_day, default=date.today().isoformat(), help="dzień, np. 2026-11-22")
    parser.set_defaults(run=_guarded(run))
    return parser


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError(f"„{text}” to nie data; wpisz np. 2026-11-22") from None


def _guarded(run: Run) -> Run:
    """What git or GitHub refuses is a sentence, not a traceback."""

    def guarded(chosen: argparse.Namespace) -> int:
        from spojnik.corrections.github import Unavailable

        try:
            return run(chosen)
        except Unavailable as refused:
            print(f"Git albo GitHub odmówił: {refused}", file=sys.stderr)
            return 1

    return guarded


def _order(datasets: Path, today: str) -> Order:
    from spojnik.commands import site_file, site_folder
    from spojnik.order import Order

    return Order(datasets, site_folder(datasets), site_file(datasets), Path(), today)


def _root(chosen: argparse.Namespace) -> Path:
    return Path(chosen.datasets).resolve().parent


def _new_dataset(chosen: argparse.Namespace) -> int:
    from spojnik.skeleton import new_dataset

    print("Powstały pliki:", *new_dataset(chosen.datasets, chosen.id), sep="\n")
    return 0


def _new_record(chosen: argparse.Namespace) -> int:
    from spojnik.catalog import load_catalog
    from spojnik.skeleton import new_record, record_text

    dataset = load_catalog(chosen.datasets, (chosen.dataset,)).datasets[chosen.dataset]
    if not chosen.key:
        print(record_text(dataset, "klucz", chosen.today), end="")
        return 0
    print(f"Powstał plik: {new_record(_root(chosen), dataset, chosen.key, chosen.today)}")
    return 0


def _serve(chosen: argparse.Namespace) -> int:
    from spojnik.server import serve

    return serve(chosen.out, chosen.port, chosen.datasets)


def _publish(chosen: argparse.Namespace) -> int:
    from spojnik.publish import publish

    try:
        done = publish(chosen.out, chosen.target)
    except FileNotFoundError as missing:
        print(f"Nie ma pliku {missing}. Najpierw zbuduj serwis: make site.", file=sys.stderr)
        return 1
    print(f"Wysłano {done.sent}, bez zmian {done.kept}, usunięto {done.removed}.")
    return 0


def _forms(chosen: argparse.Namespace) -> int:
    from spojnik.catalog import load_catalog
    from spojnik.corrections.issue_forms import FOLDER, stale, write

    catalog, folder = load_catalog(chosen.datasets), _root(chosen) / FOLDER
    changed = stale(catalog, folder) if chosen.check else write(catalog, folder)
    print("Formularze zgłoszeń:", ", ".join(changed) or "bez zmian")
    return int(bool(changed) and chosen.check)


def _pull(chosen: argparse.Namespace) -> int:
    from spojnik.corrections.pull_report import report
    from spojnik.corrections.robot import pull

    found = pull(_order(chosen.before, chosen.today), _order(chosen.datasets, chosen.today))
    chosen.facts.parent.mkdir(parents=True, exist_ok=True)
    chosen.facts.write_text(found.model_dump_json(indent=1), "utf-8")
    text = report(found)
    print(text)
    if summary := os.environ.get("GITHUB_STEP_SUMMARY"):
        Path(summary).write_text(text, "utf-8")
    return int(found.stopped)


def _comment(chosen: argparse.Namespace) -> int:
    from spojnik.corrections.robot import comment

    return comment(chosen.facts)


def _correct(chosen: argparse.Namespace) -> int:
    from spojnik.corrections.robot import correct

    return correct(_order(chosen.datasets, chosen.today), _root(chosen))


def _due(chosen: argparse.Namespace) -> int:
    from spojnik.corrections.robot import due

    return due(_order(chosen.datasets, chosen.today))


def _pack(chosen: argparse.Namespace) -> int:
    from spojnik.corrections.daily import pack

    print(f"Odłożono plików: {pack(_root(chosen), chosen.folder)}.")
    return 0


def _daily(chosen: argparse.Namespace) -> int:
    from spojnik.corrections import github
    from spojnik.corrections.daily import commit_day

    if not commit_day(_root(chosen), _order(chosen.datasets, chosen.today)):
        print("Nie ma czego zapisać.")
        return 0
    github.push(os.environ.get("GITHUB_REF_NAME") or "main", _root(chosen))
    return 0


def _broken(chosen: argparse.Namespace) -> int:
    from spojnik.corrections.broken import sync
    from spojnik.order import load

    print(*sync(load(_order(chosen.datasets, chosen.today))[0]), sep="\n")
    return 0


def _weekly(chosen: argparse.Namespace) -> int:
    from spojnik.corrections.weekly import publish, review
    from spojnik.order import load

    world = load(_order(chosen.datasets, chosen.today))[0]
    print(review(world))
    if chosen.publish:
        publish(world)
    return 0


def _edition(chosen: argparse.Namespace) -> int:
    from spojnik.corrections import github
    from spojnik.corrections.release import release

    code = release(_root(chosen), _order(chosen.datasets, chosen.today))
    github.push(os.environ.get("GITHUB_REF_NAME") or "main", _root(chosen))
    return code


def _keep_alive(_chosen: argparse.Namespace) -> int:
    from spojnik.corrections.robot import keep_alive

    return keep_alive()
