"""Tables of prose on a narrow phone: each cell carries its column's name, so that rows can stand as
short lists under their first cell.

Four columns of Polish words are wider than 320 px; a page that scrolls sideways loses its reader (WCAG 2.2, 1.4.10).
"""

from __future__ import annotations

import re

_TABLE = re.compile(r"<table>(.*?)</table>", re.DOTALL)
_ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)


def stacked(html: str) -> str:
    """Cleaned HTML whose tables are stacked where there is no room for columns."""
    return _TABLE.sub(_labelled, html)


def _labelled(table: re.Match[str]) -> str:
    inner = table.group(1)
    names = [re.sub(r"<[^>]+>", "", name).strip() for name in re.findall(r"<th[^>]*>(.*?)</th>", inner, re.DOTALL)]

    def row(found: re.Match[str]) -> str:
        cells = iter(names[1:])
        led = re.sub(r"<td>(.*?)</td>", r'<th scope="row">\1</th>', found.group(), count=1, flags=re.DOTALL)
        return re.sub(r"<td>", lambda _: f'<td data-l="{next(cells, "").replace(chr(34), "&quot;")}">', led)

    return f'<table class="stack">{_ROW.sub(row, inner)}</table>'
