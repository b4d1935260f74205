"""A build on several machines: the same bytes in a folder and on S3, whoever is killed, and none from other content."""

import hashlib
import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from spojnik import build as front
from spojnik import cluster as cluster_build
from spojnik.build import build
from spojnik.finding import Stopped
from spojnik.order import Order
from spojnik.output import state_folder
from spojnik.remote import Remote
from tests import worlds
from tests.buckets import BUCKET, bucket
from tests.clusters import PATIENCE, WORKERS, local_cluster
from tests.front import TODAY, difference, tree
from tests.machine import ROOT

distributed = pytest.importorskip("distributed", reason="brak dodatku cluster")
LATER = "2027-03-01"
QUIET: Callable[[str], None] = lambda text: None  # noqa: E731


@pytest.fixture(scope="module")
def s3() -> Iterator[Any]:
    with bucket() as (place, _):
        yield place


@pytest.fixture(scope="module")
def running(s3: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a cluster whose workers take the address of the S3 server from the environment."""
    with local_cluster(tmp_path_factory.mktemp("dask")) as address:
        yield address


@pytest.fixture
def cluster(running: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The same with all its workers there, and a build that waits for them: a test that asks what they say must not
    depend on how fast this machine starts them."""
    monkeypatch.setattr(cluster_build, "ANSWER", PATIENCE)
    with distributed.Client(running, timeout=PATIENCE, set_as_default=False) as client:
        client.wait_for_workers(WORKERS, timeout=PATIENCE)
    return running


@pytest.fixture(scope="module")
def datasets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return worlds.copy(tmp_path_factory.mktemp("shared"))


@pytest.fixture
def order(cluster: str, datasets: Path, tmp_path: Path) -> Order:
    site_file = datasets.parent / "site.yml"
    return Order(datasets, ROOT / "site", site_file, tmp_path / "out", TODAY, ("calls",), cluster=cluster)


def plain(order: Order, today: str = TODAY) -> dict[str, str]:
    """The same order on this machine alone."""
    out = order.datasets.parent / f"plain {today} {len(order.only)}"
    build(order._replace(out=out, today=today, cluster=None), QUIET)
    return tree(out)


def stored(place: Any, folder: str) -> dict[str, str]:
    """Path → SHA-256 of every object in a folder of the bucket."""
    place.invalidate_cache()
    root = f"{BUCKET}/{folder}/"
    return {path[len(root) :]: hashlib.sha256(body).hexdigest() for path, body in place.cat(place.find(root)).items()}


def processes(cluster: str) -> set[int]:
    with distributed.Client(cluster, set_as_default=False) as client:
        return set(client.run(os.getpid).values())


def test_the_same_bytes_in_a_folder_and_then_only_what_differs(order: Order) -> None:
    order, said = order._replace(only=()), list[str]()
    made = build(order, said.append).written
    assert difference(plain(order), tree(order.out)) == [] and made.written > 100
    assert sum(text.startswith("Buduję") for text in said) > 10, "the units were made and counted one by one"
    later = build(order._replace(today=LATER), QUIET).written
    assert difference(plain(order, LATER), tree(order.out)) == []
    assert 0 < later.written < made.written and later.kept > 0
    assert build(order._replace(today=LATER), QUIET).written.written == 0


def test_a_worker_killed_in_the_middle_costs_time_only(order: Order, cluster: str) -> None:
    before, said = processes(cluster), list[str]()

    def kill(text: str) -> None:
        said.append(text)
        if text.startswith("Buduję: 5 "):
            os.kill(min(processes(cluster)), signal.SIGKILL)

    build(order, kill)
    assert difference(plain(order), tree(order.out)) == []
    assert len(said) > 20, "counter-example: there was a middle to be killed in"
    assert processes(cluster) != before


def test_the_same_bytes_on_s3_and_then_only_what_differs(order: Order, s3: Any) -> None:
    out = Remote(f"s3://{BUCKET}/serwis")
    first = build(order._replace(out=out), QUIET).written
    assert difference(plain(order), stored(s3, "serwis")) == [] and first.written > 100
    assert build(order._replace(out=out), QUIET).written == (0, first.written, 0)
    later = build(order._replace(out=out, today=LATER), QUIET).written
    assert difference(plain(order, LATER), stored(s3, "serwis")) == []
    assert 0 < later.written < first.written
    assert s3.info(f"{BUCKET}/serwis/index.html", refresh=True)["ContentType"] == "text/html; charset=utf-8"
    assert stored(s3, ".serwis.spojnik").keys() == {"manifest.json", "manifest.next.json", "run"}, "an empty stage"


def test_killed_while_it_moves_on_s3_the_next_start_finishes(order: Order, s3: Any, monkeypatch: Any) -> None:
    out = Remote(f"s3://{BUCKET}/przerwany")
    build(order._replace(out=out), QUIET)
    with monkeypatch.context() as patch:
        patch.setattr(Remote, "remove", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            build(order._replace(out=out, today=LATER), QUIET)
    assert (state_folder(out) / "journal.json").exists()
    assert set(stored(s3, "przerwany")) >= set(plain(order, LATER))
    build(order._replace(out=out), QUIET)
    assert not (state_folder(out) / "journal.json").exists()
    assert difference(plain(order), stored(s3, "przerwany")) == []


def test_a_worker_with_other_files_refuses(order: Order, tmp_path: Path, monkeypatch: Any) -> None:
    order, load = order._replace(datasets=worlds.copy(tmp_path)), front.load

    def other(asked: Order, known: Any) -> Any:
        """We have read the content; what lies on the worker's disk is another day's."""
        loaded = load(asked, known)
        path = next(asked.datasets.glob("organisations/observed/*.jsonl"))
        path.write_bytes(path.read_bytes() + b"\n")
        return loaded

    monkeypatch.setattr(front, "load", other)
    with pytest.raises(Stopped) as stopped:
        build(order, QUIET)
    (finding,) = stopped.value.findings
    assert "ma inne pliki" in finding.why and "organisations/observed" in finding.why
    assert not order.out.exists(), "nothing was published"


def test_a_worker_that_sees_another_folder_refuses(order: Order, monkeypatch: Any) -> None:
    opened = front.open_stage
    monkeypatch.setattr(front, "open_stage", lambda *parts: opened(*parts)._replace(run="inny"))
    with pytest.raises(Stopped) as stopped:
        build(order, QUIET)
    assert "nie widać tam folderu" in stopped.value.findings[0].why


def test_what_is_missing_is_said_in_words(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(cluster_build, "ANSWER", 1.0)
    words = ["--datasets", worlds.copy(tmp_path), "--today", TODAY]
    said = worlds.run(*words, "--out", tmp_path / "out", "--cluster", "tcp://127.0.0.1:9")
    assert said.code == 1 and "nie odpowiada" in said.text and "Traceback" not in said.text
    said = worlds.run(*words, "--out", f"s3://{BUCKET}")
    assert said.code == 1 and "brakuje folderu w koszu" in said.text


def test_without_the_extra_it_says_what_to_install(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    said = worlds.run("--datasets", worlds.copy(tmp_path), "--today", TODAY, "--out", tmp_path / "out",
                      "--cluster", "tcp://127.0.0.1:9")  # fmt: skip
    assert said.code == 1 and "brakuje dodatku cluster" in said.text
