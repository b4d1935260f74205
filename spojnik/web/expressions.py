"""Jinja expressions → Python expressions, and what is constant computed at once: the inner half of compile."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from jinja2 import Environment, nodes
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, markup_join
from jinja2.utils import _PassArg

from spojnik.web.sheet import Frame, Known, Macro, Module, Sheet, Unsupported

_SAME_EVERYWHERE = ("_", "gettext", "ngettext", "plural", "number", "money", "day", "size")


def folded(sheet: Sheet, node: nodes.Node, frame: Frame) -> tuple[bool, Any]:
    """(True, value) of what is the same on every page, else (False, None)."""
    try:
        return True, _fold(sheet, node, frame)
    except (nodes.Impossible, Unsupported):
        return False, None


def _fold(sheet: Sheet, node: Any, frame: Frame) -> Any:
    environment = sheet.environment
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and frame.find(node.node.name) is None:
        always = getattr(environment.globals.get(node.node.name), "always", None)
        if always is not None:
            sheet.fixed.add(node.node.name)
            return always
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in _SAME_EVERYWHERE:
        name = node.node.name
        if frame.find(name) is None and not node.kwargs and not node.dyn_args and not node.dyn_kwargs:
            values = [_fold(sheet, part, frame) for part in node.args]
            sheet.fixed.add(name)
            called: Any = environment.globals[name]
            return _empty(environment).call(called, *values)
    elif isinstance(node, nodes.Filter) and node.node is not None and node.name != "random":
        found = environment.filters[node.name]
        if _PassArg.from_obj(found) is not _PassArg.context and not node.kwargs and not node.dyn_args:
            values = [_fold(sheet, part, frame) for part in (node.node, *node.args)]
            return found(*_first(environment, found), *values)
    elif isinstance(node, nodes.Dict):
        return {_fold(sheet, pair.key, frame): _fold(sheet, pair.value, frame) for pair in node.items}
    elif isinstance(node, nodes.List | nodes.Tuple):
        values = [_fold(sheet, part, frame) for part in node.items]
        return values if isinstance(node, nodes.List) else tuple(values)
    elif isinstance(node, nodes.Concat):
        return markup_join([_fold(sheet, part, frame) for part in node.nodes])
    elif isinstance(node, nodes.CondExpr):
        chosen = node.expr1 if _fold(sheet, node.test, frame) else node.expr2
        if chosen is not None:
            return _fold(sheet, chosen, frame)
    elif isinstance(node, nodes.Const):
        return node.value
    elif isinstance(node, nodes.Name) and isinstance(found := frame.find(node.name), Known):
        return found.value
    raise nodes.Impossible


@lru_cache
def _empty(environment: Environment) -> Context:
    """A context without anything: what is the same everywhere asks it for nothing."""
    return environment.from_string("").new_context({})


def _first(environment: Environment, found: Any) -> list[Any]:
    wanted = _PassArg.from_obj(found)
    return [environment] if wanted is _PassArg.environment else [EvalContext(environment)] if wanted else []


def macro_of(node: nodes.Call, frame: Frame) -> Macro | None:
    """The macro that a node calls, None where it calls something else."""
    called: Any = frame.find(node.node.name) if isinstance(node.node, nodes.Name) else None
    if isinstance(node.node, nodes.Getattr) and isinstance(node.node.node, nodes.Name):
        module = frame.find(node.node.node.name)
        called = module.macros.get(node.node.attr) if isinstance(module, Module) else None
    return called if isinstance(called, Macro) else None


def arguments_of(sheet: Sheet, macro: Macro, node: nodes.Call, frame: Frame) -> list[str]:
    """What a call gives to a macro, as Python."""
    named = [f"p_{pair.key}={code(sheet, pair.value, frame)}" for pair in node.kwargs]
    if node.dyn_args or node.dyn_kwargs or any(pair.key not in macro.parameters for pair in node.kwargs):
        raise Unsupported("arguments that only the page knows")
    return [*(code(sheet, part, frame) for part in node.args), *named]


_COMPARED = {"eq": "==", "ne": "!=", "gt": ">", "gteq": ">=", "lt": "<", "lteq": "<=", "in": "in", "notin": "not in"}
_METHODS = frozenset(dir(dict))


def code(sheet: Sheet, node: Any, frame: Frame) -> str:
    """A Jinja expression as a Python one."""
    known, value = folded(sheet, node, frame)
    if known and not isinstance(value, list | dict):  # a template may append to a list that it begins empty
        plain = value is None or type(value) in (str, int, float, bool)
        return repr(value) if plain else sheet.constant(value)
    if isinstance(node, nodes.Name):
        return _name(sheet, node.name, frame)
    if isinstance(node, nodes.Getattr):
        return _attribute(sheet, node, frame)
    if isinstance(node, nodes.Getitem):
        return _getitem(sheet, node, frame)
    if isinstance(node, nodes.Call):
        return _call(sheet, node, frame)
    if isinstance(node, nodes.Filter | nodes.Test) and node.node is not None:
        return _applied(sheet, node, frame)
    if isinstance(node, nodes.CondExpr):
        known, value = folded(sheet, node.test, frame)
        if known and (chosen := node.expr1 if value else node.expr2) is not None:
            return code(sheet, chosen, frame)
    inner = [code(sheet, part, frame) for part in _parts(node)]
    if isinstance(node, nodes.CondExpr):
        other = code(sheet, node.expr2, frame) if node.expr2 is not None else "nothing"
        return f"({inner[1]} if {inner[0]} else {other})"
    if isinstance(node, nodes.Compare):
        pairs = zip(node.ops, inner[1:], strict=True)
        return f"({inner[0]} {' '.join(f'{_COMPARED[op.op]} {right}' for op, right in pairs)})"
    if isinstance(node, nodes.Not):
        return f"(not {inner[0]})"
    if isinstance(node, nodes.Neg):
        return f"(-{inner[0]})"
    if isinstance(node, nodes.BinExpr):
        return f"({inner[0]} {node.operator} {inner[1]})"
    if isinstance(node, nodes.Concat):
        return f"join({', '.join(inner)})"
    if isinstance(node, nodes.List):
        return f"[{', '.join(inner)}]"
    if isinstance(node, nodes.Tuple):
        return f"({', '.join(inner)}{',' if inner else ''})"
    if isinstance(node, nodes.Dict):
        return "{" + ", ".join(f"{k}: {v}" for k, v in zip(inner[::2], inner[1::2], strict=True)) + "}"
    raise Unsupported(type(node).__name__)


def _parts(node: Any) -> Sequence[Any]:
    if isinstance(node, nodes.CondExpr):
        return (node.test, node.expr1)
    if isinstance(node, nodes.Compare):
        return (node.expr, *(op.expr for op in node.ops))
    if isinstance(node, nodes.Not | nodes.Neg):
        return (node.node,)
    if isinstance(node, nodes.BinExpr):
        return (node.left, node.right)
    if isinstance(node, nodes.Concat):
        return tuple(node.nodes)
    if isinstance(node, nodes.List | nodes.Tuple):
        return tuple(node.items)
    if isinstance(node, nodes.Dict):
        return tuple(part for pair in node.items for part in (pair.key, pair.value))
    raise Unsupported(type(node).__name__)


def _name(sheet: Sheet, name: str, frame: Frame) -> str:
    found = frame.find(name)
    if isinstance(found, str):
        return found
    if found is not None or name == "loop":
        raise Unsupported(f"{name} as a value")
    if name in sheet.environment.globals:
        sheet.fixed.add(name)
        return sheet.constant(sheet.environment.globals[name])
    sheet.asked.add(name)
    return f"c_{name}"


def _attribute(sheet: Sheet, node: nodes.Getattr, frame: Frame) -> str:
    if isinstance(node.node, nodes.Name) and node.node.name == "loop" and frame.find("loop") is None:
        return _loop(frame, node.attr)
    value = code(sheet, node.node, frame)
    if node.attr in _METHODS:
        return f"{value}.{node.attr}"
    if value.isidentifier():
        return f"({value}[{node.attr!r}] if {value}.__class__ is dict else {value}.{node.attr})"
    return f"get({value}, {node.attr!r})"


def _loop(frame: Frame, asked: str) -> str:
    inner: Frame | None = frame
    while inner is not None and inner.loop is None:
        inner = inner.outer
    several, _, each = (inner.loop or "" if inner else "").partition(" ")
    said = {"first": f"({each} == 0)", "last": f"({each} + 1 == len({several}))", "index": f"({each} + 1)",
            "index0": each, "length": f"len({several})"}.get(asked)
    if not each or said is None:
        raise Unsupported(f"loop.{asked}")
    return said


def _getitem(sheet: Sheet, node: nodes.Getitem, frame: Frame) -> str:
    value = code(sheet, node.node, frame)
    if isinstance(node.arg, nodes.Slice):
        ends = [code(sheet, end, frame) if end is not None else "" for end in (node.arg.start, node.arg.stop)]
        if node.arg.step is not None:
            raise Unsupported("a slice with a step")
        return f"{value}[{':'.join(ends)}]"
    asked = code(sheet, node.arg, frame)
    whole = isinstance(node.arg, nodes.Const) and type(node.arg.value) is int
    return f"{value}[{asked}]" if whole else f"item({value}, {asked})"


def _arguments(sheet: Sheet, node: Any, frame: Frame) -> list[str]:
    if node.dyn_args or node.dyn_kwargs:
        raise Unsupported("arguments that only the page knows")
    return [*(code(sheet, part, frame) for part in node.args),
            *(f"{pair.key}={code(sheet, pair.value, frame)}" for pair in node.kwargs)]


def _call(sheet: Sheet, node: nodes.Call, frame: Frame) -> str:
    macro = macro_of(node, frame)
    if macro is not None:
        return f"caught({', '.join([macro.code, *arguments_of(sheet, macro, node, frame)])})"
    arguments = _arguments(sheet, node, frame)
    called = _read_only(sheet, node.node, frame) or code(sheet, node.node, frame)
    inside = getattr(sheet.constants.get(called), "inside", None)
    if inside is not None and len(arguments) == 1 and frame.find("page") is None:  # nearly every link is one of ours
        sheet.rooted = True
        if isinstance(address := folded(sheet, node.args[0], frame)[1], str) and inside(address):
            return f"(r + {arguments[0]})"
        return f"(r + t if {sheet.constant(inside)}(t := {arguments[0]}) else {called}(s, t))"
    wanted: Any = _PassArg.from_obj(sheet.constants[called]) if called in sheet.constants else None
    if wanted not in (None, _PassArg.context):
        raise Unsupported("a function that asks for the environment")
    return f"{called}({', '.join(['s', *arguments] if wanted else arguments)})"


def _read_only(sheet: Sheet, node: nodes.Expr, frame: Frame) -> str:
    """`{"a": 1}.get`, whose table nobody else sees and whose values nobody can change: made once; "" for the rest."""
    if not isinstance(node, nodes.Getattr) or node.attr != "get" or not isinstance(node.node, nodes.Dict):
        return ""
    known, table = folded(sheet, node.node, frame)
    fixed = known and all(isinstance(value, str | int | float | None) for value in table.values())
    return f"{sheet.constant(table)}.get" if fixed else ""


def _applied(sheet: Sheet, node: Any, frame: Frame) -> str:
    """A filter or a test."""
    value = code(sheet, node.node, frame)
    if isinstance(node, nodes.Test) and node.name == "none":
        return f"({value} is None)"
    known = sheet.environment.filters if isinstance(node, nodes.Filter) else sheet.environment.tests
    if node.name not in known:
        raise Unsupported(node.name)
    kept = _kept(sheet, node, frame)
    if kept:
        return kept
    if node.name in ("list", "length", "count") and isinstance(node, nodes.Filter) and not node.args:
        return f"{'list' if node.name == 'list' else 'len'}({value})"
    found: Any = known[node.name]
    first = ["s"] if _PassArg.from_obj(found) is _PassArg.context else [
        sheet.constant(each) for each in _first(sheet.environment, found)]
    return f"{sheet.constant(found)}({', '.join([*first, value, *_arguments(sheet, node, frame)])})"


def _kept(sheet: Sheet, node: Any, frame: Frame) -> str:
    """`several|selectattr("unknown")|list` and its contrary as a list of Python's own; "" for any other filter."""
    asked = node.node
    if node.name != "list" or not isinstance(asked, nodes.Filter) or asked.name not in ("selectattr", "rejectattr"):
        return ""
    if len(asked.args) != 1 or asked.kwargs or not isinstance(asked.args[0], nodes.Const):
        return ""
    each, name = sheet.name("i"), asked.args[0].value
    if not isinstance(name, str) or not name.isidentifier():
        return ""
    no = "not " if asked.name == "rejectattr" else ""
    found = f"(getattr({each}, {name!r}) if isinstance({each}, tuple) else item({each}, {name!r}))"
    return f"[{each} for {each} in {code(sheet, asked.node, frame)} if {no}{found}]"
