"""Keeping what is good: what a run found against what we have. Pure; the answer is new lines, or a refusal in Polish.

An unchanged source gives unchanged bytes: a line keeps its days and hash as long as its values, pages and doubt are the
same. Absence is weak evidence: a record is gone only after `gone_after` complete runs without it, and never silently.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from spojnik.catalog import Bounds
from spojnik.store import dump_line

Line = Mapping[str, Any]
ENOUGH = 10  # of fewer records a share says little
_ORDER = ("key", "values", "urls", "seen_on", "published", "sha256", "doubt", "since", "changed", "gone")
_SAID = ("values", "urls", "published", "doubt")


class Rules(NamedTuple):
    """What a run is judged by. elsewhere: live keys of the dataset that other sources
    know. rows: how many entries the source itself had in the last good run, and now."""

    bounds: Bounds
    today: str
    whole: bool
    elsewhere: frozenset[str] = frozenset()
    accepted: bool = False
    rows: tuple[int, int] = (0, 0)


class Verdict(NamedTuple):
    """lines: the new content of the file in order. refused: why the old one stays. missing: key → runs without it."""

    lines: tuple[Line, ...]
    refused: str
    missing: Mapping[str, int]
    counters: Mapping[str, int]


def fold(found: Iterable[Line]) -> tuple[dict[str, list[dict[str, Any]]], tuple[str, ...]]:
    """Lines of a run → by key, each field once; repetition counts once. Also: keys that contradict themselves."""
    by_key: dict[str, dict[tuple[Any, ...], dict[str, Any]]] = {}
    torn = set()
    said: dict[tuple[str, str], Any] = {}
    for line in found:
        groups = by_key.setdefault(line["key"], {})
        mark = (tuple(line.get("urls", ())), line.get("doubt", ""), line.get("published", ""))
        group = groups.setdefault(mark, {**line, "values": {}})
        for name, value in line["values"].items():
            if (line["key"], name) in said:
                if said[line["key"], name] != value:
                    torn.add(line["key"])
                continue
            said[line["key"], name] = group["values"][name] = value
    kept = {key: [group for group in groups.values() if group["values"]] for key, groups in by_key.items()}
    return kept, tuple(sorted(torn))


def judge(
    before: Sequence[Line], found: Mapping[str, list[dict[str, Any]]], missing: Mapping[str, int], rules: Rules
) -> Verdict:
    """Compare a finished run with the last good one."""
    old: dict[str, list[Line]] = {}
    for line in before:
        old.setdefault(line["key"], []).append(line)
    live = {key for key, lines in old.items() if not any(line.get("gone") for line in lines)}
    absent = live - set(found) if rules.whole else set()
    refused = "" if rules.accepted else _implausible(old, live, absent, found, rules)
    if refused:
        return Verdict(tuple(before), refused, missing, {"missing": len(absent)})
    counted = {key: missing.get(key, 0) + 1 for key in absent} if rules.whole else dict(missing)
    ended = {key for key, runs in counted.items() if runs >= rules.bounds.gone_after and key in absent}
    counters: Counter[str] = Counter(records=len(found), missing=len(absent), gone=len(ended))
    lines: list[Line] = []
    for key in sorted({*old, *found}):
        now = (
            [_dated(group, old.get(key, []), rules.today) for group in found[key]]
            if key in found
            else [_ordered({**line, "gone": rules.today}) if key in ended else line for line in old[key]]
        )
        if key in found:
            counters[_state(old.get(key), now)] += 1
        lines += sorted(now, key=lambda line: next(iter(line["values"]), ""))
    left = {key: runs for key, runs in counted.items() if key not in ended and key not in found}
    return Verdict(tuple(lines), "", left, counters)


def dump(lines: Iterable[Line]) -> bytes:
    """The canonical bytes of a file in observed/."""
    return b"".join(dump_line(line) for line in lines)


def _dated(group: Mapping[str, Any], old: Sequence[Line], today: str) -> Line:
    """The old line where it says the same; else a new one that remembers since when its first field is known."""
    first = next(iter(group["values"]))
    said = {name: group.get(name) for name in _SAID}
    same = next(
        (line for line in old if {name: line.get(name) for name in _SAID} == said and not line.get("gone")), None
    )
    if same is not None:
        return same
    before = next((line for line in old if first in line["values"]), None)
    changed = before["changed"] if before and before["values"] == group["values"] and "changed" in before else today
    return _ordered(
        {**group, "seen_on": today, "since": before.get("since", today) if before else today, "changed": changed}
    )


def _ordered(line: Mapping[str, Any]) -> Line:
    return {name: line[name] for name in _ORDER if line.get(name) not in (None, "", [], {})}


def _state(old: Sequence[Line] | None, now: Sequence[Line]) -> str:
    return (
        "added"
        if old is None
        else "unchanged"
        if list(old) == sorted(now, key=lambda line: next(iter(line["values"]), ""))
        else "changed"
    )


def _implausible(
    old: Mapping[str, list[Line]],
    live: set[str],
    absent: set[str],
    found: Mapping[str, list[dict[str, Any]]],
    rules: Rules,
) -> str:
    bounds = rules.bounds
    earlier, now = rules.rows
    if rules.whole and now < earlier * (1 - bounds.drop):
        return f"źródło ma {now} pozycji, a poprzednio miało {earlier}; zostają poprzednie dane"
    if absent and len(absent) > bounds.drop * len(live):
        return (
            f"brakuje {len(absent)} z {len(live)} rekordów, a zbiór dopuszcza ubytek {_share(bounds.drop)}; "
            "zostają poprzednie dane"
        )
    total = len(rules.elsewhere | set(found) | (live - absent))
    if total > bounds.most:
        return f"po tym pobraniu zbiór miałby {total} rekordów, a ma mieścić najwyżej {bounds.most}"
    if total < bounds.least:
        return f"po tym pobraniu zbiór miałby {total} rekordów, a ma mieć co najmniej {bounds.least}"
    return _thinner(old, found, bounds)


def _thinner(old: Mapping[str, list[Line]], found: Mapping[str, list[dict[str, Any]]], bounds: Bounds) -> str:
    """A column that was renamed shows as a field that suddenly most records lack; a wrong one as a field that few have.

    A field that the source never gives is another source's business.
    """
    filled = Counter(name for lines in found.values() for line in lines for name in line["values"])
    both = [key for key in found if key in old]
    before = Counter(name for key in both for line in old[key] for name in line["values"])
    after = Counter(name for key in both for line in found[key] for name in line["values"])
    for name, count in sorted(before.items()):
        if after[name] < count * (1 - bounds.drop):
            return f"pole „{name}” jest wypełnione w {after[name]} rekordach, a poprzednio w {count}"
    for name, floor in bounds.fill.items():
        if 0 < filled[name] < floor * len(found) and len(found) >= ENOUGH:
            return f"pole „{name}” ma tylko {filled[name]} z {len(found)} rekordów, a powinno mieć {_share(floor)}"
    return ""


def _share(share: float) -> str:
    return f"{round(share * 100)}%"
