"""`python -m bench make N DIR` writes a synthetic catalogue; `python -m bench` measures and writes RESULTS.md."""

from __future__ import annotations

import argparse
from pathlib import Path

from bench.make import make


def main() -> None:
    """The command line of the benchmarks."""
    parser = argparse.ArgumentParser("bench", description="Pomiary szybkości i pamięci.")
    commands = parser.add_subparsers(metavar="POLECENIE", required=True)
    made = commands.add_parser("make", help="zmyślony katalog N organizacji")
    made.add_argument("count", type=int, metavar="N")
    made.add_argument("folder", type=Path, metavar="DIR")
    made.set_defaults(run=lambda arguments: print(make(arguments.count, arguments.folder)))
    arguments = parser.parse_args()
    arguments.run(arguments)


if __name__ == "__main__":
    main()
