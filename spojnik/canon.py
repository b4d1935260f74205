"""One canonical form for every YAML and JSONL file, so that a difference in git is a difference in what is said.

People's comments stay: YAML is rewritten on ruamel.yaml's node level, where comments hang on nodes and no value is ever
converted (0000123456 would come back as a number otherwise).
"""

from __future__ import annotations

import difflib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.tag import Tag

from spojnik.finding import Finding, Level
from spojnik.store import Located, dump_line, dump_yaml, iter_jsonl, parse_yaml

_TEXT = "tag:yaml.org,2002:str"


class Form(NamedTuple):
    """A file as it is and as it should be. findings: why it cannot be read (then `after` is `before`)."""

    path: Path
    before: bytes
    after: bytes
    findings: tuple[Finding, ...] = ()

    def difference(self) -> str:
        """What would change, as people know it from git; "" for a canonical file."""
        there, wanted = (body.decode("utf-8", "replace").splitlines(True) for body in (self.before, self.after))
        return "".join(difflib.unified_diff(there, wanted, f"{self.path} (jest)", f"{self.path} (ma być)"))


def forms(folder: Path) -> Iterator[Form]:
    """Every YAML and JSONL file under a folder with its canonical form, in the order of paths."""
    for path in sorted((*folder.rglob("*.yml"), *folder.rglob("*.jsonl"))):
        yield form_of(path)


def form_of(path: Path) -> Form:
    """The canonical form of one file. A broken file keeps its bytes and says where it is broken."""
    before = path.read_bytes()
    if path.suffix == ".jsonl":
        return _lines(path, before)
    located = parse_yaml(before, str(path))
    if located.findings:
        return Form(path, before, before, located.findings)
    after = canonical_yaml(before, located)
    again = parse_yaml(after, str(path))
    if again.data != located.data:
        why = "nie umiemy zapisać go w jednej postaci bez zmiany treści"
        finding = Finding("fmt", Level.ERROR, "", "", "", None, f"{path}:1:1", "redakcja", why, "Uprość zapis.")
        return Form(path, before, before, (finding,))
    return Form(path, before, after)


def canonical_yaml(body: bytes, located: Located) -> bytes:
    """Block style, two spaces, double quotes around whatever is not plainly a word; comments where they were."""
    if isinstance(located.data, dict):
        simple = dump_yaml(located.data).encode()
        if simple == body:
            return body
    reader = YAML(typ="rt")
    reader.width = 1_000_000
    reader.indent(mapping=2, sequence=4, offset=2)
    node = reader.compose(io.BytesIO(body))
    if node is None:
        return body
    _restyle(node)
    out = io.BytesIO()
    reader.serialize(node, out)
    return out.getvalue()


def _restyle(node: Node) -> None:
    if isinstance(node, ScalarNode):
        _scalar(node)
    elif isinstance(node, MappingNode):
        node.flow_style = not node.value
        for name, value in node.value:
            _restyle(name)
            _restyle(value)
    elif isinstance(node, SequenceNode):
        node.flow_style = not node.value
        for value in node.value:
            _restyle(value)


def _scalar(node: ScalarNode) -> None:
    """Long texts in blocks (| and >) stay as people wrote them; of the rest each value has one spelling."""
    if node.style in ("|", ">"):
        return
    spelled: Any = node.value if node.style else parse_yaml(node.value.encode(), "").data
    if isinstance(spelled, str):
        node.ctag = Tag(suffix=_TEXT)
        node.style = None if dump_yaml({"x": spelled}) == f"x: {spelled}\n" else '"'
    elif spelled is None:
        node.value = "null"


def _lines(path: Path, before: bytes) -> Form:
    """One object a line through the one writer; observations in the order of keys, history in the order of events."""
    rows = list(iter_jsonl(path))
    findings = tuple(finding for row in rows for finding in row.findings)
    if findings:
        return Form(path, before, before, findings)
    data = [row.data for row in rows]
    if path.parent.name == "observed":
        data.sort(key=lambda row: str(row.get("key", "")) if isinstance(row, dict) else "")
    return Form(path, before, b"".join(dump_line(row) for row in data))


def rewrite(folder: Path) -> int:
    """Bring every file into its canonical form; how many changed. 1 as exit code where a file is broken."""
    changed = 0
    broken: list[Finding] = []
    for form in forms(folder):
        broken += form.findings
        if form.before != form.after:
            form.path.write_bytes(form.after)
            changed += 1
    print(f"Poprawiono zapis plików: {changed}.", *(finding.sentence() for finding in broken), sep="\n")
    return int(bool(broken))


def compare(folder: Path) -> int:
    """Show what `rewrite` would change; exit code 1 where there is anything."""
    differing = [form for form in forms(folder) if form.findings or form.before != form.after]
    for form in differing:
        print(*(finding.sentence() for finding in form.findings), form.difference(), sep="\n", end="")
    if differing:
        print(f"Plików w innej postaci: {len(differing)}. Popraw je poleceniem: python build.py fmt")
    return int(bool(differing))
