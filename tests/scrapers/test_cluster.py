"""Two workers, one real Redis: every page is asked for once, every record is kept once, and half is never the whole."""

import json
import shutil
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from tests.scrapers.pages import lines, saved
from tests.scrapers.server import Answer, Asked, serving
from tests.scrapers.support import ROOT, observed, small_catalog

NUMBERS = [f"{number:010}" for number in range(700001, 700081)]
EXTRACT = orjson.loads(next(page.body for page in saved("krs") if page.name == "foundation"))

pytestmark = pytest.mark.needs("redis")


@pytest.fixture
def queue(tmp_path: Path) -> Iterator[str]:
    """A Redis of our own that keeps nothing on disk."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [shutil.which("redis-server") or "redis-server", "--port", str(port), "--save", "", "--bind", "127.0.0.1"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=tmp_path) as server:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"redis://127.0.0.1:{port}"
        server.terminate()


def register(asked: Asked) -> Answer:
    """An extract for every number, slowly enough that both workers get some."""
    time.sleep(0.02)
    if asked.url.endswith("robots.txt"):
        return Answer(404)
    page = json.loads(orjson.dumps(EXTRACT))
    number = asked.url.partition("?")[0].rpartition("/")[2]
    page["odpis"]["naglowekA"]["numerKRS"] = number
    page["odpis"]["dane"]["dzial1"]["danePodmiotu"] |= {"nazwa": f"FUNDACJA {number}", "identyfikatory": {}}
    return Answer(200, {"Content-Type": "application/json"}, orjson.dumps(page))


def worker(folder: Path, mirror: str, queue: str) -> "subprocess.Popen[str]":
    command = [
        sys.executable,
        "-m",
        "scrapers",
        "--datasets",
        str(folder / "datasets"),
        "crawl",
        "krs",
        "--mirror",
        mirror,
        "--redis",
        queue,
    ]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def prepare(folder: Path) -> None:
    small_catalog(folder)
    (folder / "site").mkdir()
    shutil.copy(ROOT / "site" / "site.yml", folder / "site" / "site.yml")
    rows = (
        {
            "key": f"krs-{number}",
            "values": {"name": f"Fundacja {number}", "krs": number},
            "urls": ["https://x.example/"],
            "seen_on": "2026-11-01",
        }
        for number in NUMBERS
    )
    desk = folder / "datasets" / "organisations" / "observed" / "desk.jsonl"
    desk.write_bytes(b"".join(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in rows))


def test_two_workers_lose_and_double_nothing(tmp_path: Path, queue: str) -> None:
    prepare(tmp_path)
    with serving(register) as (mirror, log):
        workers = [worker(tmp_path, mirror, queue) for _ in range(2)]
        said = [one.communicate(timeout=120) for one in workers]
    assert [one.returncode for one in workers] == [0, 0], said
    asked = Counter(one.url for one in log)
    assert set(asked.values()) == {1} and len(asked) == len(NUMBERS)
    kept = lines(tmp_path / "datasets" / "organisations" / "observed" / "krs.jsonl")
    assert [line["key"] for line in kept] == [f"krs-{number}" for number in NUMBERS]
    assert sum("ostatni" in out for out, _ in said) == 1, "one hands over, the other settles"
    record = orjson.loads((tmp_path / "datasets" / "organisations" / "observed" / "krs.run.json").read_bytes())
    assert record["attempts"][0]["ok"] and record["attempts"][0]["counters"]["records"] == len(NUMBERS)


def test_a_killed_worker_leaves_nothing_half_done(tmp_path: Path, queue: str) -> None:
    prepare(tmp_path)
    before = observed(tmp_path)
    with serving(register) as (mirror, log):
        first = worker(tmp_path, mirror, queue)
        deadline = time.monotonic() + 60
        while len(log) < 10 and time.monotonic() < deadline:
            time.sleep(0.05)
        first.kill()
        first.communicate()
        second = worker(tmp_path, mirror, queue)
        out, _ = second.communicate(timeout=120)
    assert "ostatni" in out and observed(tmp_path) == before
