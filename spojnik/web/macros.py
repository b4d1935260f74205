"""Macros that are written where they are called: a call takes longer than most of them, and hides what is constant."""

from __future__ import annotations

from jinja2 import Undefined, nodes

from spojnik.web.expressions import code, folded
from spojnik.web.sheet import Body, Frame, Known, Macro, Sheet, Unsupported

_SMALL = 80  # nodes of a macro's tree; whatever is larger is called
_OWN = (nodes.Macro, nodes.Import, nodes.Include, nodes.Block)


def head(sheet: Sheet, node: nodes.Macro) -> Macro:
    """The name and the parameters of a macro, before its body is read."""
    if any(name.name in ("caller", "varargs", "kwargs") for name in node.find_all(nodes.Name)):
        raise Unsupported("a macro that takes anything")
    return Macro(sheet.name("m"), tuple(argument.name for argument in node.args))


def remember(sheet: Sheet, macro: Macro, node: nodes.Macro, frame: Frame) -> None:
    """Keep the body of a macro that is to be written where it is called."""
    parts = list(node.find_all(nodes.Node))
    if len(parts) <= _SMALL and node.name not in sheet.again and not any(isinstance(part, _OWN) for part in parts):
        changed = {part.name for part in parts if isinstance(part, nodes.Name) and part.ctx == "store"}
        sheet.bodies[macro.code] = Body(node, frame.seen(), frozenset(changed))


def bound(sheet: Sheet, macro: Macro, call: nodes.Call, frame: Frame) -> Frame | None:
    """The names that the body of a macro sees at this call; None where the macro has to be called. What the call does
    not give is the default; what the template writes out is known before any page is made."""
    body = sheet.bodies.get(macro.code)
    given = dict(zip(macro.parameters, call.args, strict=False)) | {pair.key: pair.value for pair in call.kwargs}
    each_once = len(given) == len(call.args) + len(call.kwargs) and given.keys() <= set(macro.parameters)
    if body is None or not each_once or call.dyn_args or call.dyn_kwargs:
        return None
    inner = Frame(body.seen)
    for name, value in given.items():  # in the order of the call
        inner.names[name] = _argument(sheet, value, frame, name in body.changed)
    defaults = dict(zip(reversed(macro.parameters), reversed(body.macro.defaults), strict=False))
    for name in macro.parameters:
        if name not in given:
            value = defaults.get(name, nodes.Const(sheet.environment.undefined(name=name)))
            inner.names[name] = _argument(sheet, value, body.seen, name in body.changed)
    return inner


def _argument(sheet: Sheet, value: nodes.Expr, frame: Frame, changed: bool) -> str | Known:
    """What a parameter is called in the body: a value, a Python name there is, or one of its own."""
    known, constant = folded(sheet, value, frame)
    if known and not changed and not isinstance(constant, list | dict | Undefined):
        return Known(constant)
    text = code(sheet, value, frame)
    if text.isidentifier() and not changed:
        return text
    own = sheet.name("v")
    sheet.line(f"{own} = {text}")
    return own
