"""`python -m scrapers …`: the front door of collecting."""

import argparse
import sys

from scrapers.parse import PARSERS, parse_files


def main(arguments: list[str] | None = None) -> int:
    """Runs one sub-command and returns its exit code."""
    parser = argparse.ArgumentParser(prog="python -m scrapers", description="Zbieranie danych ze źródeł publicznych.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="POLECENIE")
    reading = commands.add_parser("parse", help="odczytaj zapisane strony, bez sieci")
    reading.add_argument("name", metavar="NAZWA", help=f"parser: {', '.join(sorted(PARSERS))}")
    reading.add_argument("files", metavar="PLIK", nargs="+", help="zapisana strona: HTML, JSON, XML albo tekst")
    reading.set_defaults(run=lambda chosen: parse_files(chosen.name, chosen.files))
    chosen = parser.parse_args(arguments)
    return int(chosen.run(chosen))


if __name__ == "__main__":
    sys.exit(main())
