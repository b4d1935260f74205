"""The browser's engine (here under Node) and the reference engine give the same answers from the same files."""

import json
import random
import subprocess
from pathlib import Path
from typing import Any

import pytest

from spojnik.search import Answer
from tests.machine import ROOT
from tests.search.samples import DOCS, SYNONYMS, ask, files, written

pytestmark = pytest.mark.needs("node")

QUERIES = [
    *(
        "swietlica",
        "mieszkania dla samotnych matek",
        "zlota raczka",
        "0000207658",
        "KRS 207658",
        "676-111-92-84",
        "0000207",
    ),
    *(
        "tel. 12/637-07-12",
        "konkurs żłobek",
        "de facto",
        "безпритульним",
        "Łódź",
        "",
        "?",
        "w",
        "30-656",
        "a" * 400,
        "ﬁrma",
    ),
    *(
        "świetlica xyzzyx qq",
        "gdzie",
        "dla",
        "volunteering for kids",
        "wolont",
        "prz",
        "Żłobki  ŻŁOBKÓW",
        "12 637",
        "ŚWIĘTO²",
        "wolontariacki",
        "noclegownia dla młodych",
        "rzłobek",
        "nadwolontariusz",
        "śfietlyca",
        "ul. Wiślana 5",
        "plac Łódź 3a",
        "Huta 64/2",
        "osiedle",
        "zapisy na rok",
        "szahy klups",
    ),
]


def browser(index: Path, queries: list[tuple[str, int, dict[str, list[str]]]]) -> list[dict[str, Any]]:
    """Answers of site/static/search-engine.js."""
    done = subprocess.run(
        ["node", Path(__file__).with_name("engine.js"), ROOT / "site" / "static", index],
        input=json.dumps(queries),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


def plain(answer: Answer) -> dict[str, Any]:
    """An Answer as the browser's engine writes it."""
    return {
        "total": answer.total,
        "hits": [(hit.address, hit.dataset, hit.title, hit.line, hit.state, hit.score) for hit in answer.hits],
        "ignored": list(answer.ignored),
        "corrected": [list(pair) for pair in answer.corrected],
        "facets": [[name, [list(row) for row in rows]] for name, rows in answer.facets.items()],
    }


def shaped(answer: dict[str, Any]) -> dict[str, Any]:
    """The browser's answer with hits as plain's."""
    keys = ("address", "dataset", "title", "line", "state", "score")
    return {**answer, "hits": [tuple(hit[key] for key in keys) for hit in answer["hits"]]}


def mistyped(words: list[str], dice: random.Random) -> str:
    """A few words of the samples, cut, swapped or mistyped."""
    chosen = []
    for word in dice.sample(words, dice.randint(1, 4)):
        at = dice.randrange(len(word))
        chosen.append(
            dice.choice(
                [word, word, word[: at + 1], word[:at] + word[at + 1 :], word[:at] + "e" + word[at:], word[::-1]]
            )
        )
    return " ".join(chosen)


def test_the_same_answers(tmp_path: Path) -> None:
    index = files()
    folder = written(index, tmp_path)
    dice = random.Random(7)
    words = sorted({word for row in DOCS for text, _ in row.fields for word in text.split()} | set(SYNONYMS))
    queries = [*QUERIES, *(mistyped(words, dice) for _ in range(300))]
    asked: list[tuple[str, int, dict[str, list[str]]]] = [(query, 10, {}) for query in queries]
    asked.append(("świetlica", 10, {"Dzielnica": ["XVIII"], "Zbiór": ["Wsparcie"]}))
    answers = browser(folder, asked)
    for (query, _, picked), answer in zip(asked, answers, strict=True):
        expected = plain(ask(index, query, {name: tuple(labels) for name, labels in picked.items()}))
        assert shaped(answer) == expected, query
    assert sum(answer["total"] for answer in answers) > 300


@pytest.mark.parametrize(("kind", "said"), [("indeks", "missing"), ("t-", "missing"), ("k-", "missing")])
def test_a_missing_file_has_a_name(tmp_path: Path, kind: str, said: str) -> None:
    folder = written(files(), tmp_path)
    next(folder.glob(f"{kind}*")).unlink()
    assert browser(folder, [("świetlica", 10, {})]) == [{"error": said, "known": True}]


def test_a_broken_file_has_a_name(tmp_path: Path) -> None:
    folder = written(files(), tmp_path)
    next(folder.glob("t-*")).write_bytes(b"<html>404</html>")
    assert browser(folder, [("świetlica", 10, {})]) == [{"error": "broken", "known": True}]
