"""The sheet on which a compiled template is written: its lines, its names, and what the written function calls."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from jinja2 import Environment, Undefined, nodes
from jinja2.nodes import EvalContext
from jinja2.runtime import markup_join
from markupsafe import Markup, escape


class Unsupported(Exception):
    """A construct that only Jinja itself can render."""


class Macro(NamedTuple):
    """A macro: the Python name of its function, and its parameters in order."""

    code: str
    parameters: tuple[str, ...]


class Known(NamedTuple):
    """A name that stands for the same value wherever it is read: an argument that a template writes out."""

    value: Any


class Module(NamedTuple):
    """What an import brought: macros by name."""

    macros: Mapping[str, Macro]


Name = str | Known | Macro | Module


@dataclass(slots=True)
class Frame:
    """Names that a stretch of template may use: Jinja name → Python name, value, macro or module. `loop`: "list
    counter" of the loop it stands in ("" where `loop` may not be asked, None outside)."""

    outer: Frame | None = None
    loop: str | None = None
    names: dict[str, Name] = field(default_factory=dict)

    def seen(self) -> Frame:
        """The same names, whatever the template sets from here on."""
        return Frame(self.outer and self.outer.seen(), self.loop, dict(self.names))

    def find(self, name: str) -> Name | None:
        """The nearest meaning of a name, None when only the page's context can know it."""
        frame: Frame | None = self
        while frame is not None:
            if name in frame.names:
                return frame.names[name]
            frame = frame.outer
        return None


class Body(NamedTuple):
    """A macro that may be written where it is called: the names it saw, and those that it sets itself."""

    macro: nodes.Macro
    seen: Frame
    changed: frozenset[str]


@dataclass(slots=True)
class Sheet:
    """The function being written: its lines, what waits to be written out, and what it needs from outside. bodies:
    macros that may be written where they are called; functions: macros as Python functions."""

    environment: Environment
    lines: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    constants: dict[str, Any] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    fixed: set[str] = field(default_factory=set)
    again: set[str] = field(default_factory=set)
    bodies: dict[str, Body] = field(default_factory=dict)
    functions: dict[str, str] = field(default_factory=dict)
    rooted: bool = False
    depth: int = 1
    sink: str = "x0"
    count: int = 0

    def name(self, stem: str) -> str:
        """A Python name that nothing else has."""
        self.count += 1
        return f"{stem}{self.count}"

    def constant(self, value: Any) -> str:
        """The Python name of a value that is the same on every page."""
        name = self.name("k")
        self.constants[name] = value
        return name

    def say(self, text: str) -> None:
        """Plain text: it joins the text before it."""
        if self.waiting and self.waiting[-1][:1] in "'\"":
            self.waiting[-1] = repr(str(ast.literal_eval(self.waiting[-1])) + text)
        elif text:
            self.waiting.append(repr(text))

    def flush(self) -> None:
        """Write out what waits."""
        if self.waiting:
            self.lines.append(" " * self.depth + f"{self.sink}(({', '.join(self.waiting)},))")
            self.waiting.clear()

    def line(self, text: str) -> None:
        """A statement; what waits goes first."""
        self.flush()
        self.lines.append(" " * self.depth + text)

    def text(self) -> str:
        """All lines, without the functions that nobody calls."""
        self.flush()
        lines, own = self.lines, {name: _functions(text)[name] for name, text in self.functions.items()}
        while True:
            called = _functions("\n".join(lines))
            idle = {text for name, text in self.functions.items() if called[name] == own[name]}
            if idle.isdisjoint(lines):
                return "\n".join(lines)
            lines = [line for line in lines if line not in idle]


def _functions(text: str) -> Counter[str]:
    """How often each function of a macro is named."""
    return Counter(re.findall(r"\bm\d+\b", text))


class Scope(dict[str, Any]):
    """The context of one page for functions that ask for Jinja's: they read names, the environment and no more."""

    environment: Environment
    eval_ctx: EvalContext


def tools(environment: Environment) -> dict[str, Any]:
    """What the written functions call."""
    kind = type("PageScope", (Scope,), {"environment": environment, "eval_ctx": EvalContext(environment)})
    try:
        from markupsafe._speedups import _escape_inner as quick
    except ImportError:  # no compiled markupsafe: the public function does the same, slower
        def quick(text: str, /) -> str:
            return str(escape(text))

    nothing = Undefined()

    def e(value: Any) -> str:
        if value.__class__ is str:
            return quick(value)
        if value is nothing:
            return ""
        return value.__html__() if hasattr(value, "__html__") else quick(str(value))

    def get(value: Any, name: str) -> Any:
        return value[name] if value.__class__ is dict and name in value else getattr(value, name)

    def item(value: Any, name: Any) -> Any:
        if isinstance(value, tuple) and name.__class__ is str:  # a NamedTuple, whose attribute Jinja finds in the end
            return getattr(value, name)
        return value[name] if value.__class__ is dict else environment.getitem(value, name)

    def join(*parts: Any) -> Any:
        for part in parts:
            if part.__class__ is not str:
                return markup_join(parts)
        return "".join(parts)

    def caught(macro: Any, *arguments: Any, **named: Any) -> Markup:
        found: list[str] = []
        macro(found.extend, *arguments, **named)
        return Markup("".join(found))

    return {
        "e": e, "q": quick, "get": get, "item": item, "join": join, "caught": caught, "again": again,
        "Markup": Markup, "Scope": kind,
        "missing": lambda name: environment.undefined(name=name), "nothing": nothing,
        "listed": lambda value: value if value.__class__ in (tuple, list) else tuple(value),
    }  # fmt: skip


_FIXED = (str, int, tuple, type(None))  # what nobody can change between two calls


def again(macro: Callable[..., None], *given: Any) -> tuple[Any, ...]:
    """A macro's text, then what it was given: called with the very same objects it writes that again. All facts of most
    records have one witness, whose lines take as long to write as everything else on the page."""
    found: list[str] = []
    macro(found.extend, *given)
    fixed = all(isinstance(each, _FIXED) for each in given)
    return (("".join(found),), *(given if fixed else [object()] * len(given)))


def shown(value: Any) -> str:
    """A constant as it stands on the page."""
    return str(escape(value))
