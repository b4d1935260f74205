"""Several machines on one source (extra `cluster`): they share a queue in Redis, and the last to leave settles the run.

A worker that dies keeps its seat, so nobody is the last and nothing is written: half of a source never passes for the
whole. A seat that has been silent for ten minutes is given up, and with it the unfinished run.
"""

from __future__ import annotations

import os
import socket
import time
from typing import Any, NamedTuple

import orjson

from scrapers.desk import Desk

SILENT_SECONDS = 600
_CHUNK = 500


class Seat(NamedTuple):
    """One worker's place at the shared table."""

    client: Any
    name: str
    worker: str

    def key(self, what: str) -> str:
        """Where something of this source lies in Redis; `requests` and `dupefilter` are scrapy-redis's own."""
        return f"{self.name}:{what}"


_OURS = ("workers", "lines", "problems", "warnings", "counters", "listed", "total", "requests", "dupefilter")


def join(address: str, name: str) -> Seat:
    """Take a seat; the first after a broken run clears the table."""
    import redis

    seat = Seat(redis.Redis.from_url(address), name, f"{socket.gethostname()}-{os.getpid()}")
    now = time.time()
    seats = seat.client.zrange(seat.key("workers"), 0, -1, withscores=True)
    if seats and all(score < now - SILENT_SECONDS for _, score in seats):
        seat.client.delete(*map(seat.key, _OURS))
    stay(seat)
    return seat


def stay(seat: Seat) -> None:
    """Say that this worker is alive."""
    seat.client.zadd(seat.key("workers"), {seat.worker: time.time()})


def leave(seat: Seat, desk: Desk, state: dict[str, Any]) -> bool:
    """Hand over what this worker has; True for the last one, who then holds everything in its desk and state."""
    client = seat.client
    if desk.spool.exists():
        lines = desk.spool.read_bytes().splitlines()
        for start in range(0, len(lines), _CHUNK):
            client.rpush(seat.key("lines"), *lines[start : start + _CHUNK])
    for what, said in (("problems", desk.problems), ("warnings", desk.warnings), ("listed", state.get("listed", ()))):
        for sentence in said:
            client.rpush(seat.key(what), sentence)
    for word, count in desk.counters.items():
        client.hincrby(seat.key("counters"), word, count)
    if state.get("total") is not None:
        client.set(seat.key("total"), state["total"])
    with client.pipeline(transaction=True) as together:
        together.zrem(seat.key("workers"), seat.worker)
        together.zcard(seat.key("workers"))
        left = together.execute()[1]
    if left:
        return False
    _gather(seat, desk, state)
    return True


def _gather(seat: Seat, desk: Desk, state: dict[str, Any]) -> None:
    """Everybody's lines into this worker's spool, everybody's notes onto its desk, and the table cleared."""
    client = seat.client
    desk.spool.parent.mkdir(parents=True, exist_ok=True)
    with desk.spool.open("wb") as out:
        while lines := client.lpop(seat.key("lines"), _CHUNK):
            out.write(b"".join(line + b"\n" for line in lines))
    desk.problems[:] = [said.decode() for said in client.lrange(seat.key("problems"), 0, -1)]
    desk.replace_warnings([said.decode() for said in client.lrange(seat.key("warnings"), 0, -1)])
    desk.counters.clear()
    desk.counters.update({word.decode(): int(count) for word, count in client.hgetall(seat.key("counters")).items()})
    state["listed"] = {said.decode() for said in client.lrange(seat.key("listed"), 0, -1)}
    if state.get("listed"):
        desk.counters["rows"] = len(state["listed"])
    total = client.get(seat.key("total"))
    if total is not None:
        state["total"] = orjson.loads(total)
    client.delete(*map(seat.key, _OURS))
