"""A Jinja template → one Python function: authors keep Jinja's language, pages cost a fraction of its time.

Jinja renders a page through a generator for every block, a call protocol for every macro and a Markup object for every
value: most of the time of a large build. Here inheritance is folded, macros become plain functions, what is the same on
every page is computed once, and every value is escaped by one call. What this file does not understand raises
Unsupported, and the page is rendered by Jinja itself (spojnik.web.html): slower, never different.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from jinja2 import Environment, nodes

from spojnik.web.draft import Draft, Page, page_of
from spojnik.web.expressions import call_of, code, folded
from spojnik.web.sheet import Frame, Macro, Module, Sheet, Unsupported, shown


def compiled(environment: Environment, name: str) -> Page:
    """The function that renders template `name`. Raises Unsupported for what only Jinja itself can do."""
    return page_of(environment, drafted(environment, name))


def drafted(environment: Environment, name: str) -> Draft:
    """Template `name` as code. Raises Unsupported for what only Jinja itself can do."""
    sheet = Sheet(environment)
    chain = _chain(environment, name)
    blocks: dict[str, nodes.Block] = {}
    for template in chain:
        for block in template.find_all(nodes.Block):
            blocks.setdefault(block.name, block)
    frame = Frame()
    for template in chain[:-1]:
        _body(sheet, [part for part in template.body if isinstance(part, _HEAD)], frame, blocks)
    _body(sheet, chain[-1].body, frame, blocks)
    sheet.flush()
    head = ["def render(c):", " w = []", " x0 = w.extend", " s = Scope(c)"]
    head.append(" if not hidden.isdisjoint(c): raise KeyError")
    head += [f" c_{each} = c[{each!r}] if {each!r} in c else missing({each!r})" for each in sorted(sheet.asked)]
    head += [" r = c['page']['root']"] if sheet.rooted else []
    source = "\n".join([*head, *sheet.lines, ' return "".join(w)'])
    made = compile(source, f"<{name}>", "exec")
    return Draft(made, sheet.constants, frozenset(sheet.fixed), frozenset(sheet.asked))


AGAIN = "same_again"  # `{% set same_again = ("witness",) %}`: macros that a page calls again with the very same objects
_HEAD = (nodes.Assign, nodes.AssignBlock, nodes.Import, nodes.Macro)


@lru_cache(maxsize=256)
def _parsed(environment: Environment, name: str) -> nodes.Template:
    """A template's tree; most are asked for by many others."""
    assert environment.loader is not None
    return environment.parse(environment.loader.get_source(environment, name)[0], name)


def _chain(environment: Environment, name: str) -> list[nodes.Template]:
    """The template and those it extends, the outermost last."""
    found = []
    while name:
        template = _parsed(environment, name)
        found.append(template)
        parents = list(template.find_all(nodes.Extends))
        name = ""
        if parents:
            if len(parents) > 1 or parents[0] not in template.body or not isinstance(parents[0].template, nodes.Const):
                raise Unsupported("extends")
            name = parents[0].template.value
    return found


def _body(sheet: Sheet, body: Iterable[nodes.Node], frame: Frame, blocks: Mapping[str, nodes.Block]) -> None:
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
        template = _chain(sheet.environment, node.template.value)
        if len(template) > 1:
            raise Unsupported("an included template that extends another")
        _scope(sheet, template[0].body, Frame(frame), {})
    elif isinstance(node, nodes.Import) and isinstance(node.template, nodes.Const) and node.with_context:
        _import(sheet, node, frame)
    elif isinstance(node, nodes.Macro):
        frame.names[node.name] = _macro_head(sheet, node)
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
    macro, arguments = call_of(sheet, node, frame)
    if isinstance(node, nodes.CondExpr) and node.expr2 is None:  # `", " if not loop.last`: mostly nothing at all
        sheet.line(f"if {code(sheet, node.test, frame)}:")
        sheet.depth += 1
        _output(sheet, node.expr1, frame)
        sheet.line("pass")
        sheet.depth -= 1
    elif macro is not None:
        sheet.line(f"{macro.code}({', '.join([sheet.sink, *arguments])})")
    elif isinstance(node, nodes.Concat):
        for part in node.nodes:  # escaping a joined text is joining escaped texts
            _output(sheet, part, frame)
    elif isinstance(node, nodes.Filter) and node.name == "safe" and node.node is not None:
        sheet.waiting.append(f"str({code(sheet, node.node, frame)})")
    else:
        sheet.waiting.append(f"(q(t) if (t := {code(sheet, node, frame)}).__class__ is str else e(t))")


def _if(sheet: Sheet, node: nodes.If, frame: Frame, blocks: Mapping[str, nodes.Block]) -> None:
    tests = [(node.test, node.body), *((each.test, each.body) for each in node.elif_)]
    depth = sheet.depth
    for place, (test, body) in enumerate(tests):
        asked = code(sheet, test, frame)
        if place:
            sheet.line("else:")
            sheet.depth += 1
        sheet.line(f"if {asked}:")
        _indented(sheet, body, frame, blocks)
    if node.else_:
        sheet.line("else:")
        _indented(sheet, node.else_, frame, blocks)
    sheet.depth = depth


def _indented(sheet: Sheet, body: Iterable[nodes.Node], frame: Frame, blocks: Mapping[str, nodes.Block]) -> None:
    sheet.depth += 1
    _body(sheet, body, frame, blocks)
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
    _scope(sheet, node.body, inner, blocks)
    sheet.depth -= 1
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
    _body(sheet, body, frame, blocks)
    sheet.line("pass")


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
    chain = _chain(sheet.environment, node.template.value)
    inner = Frame(frame)
    macros = [part for part in chain[0].body if isinstance(part, nodes.Macro)]
    if len(chain) > 1 or any(isinstance(part, nodes.Include) for part in chain[0].body):
        raise Unsupported("an import that is more than macros")
    for macro in macros:
        inner.names[macro.name] = _macro_head(sheet, macro)
    _body(sheet, [part for part in chain[0].body if isinstance(part, nodes.Assign | nodes.Import)], inner, {})
    for macro in macros:
        _macro(sheet, macro, inner)
    frame.names[node.target] = Module({name: made for name, made in inner.names.items() if isinstance(made, Macro)})


def _macro_head(sheet: Sheet, node: nodes.Macro) -> Macro:
    if any(name.name in ("caller", "varargs", "kwargs") for name in node.find_all(nodes.Name)):
        raise Unsupported("a macro that takes anything")
    return Macro(sheet.name("m"), tuple(argument.name for argument in node.args))


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
    kept, sheet.sink = sheet.sink, "x"
    sheet.line(f"def {macro.code}({', '.join(['x', *parameters])}):")
    sheet.depth += 1
    _scope(sheet, node.body, inner, {})
    sheet.depth -= 1
    sheet.sink = kept
    if node.name in sheet.again:
        sheet.line(f"{macro.code} = once({macro.code})")
