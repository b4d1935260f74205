"""The ready questions of /sql/ are answered by the database that the site publishes."""

import sqlite3
from pathlib import Path

import pytest

from spojnik.store import load_yaml
from tests.machine import ROOT

QUESTIONS = load_yaml(ROOT / "site" / "questions.yml").data["questions"]


def test_a_dozen_questions() -> None:
    assert len(QUESTIONS) == 12
    assert len({each["title"] for each in QUESTIONS}) == 12


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda each: each["title"])
def test_question_has_an_answer(site: Path, question: dict[str, str]) -> None:
    with sqlite3.connect(f"file:{site / 'dane/spojnik.sqlite'}?mode=ro", uri=True) as database:
        assert database.execute(question["sql"]).fetchall()
