"""Templates as Jinja's own parser reads them, each with those it extends."""

from __future__ import annotations

from functools import lru_cache

from jinja2 import Environment, nodes

from spojnik.web.sheet import Unsupported


@lru_cache(maxsize=256)
def parsed(environment: Environment, name: str) -> nodes.Template:
    """A template's tree; most are asked for by many others."""
    assert environment.loader is not None
    return environment.parse(environment.loader.get_source(environment, name)[0], name)


def chain(environment: Environment, name: str) -> list[nodes.Template]:
    """The template and those it extends, the outermost last."""
    found = []
    while name:
        template = parsed(environment, name)
        found.append(template)
        parents = list(template.find_all(nodes.Extends))
        name = ""
        if parents:
            if len(parents) > 1 or parents[0] not in template.body or not isinstance(parents[0].template, nodes.Const):
                raise Unsupported("extends")
            name = parents[0].template.value
    return found
