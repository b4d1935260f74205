"""One type shared by all readers of Polish facts."""

from typing import Generic, NamedTuple, TypeVar

Value = TypeVar("Value")


class Reading(NamedTuple, Generic[Value]):
    """A fact found in a text: its value, its wording and where it stood.

    `value` is None where the wording has the shape of the fact but cannot be one (31.06.2024); `problem` then says
    why, in Polish. `start` and `end` count characters of the text that was searched.
    """

    value: Value | None
    text: str
    start: int
    end: int
    problem: str = ""
