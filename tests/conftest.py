"""One real site and one small world for the whole test run, and an honest list of what this machine left out."""

import fcntl
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.front import TODAY, WORLD, must_build
from tests.machine import lacking

# A busy machine is no fault of the code: speed is measured in bench/, never here.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--site", type=Path, help="a finished dist/ to look at instead of building the real catalogue")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: Playwright keeps an event loop in the process, where no crawl could begin one."""
    items.sort(key=lambda item: "tests/browser/" in item.nodeid)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    names = tuple(name for mark in item.iter_markers("needs") for name in mark.args)
    if missing := lacking(names):
        raise pytest.skip.Exception("brak " + ", ".join(missing), _use_item_location=True)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    left_out: dict[str, set[str]] = defaultdict(set)
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        left_out[reason.removeprefix("Skipped: ")].add(report.nodeid)
    terminalreporter.section("Czego ta maszyna nie mogła sprawdzić", sep="-")
    if not left_out:
        terminalreporter.write_line("Niczego nie pominięto.")
    for reason, tests in sorted(left_out.items()):
        terminalreporter.write_line(f"{reason}:", yellow=True)
        for name in sorted(tests):
            terminalreporter.write_line(f"  {name}")


def _shared(factory: pytest.TempPathFactory, worker: str, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that `make` fills once per test run, also when several processes share the run."""
    base = factory.getbasetemp() if worker == "master" else factory.getbasetemp().parent
    folder, done = base / name, base / f"{name}.done"
    with (base / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            make(folder)
            done.touch()
    return folder


@pytest.fixture(scope="session")
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The real catalogue, built through the front door; read it, never write to it."""
    given: Path | None = request.config.getoption("--site")
    if given is not None:
        return given.resolve()
    return _shared(tmp_path_factory, worker_id, "site", lambda out: must_build("--out", out, "--today", TODAY))


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """`tests/world`, built through the front door; read it, never write to it."""
    return _shared(
        tmp_path_factory,
        worker_id,
        "world",
        lambda out: must_build("--out", out, "--datasets", WORLD / "datasets", "--today", TODAY),
    )
