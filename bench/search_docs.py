"""The synthetic catalogue as documents of search: for our index, for the peer's pages, and for the judge.

`python -m bench.search_docs DATASETS OUT CACHE JOBS` is the process that is measured: rows read, our index written.
"""

from __future__ import annotations

import html
import sys
from collections.abc import Iterator
from pathlib import Path

import orjson
import yaml

from spojnik.search import Doc, build_index

SITE = Path(__file__).resolve().parent.parent / "site"
_SHARE = 1_000  # pages in a folder


def documents(datasets: Path) -> Iterator[Doc]:
    """One document a row of bench.make, with the weights, filters and numbers that its schema declares."""
    with (datasets / "organisations" / "observed" / "desk.jsonl").open("rb") as stream:
        for line in stream:
            row = orjson.loads(line)
            values = row["values"]
            topics, groups, city = tuple(values["topics"]), tuple(values["groups"]), values["city"]
            yield Doc(
                f"organizacje/{row['key']}.html",
                "organisations",
                values["name"],
                f"{', '.join(topics)} · {city}",
                (
                    (values["name"], 9),
                    (", ".join(topics), 5),
                    (", ".join(groups), 5),
                    (city, 4),
                    (values["street"], 2),
                    (values["description"], 3),
                ),
                (values["krs"], values["phone"]),
                {
                    "Zbiór": ("Organizacje",),
                    "Forma prawna": (values["legal_form"],),
                    "Dziedziny": topics,
                    "Dla kogo": groups,
                    "Miejscowość": (city,),
                },
                "current",
            )


def write_index(datasets: Path, folder: Path, cache: Path, jobs: int) -> None:
    """Our index of the catalogue as files."""
    synonyms = yaml.load((SITE / "synonyms.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    folder.mkdir(parents=True, exist_ok=True)
    for name, body in build_index(documents(datasets), synonyms, cache, jobs):
        (folder / name).write_bytes(body)


def write_pages(datasets: Path, folder: Path) -> None:
    """The same texts as pages for the peer: the title in h1, every text and number in a paragraph of its own."""
    for at, doc in enumerate(documents(datasets)):
        texts = [text for text, _ in doc.fields[1:]] + list(doc.numbers)
        body = "".join(f"<p>{html.escape(text)}</p>" for text in texts)
        title = html.escape(doc.title)
        place = folder / f"{at // _SHARE}" / Path(doc.address).name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(
            f'<!doctype html><html lang="pl"><head><meta charset="utf-8"><title>{title}</title></head>'
            f"<body><main data-pagefind-body><h1>{title}</h1>{body}</main></body></html>",
            "utf-8",
        )


if __name__ == "__main__":
    write_index(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
