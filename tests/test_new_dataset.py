"""Adding a dataset is adding one folder: everything else is derived."""

from pathlib import Path

import pytest

from tests import worlds
from tests.front import TODAY

SCHEMA = '''"""Made-up playgrounds."""

from typing import Annotated

from spojnik.kinds import Count, District, Text
from spojnik.schema import F, Record


class Playground(Record):
    """One playground."""

    name: Annotated[Text, F("Nazwa", search=9)]
    swings: Annotated[Count | None, F("Huśtawki", "Ile jest huśtawek.")] = None
    district: Annotated[District | None, F("Dzielnica", facet=True)] = None
'''
SPEC = """id: "playgrounds"
slug: "place-zabaw"
title: "Place zabaw"
one: "plac"
few: "place"
many: "placów"
description: "Zmyślone place zabaw."
order: 9
name: "name"
line: ["swings", "district"]
facts: ["swings", "district"]
sources:
  - {id: "desk", title: "Kwerenda", publisher: "Redakcja", rank: 10, cadence: "once"}
  - {id: "manual", title: "Poprawki", publisher: "Ludzie", rank: 60, cadence: "people"}
bounds: {least: 1, most: 10}
"""
ROW = (
    '{"key":"plac-pod-kasztanem","values":{"name":"Plac pod Kasztanem","swings":4,"district":"V Krowodrza"},'
    '"urls":["https://example.org/plac"],"seen_on":"2026-11-20"}\n'
)
EXPECTED = {
    "place-zabaw/index.html": "Plac pod Kasztanem",
    "place-zabaw/plac-pod-kasztanem.html": "Huśtawki",
    "place-zabaw/plac-pod-kasztanem.json": "Plac pod Kasztanem",
    "place-zabaw/wedlug/dzielnica/v-krowodrza.html": "Plac",
    "place-zabaw/a-z/index.html": "Plac pod Kasztanem",
    "dane/place-zabaw.csv": "swings",
    "dane/place-zabaw.json": "swings",
    "dane/place-zabaw.jsonl": "swings",
    "dane/place-zabaw-excel.csv": "Huśtawki",
    "dane/place-zabaw/index.html": "Ile jest",
    "dane/datapackage.json": "place-zabaw",
    "zrodla/index.html": "Place zabaw",
    "index.html": "Place zabaw",
    "dane/index.html": "place-zabaw.csv",
    "jakosc/index.html": "Jakość",
    "popraw/place-zabaw/plac-pod-kasztanem.html": "Huśtawki",
    "place-zabaw/wedlug/dzielnica/v-krowodrza.atom": "Plac pod Kasztanem",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("place")
    datasets = worlds.copy(folder)
    for name, text in (("schema.py", SCHEMA), ("dataset.yml", SPEC), ("observed/desk.jsonl", ROW)):
        worlds.put(datasets, f"playgrounds/{name}", text)
    said = worlds.run("--datasets", datasets, "--today", TODAY, "--out", folder / "dist", "--jobs", "1")
    assert said.code == 0, said.text
    return folder / "dist"


@pytest.mark.parametrize("name", EXPECTED)
def test_one_folder_gives(built: Path, name: str) -> None:
    assert EXPECTED[name] in (built / name).read_text("utf-8-sig")


def test_one_folder_gives_a_workbook_and_an_answer(built: Path) -> None:
    assert (built / "dane/place-zabaw.xlsx").stat().st_size > 1000
    said = worlds.run("search", "kasztan", "--out", built)
    assert said.text.splitlines()[0].split("\t") == [
        "playgrounds",
        "Plac pod Kasztanem",
        "place-zabaw/plac-pod-kasztanem.html",
    ]


def test_a_rule_sees_the_new_dataset(tmp_path: Path) -> None:
    datasets = worlds.copy(tmp_path)
    for name, text in (("schema.py", SCHEMA), ("dataset.yml", SPEC), ("observed/desk.jsonl", "")):
        worlds.put(datasets, f"playgrounds/{name}", text)
    worlds.check(datasets)
    assert "playgrounds: ostrzeżenie" in worlds.check(datasets).text
