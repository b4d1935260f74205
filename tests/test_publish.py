"""Publishing to a folder, by rsync and to an S3 server on this machine; nothing outside it is asked."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from spojnik.publish import publish
from tests import worlds
from tests.buckets import bucket
from tests.front import tree

pytest.importorskip("fsspec", reason="brak dodatku cluster")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "dist"
    for name in ("index.html", "organizacje/ł.html", "dane/a.csv", "zmiany.atom"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(f"treść {name}", "utf-8")
    return root


@pytest.fixture
def s3() -> Iterator[Any]:
    with bucket() as (place, _):
        yield place


def test_to_a_folder_and_again(site: Path, tmp_path: Path) -> None:
    target = tmp_path / "www"
    assert publish(site, str(target)).sent == 4
    assert tree(target) == tree(site)
    (site / "dane" / "a.csv").unlink()
    assert publish(site, str(target)).removed == 1
    assert {name for name in tree(target) if not name.endswith("/")} == set(tree(site)) - {"dane/"}


def test_to_s3_only_what_differs_with_its_type(site: Path, s3: Any) -> None:
    assert publish(site, "s3://kosz/serwis") == (4, 0, 0)
    assert publish(site, "s3://kosz/serwis") == (0, 4, 0)
    (site / "index.html").write_text("nowa treść", "utf-8")
    (site / "zmiany.atom").unlink()
    assert publish(site, "s3://kosz/serwis") == (1, 2, 1)
    s3.invalidate_cache()
    left = ("dane/a.csv", "index.html", "organizacje/ł.html")
    assert sorted(s3.find("kosz")) == [f"kosz/serwis/{name}" for name in left]
    assert s3.cat_file("kosz/serwis/index.html").decode() == "nowa treść"
    assert s3.info("kosz/serwis/index.html", refresh=True)["ContentType"] == "text/html; charset=utf-8"
    assert s3.info("kosz/serwis/dane/a.csv", refresh=True)["ContentType"] == "text/csv; charset=utf-8"


def test_an_unbuilt_site_empties_nothing(tmp_path: Path) -> None:
    (tmp_path / "dist").mkdir()
    (tmp_path / "www").mkdir()
    (tmp_path / "www" / "index.html").write_text("stara")
    said = worlds.run("publish", tmp_path / "www", "--out", tmp_path / "dist")
    assert said.code == 1 and "Najpierw zbuduj serwis" in said.text
    assert (tmp_path / "www" / "index.html").exists()


@pytest.mark.skipif(shutil.which("rsync") is None, reason="brak programu rsync (apt-get install rsync)")
def test_the_rsync_line_of_the_guide(site: Path, tmp_path: Path) -> None:
    target = tmp_path / "www"
    target.mkdir()
    (target / "stare.html").write_text("x")
    command = ["rsync", "-rt", "--delete", "--delay-updates", f"{site}/", f"{target}/"]
    subprocess.run(command, check=True)
    assert tree(target) == tree(site)
