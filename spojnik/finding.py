"""What the machinery has to say about the data: one finding is one sentence with a place and an owner."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple


class Level(IntEnum):
    """How much a finding weighs; only STOP keeps the last good site in place."""

    NOTE = 1
    WARN = 2
    ERROR = 3
    STOP = 4

    @property
    def label(self) -> str:
        """Polish word shown to people."""
        return {1: "uwaga", 2: "ostrzeżenie", 3: "błąd", 4: "zatrzymuje"}[self.value]


class Finding(NamedTuple):
    """One thing that somebody should know or mend.

    `rule` names the @rule or the reader that found it; `place` is `file:line:column` or empty; `owner` says whose
    job it is (a source id, "redakcja", "organizacja"); `why` and `todo` are Polish sentences.
    """

    rule: str
    level: Level
    dataset: str
    key: str
    field: str
    value: object
    place: str
    owner: str
    why: str
    todo: str = ""

    def sentence(self) -> str:
        """One line for a terminal: place, level, what, why, what to do."""
        where = self.place or "/".join(part for part in (self.dataset, self.key) if part)
        what = f" {self.field}" if self.field else ""
        shown = "" if self.value in (None, "") else f" „{str(self.value)[:120]}”"
        todo = f" {self.todo[:1].upper()}{self.todo[1:]}" if self.todo else ""
        return f"{where}: {self.level.label}:{what}{shown} – {self.why.rstrip('.')}.{todo}"


class Stopped(Exception):
    """The build cannot go on; carries the findings that say why. The previous output stays as it was."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(f"{len(findings)} findings stop the build")
        self.findings = findings
