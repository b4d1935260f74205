"""The site's search in the terminal, from the index of a finished site."""

from __future__ import annotations

import sys
from pathlib import Path

from spojnik.search.doc import IndexMissing
from spojnik.search.query import search

INDEX = Path("szukaj", "indeks")
_LIMIT = 20


def results(out: Path, words: str) -> int:
    """Print `dataset<TAB>title<TAB>address`, best first; exit code 1 where the site in `out` has no whole index."""
    folder = out / INDEX
    try:
        answer = search(lambda name: (folder / name).read_bytes(), words, _LIMIT)
    except IndexMissing as missing:
        print(missing, file=sys.stderr)
        return 1
    for hit in answer.hits:
        print(hit.dataset, " ".join(hit.title.split()), hit.address, sep="\t")
    for typed, meant in answer.corrected:
        print(f"Zamiast „{typed}” szukam „{meant}”.", file=sys.stderr)
    if not answer.total:
        print("Nie ma wyników. Spróbuj innych słów albo krótszego pytania.", file=sys.stderr)
    return 0
