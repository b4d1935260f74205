"""datapackage.json as frictionless and the published profile judge it, and the ZIP with everything."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

import pytest

from tests.exports.small import all_files, on_disk, small_world


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return all_files(small_world(tmp_path_factory.mktemp("small") / "datasets"))


def _errors(files, out):
    """What frictionless says of the package, foreign keys included."""
    from frictionless import Package

    report = Package(str(on_disk(files, out) / "dane" / "datapackage.json")).validate()
    return [error[0] for error in report.flatten(["type"])] + [error.type for error in report.errors]


def test_frictionless_finds_no_fault(files, tmp_path):
    assert _errors(files, tmp_path) == []


@pytest.mark.parametrize(("path", "before", "after", "fault"), [
    ("dane/konkursy.csv", b",krs-0000207658,krs-0000000001;", b",nobody-here,krs-0000000001;", "foreign-key"),
    ("dane/organizacje.csv", b",0000207658,", b",207658,", "constraint-error"),
    ("dane/organizacje.csv", b"2026-03-12", b"12.03.2026", "type-error"),
    ("dane/organizacje.csv", b"\r\ndoubtful,", b"\r\nhostile-0,", "primary-key"),
])
def test_frictionless_catches_a_planted_fault(files, tmp_path, path, before, after, fault):
    assert before in files[path]
    broken = {**files, path: files[path].replace(before, after)}
    package = json.loads(files["dane/datapackage.json"])
    for resource in package["resources"]:
        if f"dane/{resource['path']}" == path:
            resource["bytes"] = len(broken[path])
            resource["hash"] = f"sha256:{hashlib.sha256(broken[path]).hexdigest()}"
    broken["dane/datapackage.json"] = json.dumps(package).encode()
    assert fault in _errors(broken, tmp_path)


def test_a_file_that_was_changed_does_not_match_its_hash(files, tmp_path):
    broken = {**files, "dane/konkursy.csv": files["dane/konkursy.csv"].replace(b"Konkurs", b"Konkars")}
    assert "hash-count" in _errors(broken, tmp_path)


def test_the_zip_holds_every_download_and_a_polish_readme(files):
    with zipfile.ZipFile(io.BytesIO(files["dane/spojnik.zip"])) as archive:
        names = archive.namelist()
        readme = archive.read("README.txt").decode()
        assert archive.read("organizacje.csv") == files["dane/organizacje.csv"]
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert {"datapackage.json", "organizacje.csv", "organizacje-excel.csv", "organizacje.json", "organizacje.jsonl",
            "organizacje.xlsx", "konkursy.csv"} <= set(names)
    assert "Stan na 22 listopada 2026." in readme
    assert "Organizacje (12 rekordów)" in readme
    assert "Wydawca: nie został jeszcze wskazany." in readme


def test_a_dangling_reference_is_no_foreign_key(files):
    assert b"nobody-here" not in files["dane/organizacje.csv"]
    assert b"nobody-here" in files["organizacje/krs-0000000001.json"]
