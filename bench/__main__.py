"""`python -m bench make N DIR` writes a synthetic catalogue; `python -m bench` measures and writes RESULTS.md."""

from __future__ import annotations

import argparse
from pathlib import Path

from bench.make import make


def _compare(arguments: argparse.Namespace) -> None:
    from bench.compare import compare
    from bench.engines import HERE

    said = []
    for line in compare(arguments.sizes, arguments.runs):
        print(line, flush=True)
        said.append(line)
    (HERE / "RESULTS.md").write_text("\n".join(said) + "\n", "utf-8")


def main() -> None:
    """The command line of the benchmarks."""
    parser = argparse.ArgumentParser("bench", description="Pomiary szybkości i pamięci.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 160_000], metavar="N")
    parser.add_argument("--runs", type=int, default=5, help="powtórzenia")
    parser.set_defaults(run=_compare)
    commands = parser.add_subparsers(metavar="POLECENIE")
    made = commands.add_parser("make", help="zmyślony katalog N organizacji")
    made.add_argument("count", type=int, metavar="N")
    made.add_argument("folder", type=Path, metavar="DIR")
    made.set_defaults(run=lambda arguments: print(make(arguments.count, arguments.folder)))
    arguments = parser.parse_args()
    arguments.run(arguments)


if __name__ == "__main__":
    main()
