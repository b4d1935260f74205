"""The only clock of collecting: every wait goes through it, so that tests wait without waiting."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import NamedTuple


class Clock(NamedTuple):
    """now: seconds that only grow; sleep: a wait in seconds."""

    now: Callable[[], float]
    sleep: Callable[[float], Awaitable[None]]


REAL = Clock(time.monotonic, asyncio.sleep)
