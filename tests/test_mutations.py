"""12 000 spoiled records through load and check: findings, never an exception, never a changed file."""

import json
import random
import string
import subprocess
from pathlib import Path
from typing import Any

import pytest

from spojnik.checks import check
from spojnik.observed import observations
from spojnik.reading import Reading
from spojnik.words import plain
from spojnik.world import looked_at
from tests import worlds
from tests.front import TODAY, build

VALID = {
    "key": "a-b",
    "values": {
        "name": "Dom",
        "krs": "0000207658",
        "nip": "5260250995",
        "phone": "+48 12 616 78 00",
        "topics": ["a", "b"],
        "district": "I Stare Miasto",
        "founded_year": 1999,
        "volunteers": True,
        "website": "https://example.org/",
        "registered_on": "2020-02-29",
    },
    "urls": ["https://example.org/x"],
    "seen_on": "2026-11-20",
    "published": "2026-10",
}
STRANGE: list[Any] = [
    None,
    True,
    False,
    0,
    -1,
    10**30,
    1.5,
    float("1e308"),
    "",
    " ",
    "\x00",
    "\u202e",
    "\ud800",
    "0" * 999,
    "x" * 70_000,
    [],
    {},
    [[]],
    [None],
    {"a": {}},
    {"name": None},
    "=cmd|' /C calc'!A0",
    "{{7*7}}",
    "<script>alert(1)</script>",
    "javascript:alert(1)",
    "../../etc/passwd",
    "ąłż",
    "🙂",
    "2026-02-30",
    "0000-00-00",
    "9999-99-99T99:99",
    "-",
    "krs-",
    [1, "a", None, {}],
    {"2026": "x"},
    "\r\n",
    "\t",
]


def spoil(rng: random.Random) -> bytes:
    """One mutation of the valid record: a strange value somewhere, a lost or extra name, or spoiled bytes."""
    row = json.loads(json.dumps(VALID))
    place = row["values"] if rng.random() < 0.7 else row
    name = rng.choice(list(place))
    match rng.randrange(5):
        case 0 | 1:
            place[name] = rng.choice(STRANGE)
        case 2:
            del place[name]
        case 3:
            place["".join(rng.choices(string.ascii_lowercase, k=5))] = rng.choice(STRANGE)
        case _:
            place[name] = [place[name], rng.choice(STRANGE)]
    body = bytearray(json.dumps(row).encode("utf-8", "surrogatepass") + b"\n")
    for _ in range(rng.choice((0, 0, 0, 1, 3))):
        body[rng.randrange(len(body))] = rng.randrange(256)
    return bytes(body)


def test_mutations_give_findings_only(tmp_path: Path) -> None:
    datasets = worlds.copy(tmp_path)
    world = worlds.loaded(datasets)
    dataset = world.catalog.datasets["organisations"]
    path = dataset.folder / "observed" / "desk.jsonl"
    rng = random.Random(20261122)
    found = 0
    for _ in range(12_000):
        body = spoil(rng)
        path.write_bytes(body)
        said = observations(dataset)
        records, gists = looked_at(dataset, said.observations, Reading(today=TODAY))
        spoiled = world._replace(
            records={**world.records, "organisations": records},
            gists={**world.gists, "organisations": gists},
            said={**world.said, "organisations": said.observations},
            findings=said.findings,
        )
        findings = check(spoiled)
        for finding in findings:
            assert finding.sentence()
        for record in records.values():
            assert all(plain(value) for value in record.values.values())
        found += any(finding.rule == "schema" for finding in findings)
        assert path.read_bytes() == body
    assert found > 4_000, "the mutations hardly spoil anything: the generator is broken"


@pytest.mark.parametrize("start", range(5))
def test_mutations_through_the_command(tmp_path: Path, start: int) -> None:
    datasets = worlds.copy(tmp_path)
    rng = random.Random(start)
    path = datasets / "organisations/observed/desk.jsonl"
    for _ in range(10):
        path.write_bytes(spoil(rng))
        done: subprocess.CompletedProcess[str] = build("check", "--datasets", datasets, "--today", TODAY)
        assert done.returncode in (0, 1)
        assert "Traceback" not in done.stderr + done.stdout
