"""Announcements of open competitions: what comes out, what must not, and that no person ever does."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from scrapers import announcement

PAGES = Path(__file__).parent.parent / "pages" / "announcement"
ROOT = Path(__file__).parent.parent.parent
SNIPPETS = yaml.safe_load((PAGES / "snippets.yml").read_text(encoding="utf-8"))


def plain(values: object) -> object:
    return json.loads(json.dumps(values, default=lambda value: float(value) if isinstance(value, Decimal) else None))


def as_html(text: str) -> str:
    lines = [line.replace("&", "&amp;").replace("<", "&lt;") for line in text.split("\n") if line]
    body = "".join(f"<p>{line}</p>" for line in lines)
    return f"<!doctype html><html><head><title>BIP</title></head><body><nav>Menu</nav>{body}</body></html>"


@pytest.mark.parametrize("snippet", SNIPPETS, ids=lambda snippet: snippet["name"])
@pytest.mark.parametrize("markup", ["text", "html"])
def test_snippet(snippet: dict, markup: str) -> None:
    body = (snippet["text"] if markup == "text" else as_html(snippet["text"])).encode()
    if snippet.get("none"):
        with pytest.raises(ValueError):
            announcement.parse(body)
        return
    values = plain(announcement.parse(body).values)
    wanted = {field: value for field, value in snippet["values"].items() if value is not None}
    if "fields" in snippet:
        values = {field: value for field, value in values.items() if field in snippet["fields"]}
    assert values == wanted
