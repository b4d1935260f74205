"""The units of a build on a Dask cluster (the extra `[cluster]`): the same bytes, made on many machines.

Units are closures over the loaded world, so they do not travel. Each worker reads the content itself, at the same path,
plans the same units and makes those it is asked for by name, straight into the stage of the output; only names and
digests travel. A worker process serves one world for its whole life, because modules, templates and schemas stay in its
memory: for other content it is started again. A worker that reads other files than we did refuses.
"""

from __future__ import annotations

import gc
import os
import queue
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from spojnik.finding import Finding, Level, Stopped
from spojnik.manifest import Seen, asked, load_manifest, read_inputs
from spojnik.order import Order, load
from spojnik.output import Stage, join_stage
from spojnik.unit import Made, Unit, made_of
from spojnik.workers import make_all

ANSWER = 60.0  # seconds in which a scheduler, and a worker after a start, has to speak
ALONE = 30.0  # seconds without an answer and without a single worker: what is left is made here
_TURN = threading.Lock()  # the threads of one worker take turns: what a unit reads is noted for the whole process
_SERVED: list[str] = []


class Ask(NamedTuple):
    """What a worker is asked to build. folder: where relative paths begin; run: the stage; world: digest of it all."""

    order: Order
    folder: str
    run: str
    world: str


class Refused(Exception):
    """A worker will not make anything: its address, and why, in Polish."""


def make_on_cluster(
    units: Sequence[Unit], stage: Stage, order: Order, inputs: Mapping[str, Seen], progress: Callable[[str], None]
) -> dict[str, Made]:
    """Make every unit; unit name → what came of it. A worker that dies costs time only: Dask gives its units to
    another, and what nobody could make is made here. Raises Stopped for a cluster that cannot make the same site."""
    ask = Ask(order, os.getcwd(), stage.run, world_of(order, inputs))
    made: dict[str, Made] = {}
    if units:
        with _client(order.cluster or "") as client:
            _serve_one_world(client, ask)
            for name, one in _answers(client, ask, [unit.name for unit in units], inputs):
                made[name] = one
                progress(f"Buduję: {len(made)} z {len(units)}")
    left = [unit for unit in units if unit.name not in made]
    return made | make_all(left, stage, 1, progress)


def world_of(order: Order, inputs: Mapping[str, Seen]) -> str:
    """Digest of everything that shapes the bytes: the order, Python and the libraries, every file that is read."""
    what = order._replace(out=Path(), jobs=1, cluster=None)
    return asked(what, sorted(_digests(inputs).items()))


def _client(address: str) -> Any:
    try:
        import distributed
    except ImportError:
        _stop(address, "brakuje dodatku cluster", 'Zainstaluj go: pip install -e ".[cluster]".')
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # other versions on the workers: the digest of the world tells
            connect: Any = distributed.Client
            client = connect(address, timeout=ANSWER, set_as_default=False)
    except (OSError, ValueError):
        _stop(address, "planista Daska nie odpowiada", "Uruchom go: python -m dask scheduler.")
    _wait(client)
    return client


def _wait(client: Any) -> None:
    try:
        client.wait_for_workers(1, timeout=ANSWER)
    except TimeoutError:
        _nobody(client)


def _nobody(client: Any) -> NoReturn:
    address = client.scheduler.address
    client.close()
    _stop(address, "w klastrze nie ma nikogo do pracy", f"Uruchom: python -m dask worker {address} --nthreads 1.")


def _serve_one_world(client: Any, ask: Ask) -> None:
    """Start again every process that has served another world."""
    said = client.run(_serves, ask.world, on_error="return")
    for address, answer in said.items():
        if isinstance(answer, ImportError):
            _stop(address, f"brakuje tam programu ({answer})", "Uruchom pracownika w folderze z tym repozytorium.")
    stale = {address for address, answer in said.items() if answer is False}
    if stale:
        client.run(_end, workers=list(stale), on_error="ignore")
        _back(client, stale, sum(isinstance(answer, bool) for answer in said.values()))


def _back(client: Any, ended: set[str], count: int) -> None:
    """Wait for as many workers as there were: the first one back would make the whole site alone. Who needs longer
    than ANSWER joins later. A worker with a port of its own comes back at the address of the one that ended."""
    left, until = set(ended), time.monotonic() + ANSWER
    while True:
        listed = set(client.scheduler_info()["workers"])
        left &= listed
        if len(listed - left) >= count:
            return
        if time.monotonic() > until:
            break
        time.sleep(0.1)
    if left:
        _stop(", ".join(sorted(left)), "te procesy pamiętają inne dane", "Uruchom je jeszcze raz.")
    if not listed:
        _nobody(client)


