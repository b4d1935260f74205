"""`python -m scrapers …`: the front door of collecting."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from scrapers.parse import PARSERS, parse_files
from spojnik.finding import Stopped

if TYPE_CHECKING:
    from scrapers.run import Trip

ROOT = Path(__file__).parent.parent


def main(arguments: list[str] | None = None) -> int:
    """Runs one sub-command and returns its exit code."""
    parser = argparse.ArgumentParser(prog="python -m scrapers", description="Zbieranie danych ze źródeł publicznych.")
    parser.add_argument("--datasets", type=Path, default=ROOT / "datasets", metavar="FOLDER", help=argparse.SUPPRESS)
    commands = parser.add_subparsers(dest="command", required=True, metavar="POLECENIE")
    reading = commands.add_parser("parse", help="odczytaj zapisane strony, bez sieci")
    reading.add_argument("name", metavar="NAZWA", help="„announcement” albo nazwa czytnika, np. krs")
    reading.add_argument("files", metavar="PLIK", nargs="+", help="zapisana strona: HTML, JSON, XML albo tekst")
    reading.set_defaults(run=_parse)
    commands.add_parser("list", help="pokaż źródła: zbiór, częstość, ostatnia próba, licencja").set_defaults(run=_list)
    crawling = commands.add_parser("crawl", help="pobierz dane ze źródeł i zapisz to, co dobre")
    crawling.add_argument("names", metavar="NAZWA", nargs="*", help="czytniki, np. krs bip")
    crawling.add_argument("--all-due", action="store_true", help="wszystkie, na które przyszła pora")
    crawling.add_argument("--accept", action="store_true", help="człowiek sprawdził: przyjmij mimo granic")
    crawling.set_defaults(run=_crawl)
    recording = commands.add_parser("record", help="zapisz prawdziwe odpowiedzi źródła jako strony testowe")
    recording.add_argument("name", metavar="NAZWA")
    recording.add_argument("urls", metavar="ADRES", nargs="*", help="bez adresu: to, o co czytnik pyta najpierw")
    recording.set_defaults(run=_record)
    making = commands.add_parser("new", help="zacznij nowy czytnik")
    making.add_argument("name", metavar="NAZWA")
    making.add_argument("url", metavar="ADRES")
    making.add_argument("--dataset", default="organisations", metavar="ZBIÓR")
    making.set_defaults(run=_new)
    crawling.add_argument("--redis", default="", metavar="ADRES", help="wspólna kolejka, gdy zbiera kilka maszyn")
    for command in (crawling, recording):
        command.add_argument(
            "--mirror", default="", metavar="ADRES", help="serwer na tej maszynie zamiast źródeł (testy)"
        )
    chosen = parser.parse_args(arguments)
    try:
        return int(chosen.run(chosen))
    except Stopped as stopped:
        return _say("\n".join(finding.sentence() for finding in stopped.findings))
    except BrokenPipeError:  # the reader (`| head`) had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _parse(chosen: argparse.Namespace) -> int:
    if chosen.name not in PARSERS:
        from scrapers.offline import parsers
        from scrapers.registry import all_spiders

        PARSERS.update(parsers(all_spiders(), chosen.datasets))
    return parse_files(chosen.name, chosen.files)


def _list(chosen: argparse.Namespace) -> int:
    from scrapers.listing import source_table
    from scrapers.registry import all_spiders
    from spojnik.catalog import load_catalog

    print("\n".join(source_table(load_catalog(chosen.datasets), all_spiders())))
    return 0


def _crawl(chosen: argparse.Namespace) -> int:
    """0 when all is well; 1 when a named source was refused (with --all-due that is recorded, not an error)."""
    from scrapers.listing import due, outcome_table
    from scrapers.registry import all_spiders
    from scrapers.run import ELSEWHERE, NO_KEY, crawl

    trip, spiders = _trip(chosen), all_spiders()
    names = [*chosen.names, *(due(trip.catalog, spiders, trip.today) if chosen.all_due else ())]
    if unknown := [name for name in names if name not in spiders]:
        return _say(f"Nie ma czytnika {', '.join(unknown)}. Do wyboru: {', '.join(spiders)}.")
    if not names:
        print(
            "Na żadne źródło nie przyszła jeszcze pora." if chosen.all_due else "Podaj nazwę czytnika albo --all-due."
        )
        return 0 if chosen.all_due else 2
    outcomes = crawl([spiders[name] for name in dict.fromkeys(names)], trip, _progress)
    print("\n".join(outcome_table(outcomes)))
    bad = [one for one in outcomes if not one.attempt.ok and not one.attempt.refused.startswith((ELSEWHERE, NO_KEY))]
    return int(bool(bad) and not chosen.all_due)


def _record(chosen: argparse.Namespace) -> int:
    from scrapers.record import record
    from scrapers.registry import all_spiders

    spiders = all_spiders()
    if chosen.name not in spiders:
        return _say(f"Nie ma czytnika {chosen.name}. Do wyboru: {', '.join(spiders)}.")
    pages = chosen.datasets.resolve().parent / "tests" / "pages"
    print("\n".join(record(spiders[chosen.name], _trip(chosen), tuple(chosen.urls), pages)))
    return 0


def _new(chosen: argparse.Namespace) -> int:
    from scrapers.skeleton import new_spider
    from spojnik.catalog import load_catalog

    datasets = load_catalog(chosen.datasets).datasets
    if chosen.dataset not in datasets:
        return _say(f"Nie ma zbioru {chosen.dataset}. Do wyboru: {', '.join(datasets)}.")
    try:
        made = new_spider(
            chosen.name,
            chosen.url,
            chosen.dataset,
            datasets[chosen.dataset].spec.name,
            chosen.datasets.resolve().parent,
        )
    except ValueError as error:
        return _say(str(error))
    print("Powstały:", *made, sep="\n  ")
    print(
        f"Dalej: opisz źródło w datasets/{chosen.dataset}/dataset.yml, dopasuj selektory, zapisz stronę poleceniem\n"
        f"  python -m scrapers record {chosen.name} {chosen.url}\ni uruchom testy."
    )
    return 0


def _say(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2


def _trip(chosen: argparse.Namespace) -> Trip:
    """What a run of spiders shares, from the command line, site.yml and the environment."""
    from scrapers.run import Trip
    from scrapers.settings import Manner, agent
    from spojnik.catalog import load_catalog
    from spojnik.site import load_site

    root = chosen.datasets.resolve().parent
    site = load_site(root / "site" / "site.yml")
    repository = f"https://github.com/{site.repository}" if site.repository else site.base_url
    manner = Manner(
        root / ".cache", agent(site.name, repository, site.contact), chosen.mirror, redis=getattr(chosen, "redis", "")
    )
    return Trip(
        load_catalog(chosen.datasets),
        manner,
        date.today().isoformat(),
        dict(os.environ),
        getattr(chosen, "accept", False),
    )


def _progress(name: str, counts: Mapping[str, int]) -> None:
    if sys.stderr.isatty():
        print(
            f"\r\033[K{name}: strony {counts.get('pages', 0)}, zapytania {counts.get('requests', 0)}",
            end="",
            file=sys.stderr,
            flush=True,
        )


if __name__ == "__main__":
    sys.exit(main())
