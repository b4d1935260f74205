"""Jinja statements → lines of Python: the outer half of compile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from jinja2 import nodes

from spojnik.web.expressions import arguments_of, code, folded, macro_of
from spojnik.web.inherited import chain
from spojnik.web.macros import bound, head, remember
from spojnik.web.sheet import Frame, Macro, Module, Sheet, Unsupported, shown

AGAIN = "same_again"  # `{% set same_again = ("witness",) %}`: macros that a page calls again with the very same objects


def body_of(sheet: Sheet, body: Iterable[nodes.Node], frame: Frame, blocks: Mapping[str, nodes.Block]) -> None:
    """A stretch of template, statement by statement. blocks: what stands for each named block."""
    for node in body:
        _statement(sheet, node, frame, blocks)


def _statement(sheet: Sheet, node: nodes.Node, frame: Frame, blocks: Mapping[str, nodes.Block]) -> None:
    if isinstance(node, nodes.Output):
        for part in node.nodes:
            _output(sheet, part, frame)
    elif isinstance(node, nodes.If):
        _if(sheet, node, frame, blocks)
    elif isinstance(node, nodes.For):
        _for(sheet, node, frame, blocks)
    elif isinstance(node, nodes.Assign):
        value = code(sheet, node.node, frame)
        sheet.line(f"{_target(sheet, node.target, frame)} = {value}")
        _export(sheet, node.target, frame)
        if isinstance(node.target, nodes.Name) and node.target.name == AGAIN:
            sheet.again.update(folded(sheet, node.node, frame)[1] or ())
    elif isinstance(node, nodes.AssignBlock) and node.filter is None:
        _assign_block(sheet, node, frame, blocks)
    elif isinstance(node, nodes.Block):
        if frame.loop is not None:
            raise Unsupported("a block in a loop")
        chosen = blocks.get(node.name, node)
        if any(isinstance(call.node, nodes.Name) and call.node.name == "super" for call in chosen.find_all(nodes.Call)):
            raise Unsupported("super")
        _scope(sheet, chosen.body, Frame(frame), blocks)
    elif isinstance(node, nodes.With):
        values = [code(sheet, value, frame) for value in node.values]
        inner = Frame(frame, frame.loop)
        for target, value in zip(node.targets, values, strict=True):
            sheet.line(f"{_target(sheet, target, inner)} = {value}")
        _scope(sheet, node.body, inner, blocks)
    elif isinstance(node, nodes.Include) and isinstance(node.template, nodes.Const) and node.with_context:
        template = chain(sheet.environment, node.template.value)
        if len(template) > 1:
            raise Unsupported("an included template that extends another")
        _scope(sheet, template[0].body, Frame(frame), {})
    elif isinstance(node, nodes.Import) and isinstance(node.template, nodes.Const) and node.with_context:
        _import(sheet, node, frame)
    elif isinstance(node, nodes.Macro):
        frame.names[node.name] = head(sheet, node)
        _macro(sheet, node, frame)
    elif isinstance(node, nodes.ExprStmt):
        sheet.line(code(sheet, node.node, frame))
    else:
        raise Unsupported(type(node).__name__)


def _output(sheet: Sheet, node: nodes.Node, frame: Frame) -> None:
    """One `{{ }}` or a stretch of plain text, added to what waits to be written in one go."""
    if isinstance(node, nodes.TemplateData):
        sheet.say(node.data)
        return
    known, value = folded(sheet, node, frame)
    if known:
        sheet.say(shown(value))
        return
    if isinstance(node, nodes.CondExpr) and node.expr2 is None:  # `", " if not loop.last`: mostly nothing at all
        _if(sheet, nodes.If(node.test, [nodes.Output([node.expr1])], [], []), frame, {})
    elif isinstance(node, nodes.Call) and (macro := macro_of(node, frame)) is not None:
        _called(sheet, macro, node, frame)
    elif isinstance(node, nodes.Concat):
        for part in node.nodes:  # escaping a joined text is joining escaped texts
            _output(sheet, part, frame)
    elif isinstance(node, nodes.Filter) and node.name == "safe" and node.node is not None:
        sheet.waiting.append(f"str({code(sheet, node.node, frame)})")
    else:
        sheet.waiting.append(f"(q(t) if (t := {code(sheet, node, frame)}).__class__ is str else e(t))")


def _called(sheet: Sheet, macro: Macro, node: nodes.Call, frame: Frame) -> None:
    """What a macro says: its body where that is small, else a call."""
    inner = bound(sheet, macro, node, frame)
    if inner is None:
        sheet.line(f"{macro.code}({', '.join([sheet.sink, *arguments_of(sheet, macro, node, frame)])})")
        return
    own = sheet.bodies.pop(macro.code)  # a macro that calls itself is called
    _scope(sheet, own.macro.body, inner, {})
    sheet.bodies[macro.code] = own


def _if(sheet: Sheet, node: nodes.If, frame: Frame, blocks: Mapping[str, nodes.Block]) -> None:
    tests = [(node.test, node.body), *((each.test, each.body) for each in node.elif_)]
    tests += [(nodes.Const(True), node.else_)] if node.else_ else []
    depth, opened = sheet.depth, False
    for test, body in tests:
        known, value = folded(sheet, test, frame)
        if known and not value:
            continue
        if known and not opened:  # decided before any page is made
            body_of(sheet, body, frame, blocks)
            break
        if opened:
            sheet.line("else:")
        if known:
            _indented(sheet, body, frame, blocks)
            break
        sheet.depth += opened
        sheet.line(f"if {code(sheet, test, frame)}:")
        _indented(sheet, body, frame, blocks)
        opened = True
    sheet.depth = depth


def _indented(sheet: Sheet, body: Iterable[nodes.Node], frame: Frame, blocks: Mapping[str, nodes.Block]) -> None:
    sheet.depth += 1
    begun = len(sheet.lines)
    body_of(sheet, body, frame, blocks)
    _ended(sheet, begun)


def _ended(sheet: Sheet, begun: int) -> None:
    """The end of an indented stretch that began with line `begun`: Python has none without a statement."""
    sheet.flush()
    if len(sheet.lines) == begun:
        sheet.line("pass")
    sheet.depth -= 1


def _for(sheet: Sheet, node: nodes.For, frame: Frame, blocks: Mapping[str, nodes.Block]) -> None:
    if node.recursive:
        raise Unsupported("a recursive loop")
    each, several = sheet.name("i"), sheet.name("l")
    source = code(sheet, node.iter, frame)
    inner = Frame(frame, several + " " + each)
    target = _target(sheet, node.target, inner)
    if node.test is not None:
        kept = code(sheet, node.test, Frame(inner, ""))
        item = sheet.name("o")
        sheet.line(f"{several} = []")
        sheet.line(f"for {item} in {source}:")
        sheet.line(f" {target} = {item}")
        sheet.line(f" if {kept}: {several}.append({item})")
    else:
        sheet.line(f"{several} = {source}")
        sheet.line(f"if {several}.__class__ is not tuple: {several} = listed({several})")
    if any(name.name == "loop" for part in node.body for name in part.find_all(nodes.Name)):
        sheet.line(f"for {each}, {target if target.isidentifier() else f'({target})'} in enumerate({several}):")
    else:
        sheet.line(f"for {target} in {several}:")
    sheet.depth += 1
    begun = len(sheet.lines)
    _scope(sheet, node.body, inner, blocks)
    _ended(sheet, begun)
    if node.else_:
        sheet.line(f"if not {several}:")
        _indented(sheet, node.else_, Frame(frame, frame.loop), blocks)


def _scope(sheet: Sheet, body: Iterable[nodes.Node], frame: Frame, blocks: Mapping[str, nodes.Block]) -> None:
    """A body with names of its own. A name that only some branch sets begins as what it is outside."""
    body = list(body)
    for name in sorted({name for node in body if isinstance(node, nodes.If) for name in _set_in(node)}):
        if name not in frame.names:
            before = code(sheet, nodes.Name(name, "load"), frame)
            frame.names[name] = fresh = sheet.name("v")
            sheet.line(f"{fresh} = {before}")
    body_of(sheet, body, frame, blocks)


def _set_in(node: nodes.Node) -> set[str]:
    found = {node.target.name} if isinstance(node, nodes.Assign | nodes.AssignBlock) and isinstance(
        node.target, nodes.Name) else set()
    inner = node.iter_child_nodes() if isinstance(node, nodes.If) else ()
    return found.union(*(_set_in(child) for child in inner))


def _target(sheet: Sheet, target: nodes.Node, frame: Frame) -> str:
    """Fresh Python names for what an assignment or a loop binds; the frame knows them from now on."""
    if isinstance(target, nodes.Tuple):
        return ", ".join(_target(sheet, item, frame) for item in target.items)
    if isinstance(target, nodes.NSRef):
        return f"{code(sheet, nodes.Name(target.name, 'load'), frame)}[{target.attr!r}]"
    if not isinstance(target, nodes.Name):
        raise Unsupported(type(target).__name__)
    known = frame.names.get(target.name)
    if not isinstance(known, str):
        known = frame.names[target.name] = sheet.name("v")
    return known


def _export(sheet: Sheet, target: nodes.Node, frame: Frame) -> None:
    """What a template sets at its top is seen by functions that read the context (href reads `page`)."""
    if frame.outer is None and isinstance(target, nodes.Name):
        sheet.line(f"s[{target.name!r}] = {frame.names[target.name]}")


def _assign_block(sheet: Sheet, node: nodes.AssignBlock, frame: Frame, blocks: Mapping[str, nodes.Block]) -> None:
    sheet.flush()
    kept, sheet.sink, words = sheet.sink, sheet.name("x"), sheet.name("w")
    sheet.line(f"{words} = []; {sheet.sink} = {words}.extend")
    _scope(sheet, node.body, Frame(frame, frame.loop), blocks)
    sheet.flush()
    sheet.sink = kept
    sheet.line(f'{_target(sheet, node.target, frame)} = Markup("".join({words}))')
    _export(sheet, node.target, frame)


def _import(sheet: Sheet, node: nodes.Import, frame: Frame) -> None:
    assert isinstance(node.template, nodes.Const)
    templates = chain(sheet.environment, node.template.value)
    inner = Frame(frame)
    macros = [part for part in templates[0].body if isinstance(part, nodes.Macro)]
    if len(templates) > 1 or any(isinstance(part, nodes.Include) for part in templates[0].body):
        raise Unsupported("an import that is more than macros")
    for macro in macros:
        inner.names[macro.name] = head(sheet, macro)
    body_of(sheet, [part for part in templates[0].body if isinstance(part, nodes.Assign | nodes.Import)], inner, {})
    for macro in macros:
        _macro(sheet, macro, inner)
    frame.names[node.target] = Module({name: made for name, made in inner.names.items() if isinstance(made, Macro)})


def _macro(sheet: Sheet, node: nodes.Macro, frame: Frame) -> None:
    macro = frame.names[node.name]
    assert isinstance(macro, Macro)
    inner = Frame(frame)
    defaults = [None] * (len(node.args) - len(node.defaults)) + list(node.defaults)
    parameters = []
    for argument, default in zip(node.args, defaults, strict=True):
        inner.names[argument.name] = f"p_{argument.name}"
        known, value = folded(sheet, default, frame) if default is not None else (False, None)
        if default is not None and not known:
            raise Unsupported("a default that is not constant")
        parameters.append(f"p_{argument.name}={value!r}" if known else
                          f"p_{argument.name}={sheet.constant(sheet.environment.undefined(name=argument.name))}")
    sheet.flush()
    kept, sheet.sink, lines, sheet.lines = sheet.sink, "x", sheet.lines, []
    repeated = node.name in sheet.again and bool(parameters)
    sheet.line(f"def {macro.code}{'_' if repeated else ''}({', '.join(['x', *parameters])}):")
    sheet.depth += 1
    _scope(sheet, node.body, inner, {})
    _ended(sheet, 1)
    if repeated:
        _again(sheet, macro, parameters)
    sheet.functions[macro.code] = "\n".join(sheet.lines)
    sheet.sink, sheet.lines = kept, [*lines, sheet.functions[macro.code]]
    remember(sheet, macro, node, frame)


def _again(sheet: Sheet, macro: Macro, parameters: list[str]) -> None:
    """The macro as it is called: it remembers its last text and the objects that it was given."""
    given = [f"p_{name}" for name in macro.parameters]
    last = f"{macro.code}_last"
    same = " and ".join(f"{name} is {last}[{place}]" for place, name in enumerate(given, 1))
    sheet.line(f"{last} = ((), {', '.join('Scope' for _ in given)})")  # an object that no page gives
    sheet.line(f"def {macro.code}({', '.join(['x', *parameters])}):")
    sheet.line(f" nonlocal {last}")
    sheet.line(f" if not ({same}): {last} = again({macro.code}_, {', '.join(given)})")
    sheet.line(f" x({last}[0])")
