"""A Jinja template → one Python function: authors keep Jinja's language, pages cost a fraction of its time.

Jinja renders a page through a generator for every block, a call protocol for every macro and a Markup object for every
value: most of the time of a large build. Here inheritance is folded, macros become plain functions or are written where
they are called, what is the same on every page is computed once, and every value is escaped by one call. What these
files do not understand raises Unsupported, and the page is rendered by Jinja itself (spojnik.web.html): slower, never
different.
"""

from __future__ import annotations

from jinja2 import Environment, nodes

from spojnik.web.draft import Draft, Page, page_of
from spojnik.web.inherited import chain
from spojnik.web.sheet import Frame, Sheet
from spojnik.web.statements import body_of

_HEAD = (nodes.Assign, nodes.AssignBlock, nodes.Import, nodes.Macro)


def compiled(environment: Environment, name: str) -> Page:
    """The function that renders template `name`. Raises Unsupported for what only Jinja itself can do."""
    return page_of(environment, drafted(environment, name))


def drafted(environment: Environment, name: str) -> Draft:
    """Template `name` as code. Raises Unsupported for what only Jinja itself can do."""
    sheet = Sheet(environment)
    templates = chain(environment, name)
    blocks: dict[str, nodes.Block] = {}
    for template in templates:
        for block in template.find_all(nodes.Block):
            blocks.setdefault(block.name, block)
    frame = Frame()
    for template in templates[:-1]:
        body_of(sheet, [part for part in template.body if isinstance(part, _HEAD)], frame, blocks)
    body_of(sheet, templates[-1].body, frame, blocks)
    text = sheet.text()
    head = ["def render(c):", " w = []", " x0 = w.extend", " s = Scope(c)"]
    head.append(" if not hidden.isdisjoint(c): raise KeyError")
    head += [f" c_{each} = c[{each!r}] if {each!r} in c else missing({each!r})" for each in sorted(sheet.asked)]
    head += [" r = c['page']['root']"] if sheet.rooted else []
    source = "\n".join([*head, text, ' return "".join(w)'])
    made = compile(source, f"<{name}>", "exec")
    return Draft(made, sheet.constants, frozenset(sheet.fixed), frozenset(sheet.asked))
