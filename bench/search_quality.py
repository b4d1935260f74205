"""How well search finds, on the real catalogue: recall and precision in classes, everyday questions, identifiers.

`python -m bench.search_quality` prints a table; queries live in `bench/queries/`. Recall: relevant records in the whole
result ÷ all relevant ones. Precision at 10: relevant among the first ten ÷ min(10, shown). A record is relevant when
its text satisfies the expressions of the query, judged without the engine.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from spojnik.order import Order, load
from spojnik.search import Answer, Doc, build_index, search
from spojnik.search.text import digits, fold
from spojnik.web.pages import Press
from spojnik.web.searching import documents

QUERIES = Path(__file__).parent / "queries"
# Written before their author saw an answer of the engine; after the first run each says in its head what it found.
_LATER = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh")
UNSEEN = ("unseen.yml", *(f"unseen_{name}.yml" for name in _LATER))
PRACTICE = ("practice.yml", "practice_second.yml")  # on which the engine was improved
QUESTIONS = "codzienne"  # the class of an unseen file that is judged as everyday.yml
Asked = Callable[[str, int], Answer]


class Score(NamedTuple):
    """One query: its class, its words, relevant records, recall and precision at 10."""

    kind: str
    words: str
    relevant: int
    recall: float
    precision: float


def real_documents(root: Path, today: str) -> list[Doc]:
    """Documents of the catalogue in `root` as the site indexes them."""
    world, _ = load(Order(root / "datasets", root / "site", root / "site" / "site.yml", Path(), today))
    return list(documents(Press(world, root / "site")))


def engine(docs: Sequence[Doc], synonyms: dict[str, list[str]], cache: Path | None) -> Asked:
    """The reference engine over an index of docs, in memory."""
    files = dict(build_index(docs, synonyms, cache))
    return lambda words, limit: search(files.__getitem__, words, limit)


def text_of(doc: Doc) -> str:
    """What the judge reads: everything a visitor could."""
    labels = [label for values in doc.facets.values() for label in values]
    return fold(" | ".join([doc.title, *(text for text, _ in doc.fields), *labels]))


def in_classes(docs: Sequence[Doc], ask: Asked, name: str = "classes.yml") -> Iterator[Score]:
    """Scores of a file of classes; in its class „numery” the judge reads the numbers of a record alone."""
    texts = {doc.address: text_of(doc) for doc in docs}
    numbers = {doc.address: " ".join(map(digits, doc.numbers)) for doc in docs}
    for kind, rows in _read(name).items():
        if kind == QUESTIONS:
            continue
        for words, *expressions in rows:
            relevant = satisfying(numbers if kind == "numery" else texts, expressions)
            if relevant:
                yield score(kind, words, relevant, ask(words, len(docs)))


def satisfying(texts: Mapping[str, str], expressions: Sequence[str]) -> set[str]:
    """Addresses whose text has, for each expression, a word that begins so."""
    judges = [re.compile(rf"\b(?:{expression})") for expression in expressions]
    return {address for address, text in texts.items() if all(judge.search(text) for judge in judges)}


def score(kind: str, words: str, relevant: set[str], answer: Answer) -> Score:
    """One query judged."""
    shown = [hit.address for hit in answer.hits]
    good = sum(address in relevant for address in shown[:10])
    recall = len(relevant.intersection(shown)) / len(relevant)
    return Score(kind, words, len(relevant), recall, good / min(10, len(shown)) if shown else 0.0)


def identifiers(docs: Sequence[Doc], ask: Asked, seed: int = 1) -> Iterator[Score]:
    """Numbers of random records in the spellings of identifiers.yml; relevant are all records with that number."""
    owners: dict[str, set[str]] = {}
    for doc in docs:
        for number in doc.numbers:
            owners.setdefault(digits(number), set()).add(doc.address)
    dice = random.Random(seed)
    for source, spelling in _read("identifiers.yml"):
        fitting = sorted(number for number in owners if _source(number) == source)
        for number in dice.sample(fitting, min(3, len(fitting))):
            words = spelling.format_map(_parts(number))
            yield score("numery", words, owners[number], ask(words, len(docs)))


def _source(number: str) -> str:
    return "telefon" if len(number) == 9 else "krs" if number.startswith("000") else "nip"


def _parts(number: str) -> dict[str, str]:
    """Pieces of a number: 3-3-2-2 for a NIP, 2-3-2-2 or 3-3-3 for a phone."""
    cut = number[2:] if len(number) == 9 else number[3:]
    return {
        "n": number,
        "bez_zer": number.lstrip("0"),
        "a2": number[:2],
        "a3": number[:3],
        "b3": cut[:3] if len(number) != 9 else number[2:5],
        "c2": number[-4:-2],
        "d2": number[-2:],
        "m3": number[3:6],
        "c3": number[6:],
    }


def everyday(ask: Asked, rows: Sequence[tuple[str, str]]) -> Iterator[tuple[str, bool, list[str]]]:
    """(question, right record among the first five, the five titles)."""
    for words, expression in rows:
        hits = ask(words, 5).hits
        titles = [hit.title for hit in hits]
        yield words, any(re.search(expression, fold(f"{hit.title} {hit.address}")) for hit in hits), titles


def _read(name: str) -> Any:
    return yaml.load((QUERIES / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def table(scores: Sequence[Score]) -> list[str]:
    """A line for each class and one for all."""
    kinds = list(dict.fromkeys(score.kind for score in scores))
    groups = [(kind, [score for score in scores if score.kind == kind]) for kind in kinds] + [("razem", list(scores))]
    return [
        f"{kind:<16} {len(group):>4}  czułość {sum(one.recall for one in group) / len(group):.3f}"
        f"  P@10 {sum(one.precision for one in group) / len(group):.3f}"
        for kind, group in groups
    ]


def main() -> None:
    """Print the table, the weakest queries, and the everyday questions that failed."""
    root = Path(__file__).parent.parent
    docs = real_documents(root, "2026-11-22")
    synonyms = yaml.load((root / "site" / "synonyms.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    ask = engine(docs, synonyms, root / ".cache" / "words")
    _print([*in_classes(docs, ask), *identifiers(docs, ask)], list(everyday(ask, _read("everyday.yml"))))
    for name in UNSEEN:
        print(f"\n{name}")
        _print(list(in_classes(docs, ask, name)), list(everyday(ask, _read(name)[QUESTIONS])))
    for name in PRACTICE:
        print(f"\n{name}")
        _print([], list(everyday(ask, _read(name)[QUESTIONS])))


def _print(scores: Sequence[Score], answers: Sequence[tuple[str, bool, list[str]]]) -> None:
    if scores:
        print(*table(scores), sep="\n")
    for one in sorted(scores, key=lambda one: one.recall + one.precision):
        if min(one.recall, one.precision) < 0.9:
            print(f"  {one.kind}: {one.words!r} trafnych {one.relevant}, {one.recall:.2f}, {one.precision:.2f}")
    print(f"pytania codzienne: {sum(right for _, right, _ in answers)} z {len(answers)}")
    for words, right, titles in answers:
        if not right:
            print(f"  {words!r}: {titles}")


if __name__ == "__main__":
    main()
