"""A compiled template, waiting for its environment and ready to render: what compile makes and stored keeps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import CodeType
from typing import Any, NamedTuple

from jinja2 import Environment

from spojnik.web.sheet import tools


class Page(NamedTuple):
    """A template as a function of its context, and the names of the context that it may read."""

    render: Callable[[Mapping[str, Any]], str]
    asked: frozenset[str]


class Draft(NamedTuple):
    """A compiled template that waits for its environment. constants: what its code calls by name; hidden: globals that
    a context must not hide."""

    code: CodeType
    constants: Mapping[str, Any]
    hidden: frozenset[str]
    asked: frozenset[str]


def page_of(environment: Environment, draft: Draft) -> Page:
    """The function that a draft describes.

    The function raises (AttributeError, KeyError, TypeError, UndefinedError) where a template asks for what its
    context lacks; Jinja then has the last word. A context that hides a global raises KeyError for the same reason.
    """
    space = {**tools(environment), **draft.constants, "hidden": draft.hidden}
    exec(draft.code, space)
    return Page(space["render"], draft.asked)