def _answers(client: Any, ask: Ask, names: Sequence[str], inputs: Mapping[str, Seen]) -> Iterator[tuple[str, Made]]:
    """What workers made, as it comes. A unit that killed its workers again and again is left out."""
    done: queue.SimpleQueue[Any] = queue.SimpleQueue()
    running = {client.submit(_make, ask, name, key=f"{ask.run} {name}", pure=False): name for name in names}
    for future in running:
        future.add_done_callback(done.put)
    left = len(running)
    while left:
        try:
            future = done.get(timeout=ALONE)
        except queue.Empty:
            if client.status != "running" or not client.scheduler_info()["workers"]:
                return
            continue
        left -= 1
        if future.status == "finished":
            yield running[future], future.result()
        elif future.status == "error":
            _explain(client, ask, future.exception(), inputs)


def _explain(client: Any, ask: Ask, error: BaseException, inputs: Mapping[str, Seen]) -> None:
    """Nothing for a worker that died; Stopped for one that refused; a mistake in the machinery is raised as it is."""
    from distributed import KilledWorker

    if isinstance(error, KilledWorker):
        return
    if not isinstance(error, Refused):
        raise error
    where, why = error.args
    theirs = client.run(_files, ask.order, workers=[where], on_error="ignore").get(where, {})
    ours = _digests(inputs)
    other = sorted(path for path in ours.keys() | theirs.keys() if theirs and ours.get(path) != theirs.get(path))
    told = f": {other[0]} (różnych plików: {len(other)})" if other else ""
    _stop(where, why + told, "Daj każdej maszynie te same pliki, te same wersje bibliotek i ten sam folder wyjścia.")


def _digests(inputs: Mapping[str, Seen]) -> dict[str, str]:
    return {path: seen.digest for path, seen in inputs.items()}


def _stop(where: str, why: str, todo: str) -> NoReturn:
    raise Stopped((Finding("cluster", Level.STOP, "", "", "", None, where, "redakcja", why, todo),))


# From here on: what happens in a worker process.


def _serves(world: str) -> bool:
    """Whether this process has served no other world, and so remembers nothing of one."""
    _SERVED[:] = _SERVED or [world]
    return _SERVED == [world]


def _end() -> None:
    """Leave at once, as if killed: whoever watches over a worker (Dask's nanny) starts it again, with a clean head."""
    threading.Timer(0.2, os._exit, (1,)).start()


def _files(order: Order) -> dict[str, str]:
    return _digests(read_inputs(order.inputs, {}))


def _make(ask: Ask, name: str) -> Made:
    with _TURN:
        try:
            os.chdir(ask.folder)
        except OSError:
            raise Refused(_here(), f"brakuje folderu {ask.folder}") from None
        units = _units(ask.world, ask.order._replace(out=Path(), jobs=1, cluster=None))
        return made_of(units[name], _joined(ask))


@lru_cache(maxsize=1)
def _joined(ask: Ask) -> Stage:
    stage = join_stage(ask.order.out, load_manifest(ask.order.out).files, ask.run)
    if stage is None:
        raise Refused(_here(), f"nie widać tam folderu {ask.order.out}, do którego pisze ta maszyna")
    return stage


@lru_cache(maxsize=1)
def _units(world: str, order: Order) -> Mapping[str, Unit]:
    from spojnik.build import planned

    if not _serves(world):
        raise Refused(_here(), "proces pamięta inne dane")
    try:
        inputs = read_inputs(order.inputs, {})
    except OSError as missing:
        raise Refused(_here(), f"brakuje {missing.filename}") from None
    if world_of(order, inputs) != world:
        raise Refused(_here(), "pracownik ma inne pliki albo biblioteki")
    gc.disable()  # as in a build: millions of small things that all stay
    units = planned(*load(order), order).units
    gc.freeze()
    gc.enable()
    if world_of(order, read_inputs(order.inputs, inputs)) != world:
        raise Refused(_here(), "pliki zmieniły się w trakcie")
    return {unit.name: unit for unit in units}


def _here() -> str:
    from distributed import get_worker

    return str(get_worker().address)
