"""A site made of hostile texts, for the tests that look at its files and at its pages in a browser."""

import json
from pathlib import Path

from spojnik.schema import fields
from tests import worlds
from tests.front import TODAY

HOSTILE = [
    "<script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=1>",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "@SUM(A1)",
    "-2+3",
    "{{7*7}}",
    "{% raise %}",
    "\u202egpj.exe",
    "</script><script>window.hacked=1</script>",
    "javascript:alert(1)",
    '"><svg onload=window.hacked=1>',
    "]]>",
    "a\nb; c,d\"e'",
    "\tx",
]


def build_hostile(folder: Path) -> Path:
    """The small world with every text field of every dataset spoiled in every way; returns the built site."""
    datasets = worlds.copy(folder)
    world = worlds.loaded(datasets)
    for dataset in world.catalog:
        rows = []
        for number, text in enumerate(HOSTILE):
            values = {}
            for field in fields(dataset.model):
                kind = field.kind.item or field.kind
                if kind.name in ("text", "prose") and field.name != "key":
                    values[field.name] = [text] if field.kind.item else text
            rows.append(
                json.dumps(
                    {
                        "key": f"zly-{number}",
                        "values": values,
                        "urls": [
                            "https://example.org/<b>?a=\"'".replace("<", "%3C").replace(">", "%3E").replace('"', "%22")
                        ],
                        "seen_on": "2026-11-20",
                        "doubt": text,
                    }
                )
            )
        with (dataset.folder / "observed/desk.jsonl").open("a", encoding="utf-8") as stream:
            stream.write("\n".join(rows) + "\n")
    said = worlds.run("--datasets", datasets, "--today", TODAY, "--out", folder / "dist", "--jobs", "1")
    assert said.code == 0, said.text
    return folder / "dist"
