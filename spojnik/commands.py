"""Commands of `build.py`: words in, exit code out. People's mistakes get a Polish sentence, never a traceback."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from spojnik import report, upkeep
from spojnik.finding import Level, Stopped
from spojnik.remote import Remote, must_reach

if TYPE_CHECKING:
    from spojnik.order import Order
    from spojnik.output import Place

HOME = Path(__file__).resolve().parent.parent


def main(words: Sequence[str]) -> int:
    """Run one command; 0 is well, 1 is a finding that stops or a mistake that was explained."""
    parser = _parser()
    arguments = parser.parse_args(words)
    try:
        return int(arguments.run(arguments))
    except Stopped as stopped:
        _say(*report.lines(stopped.findings), report.summary(stopped.findings) + ".")
        return 1
    except KeyboardInterrupt:
        _say("Przerwano. Poprzednia strona została na miejscu.")
        return 130


def leave(code: int) -> NoReturn:
    """End the process at once. Python would take apart the world first, millions of things one by one: a second for
    every 50 000 records."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _say(*lines: str) -> None:
    print(*lines, sep="\n", file=sys.stderr)


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError(f"„{text}” to nie data; wpisz np. 2026-11-22") from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("build.py", description="Buduje serwis z danych.")
    _add_build_options(parser)
    parser.set_defaults(run=_build)
    commands = parser.add_subparsers(title="inne polecenia", metavar="POLECENIE")
    check = commands.add_parser("check", help="tylko sprawdza dane")
    _add_inputs(check)
    check.set_defaults(run=_check)
    search = commands.add_parser("search", help="szuka w zbudowanym serwisie")
    search.add_argument("words", help="czego szukasz")
    search.add_argument("--out", type=Path, default=Path("dist"), help="zbudowany serwis")
    search.set_defaults(run=_search)
    form = commands.add_parser("fmt", help="jedna kanoniczna postać plików YAML i JSONL")
    form.add_argument("--check", action="store_true", help="tylko pokaż, co by się zmieniło")
    form.add_argument("--datasets", type=Path, default=Path("datasets"))
    form.set_defaults(run=_fmt)
    upkeep.add(commands)
    return parser


def _add_inputs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--datasets", type=Path, default=Path("datasets"), help="folder ze zbiorami")
    parser.add_argument("--today", type=_day, default=date.today().isoformat(), help="dzień, np. 2026-11-22")
    parser.add_argument("--only", nargs="+", default=(), metavar="ID", help="tylko te zbiory")
    parser.add_argument("--base-url", help="adres, pod którym stanie serwis")
    parser.add_argument("--report", type=Path, metavar="PLIK", help="zapisz raport w Markdown")


def _add_build_options(parser: argparse.ArgumentParser) -> None:
    _add_inputs(parser)
    parser.add_argument("--out", type=_place, default=Path("dist"), help="dokąd: folder (domyślnie dist) albo s3://…")
    parser.add_argument("--cluster", metavar="ADRES", help="buduj na klastrze Daska, np. tcp://10.0.0.1:8786")
    parser.add_argument("--editions", type=Path, metavar="DIR", help="folder z wydaniami do wyłożenia obok listy")
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1), help="ile procesów")


def _place(text: str) -> Place:
    return Remote(text.rstrip("/")) if "://" in text else Path(text)


def site_folder(datasets: Path) -> Path:
    """The templates and texts beside the datasets, else our own: a small world of data borrows the look."""
    beside = datasets.resolve().parent / "site"
    return beside if (beside / "templates").is_dir() else HOME / "site"


def site_file(datasets: Path) -> Path:
    """The facts of the site: `site/site.yml` or `site.yml` beside the datasets, else our own."""
    beside = datasets.resolve().parent
    return next(
        (path for path in (beside / "site" / "site.yml", beside / "site.yml") if path.exists()),
        HOME / "site" / "site.yml",
    )


def _order(arguments: argparse.Namespace, out: Place, jobs: int) -> Order:
    from spojnik.order import Order

    return Order(
        arguments.datasets,
        site_folder(arguments.datasets),
        site_file(arguments.datasets),
        out,
        arguments.today,
        tuple(arguments.only),
        jobs,
        arguments.base_url,
        getattr(arguments, "editions", None),
        getattr(arguments, "cluster", None),
    )


def _build(arguments: argparse.Namespace) -> int:
    from spojnik.build import build

    if isinstance(arguments.out, Remote):
        must_reach(arguments.out)
    progress = _progress if sys.stderr.isatty() else lambda text: None
    built = build(_order(arguments, arguments.out, arguments.jobs), progress)
    if arguments.report:
        arguments.report.write_text(report.markdown(built.findings), "utf-8")
    done = built.written
    _say(
        f"Gotowe: {arguments.out} (zapisano {done.written}, bez zmian {done.kept}, usunięto {done.removed}).",
        f"Dane: {report.summary(built.findings)}.",
    )
    return 0


def _progress(text: str) -> None:
    print(f"\r{text}\x1b[K", end="", file=sys.stderr, flush=True)


def _check(arguments: argparse.Namespace) -> int:
    from spojnik.order import load

    _, findings = load(_order(arguments, Path(), 1))
    if arguments.report:
        arguments.report.write_text(report.markdown(findings), "utf-8")
    for line in report.lines(findings, Level.WARN):
        print(line)
    _say(report.summary(findings) + ".")
    return int(any(finding.level >= Level.ERROR for finding in findings))


def _search(arguments: argparse.Namespace) -> int:
    from spojnik.search.terminal import results

    return results(arguments.out, arguments.words)


def _fmt(arguments: argparse.Namespace) -> int:
    from spojnik import canon

    return (canon.compare if arguments.check else canon.rewrite)(arguments.datasets)
