"""A hidden address planted through every way in: it stops the build, or it is nowhere in the output."""

import gzip
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import worlds
from tests.front import TODAY

SECRET = "Ukrytego 77"
ROW = {"key": "schronienie", "urls": ["https://example.org/s2"], "seen_on": "2026-11-20"}


def observed(datasets: Path, values: dict[str, object]) -> None:
    with (datasets / "services/observed/desk.jsonl").open("a", encoding="utf-8") as stream:
        stream.write(json.dumps({**ROW, "values": values}, ensure_ascii=False) + "\n")


WAYS = {
    "street from a source": lambda d: observed(d, {"street": f"ul. {SECRET}"}),
    "hours from a source": lambda d: observed(d, {"opening_hours": "24/7"}),
    "street in the name": lambda d: observed(d, {"name": f"Schronienie, ul. {SECRET}"}),
    "street in a correction": lambda d: worlds.correction(
        d, "services", "schronienie", f'values:\n  street: "ul. {SECRET}"\n'
    ),
    "a correction that lifts the cover": lambda d: worlds.correction(
        d,
        "services",
        "schronienie",
        f'values:\n  street: "ul. {SECRET}"\n  sheltered: false\nwas:\n  sheltered: true\n',
    ),
}


def bodies(body: bytes) -> Iterator[bytes]:
    """A file and everything packed inside it: archives, workbooks, shards of the index."""
    yield body
    if body[:2] == b"\x1f\x8b":
        yield gzip.decompress(body)
    elif body[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            for name in archive.namelist():
                yield from bodies(archive.read(name))


@pytest.mark.parametrize("way", WAYS)
def test_planted_address_stops_the_build(tmp_path: Path, way: str) -> None:
    datasets = worlds.copy(tmp_path)
    WAYS[way](datasets)
    said = worlds.run("--datasets", datasets, "--today", TODAY, "--out", tmp_path / "dist", "--jobs", "1")
    assert said.code == 1
    assert SECRET not in said.text, "the message itself must not tell"
    assert not (tmp_path / "dist").exists()


def test_listed_seat_is_nowhere(tmp_path: Path) -> None:
    datasets = worlds.copy(tmp_path)
    row = {
        "key": "fundacja-x",
        "values": {
            "name": "Fundacja X",
            "street": f"ul. {SECRET}",
            "postal_code": "31-004",
            "website": "https://ukryta-siedziba.example/",
            "phone": "+48 12 616 78 05",
        },
        "urls": ["https://example.org/adres-siedziby"],
        "seen_on": "2026-11-20",
    }
    with (datasets / "organisations/observed/desk.jsonl").open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(row, ensure_ascii=False) + "\n")
    change = {"key": "fundacja-x", "field": "street", "from": f"ul. {SECRET}", "to": None, "on": "2026-11-21"}
    worlds.put(datasets, "organisations/history.jsonl", json.dumps(change, ensure_ascii=False) + "\n")
    worlds.put(datasets, "sheltered.yml", 'keys:\n  - "fundacja-x"\n')
    said = worlds.run("--datasets", datasets, "--today", TODAY, "--out", tmp_path / "dist", "--jobs", "1")
    assert said.code == 0, said.text
    page = (tmp_path / "dist/organizacje/fundacja-x.html").read_text("utf-8")
    assert "12\u00a0616\u00a078\u00a005" in page
    for path in (tmp_path / "dist").rglob("*"):
        if path.is_file():
            for body in bodies(path.read_bytes()):
                for secret in (SECRET, "ukryta-siedziba", "adres-siedziby"):
                    assert secret.encode() not in body, (path, secret)
