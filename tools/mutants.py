"""Small changes to a module's source, each of which some test ought to notice.

The sentences that people read are no part of it: a page of them is reviewed by people.
"""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs

from sciatica_pt.model import vocabulary

__all__ = ["Mutant", "mutants_of"]

_WORD = re.compile(r"[a-z][a-z_-]*")
_OPPOSITE: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Add,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_CALLS = {"any": "all", "all": "any", "min": "max", "max": "min", "sorted": "list"}
_Node = ast.expr | ast.stmt
_Path = tuple[tuple[str, int | None], ...]
_Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


@attrs.frozen
class Mutant:
    """One change of one file.

    Attributes:
        file: the file.
        line: the line of the change.
        scope: the function or class it is in, or `<module>`.
        change: the old and the new text.
        at_import: whether it takes effect only when the module is imported.
    """

    file: Path
    line: int
    scope: str
    change: str
    at_import: bool
    _path: _Path = attrs.field(alias="path", repr=False, eq=False)
    _new: ast.AST = attrs.field(alias="new", repr=False, eq=False)

    @property
    def key(self) -> str:
        """The place and the change, without a line number, so that it stays the same."""
        return f"{self.file.name} {self.scope}: {self.change}"

    @property
    def tree(self) -> ast.Module:
        """The module's tree with the change."""
        tree = ast.parse(self.file.read_text("utf-8"))
        _put(tree, self._path, self._new)
        return tree


def mutants_of(file: Path) -> Iterator[Mutant]:
    """Yield every change of a file, in the order of its lines."""
    tree = ast.parse(file.read_text("utf-8"))
    for scope, at_import, place, node in _places(tree):
        for new in _changes(node):
            yield Mutant(
                file=file,
                line=node.lineno,
                scope=scope,
                change=_change(node, new),
                at_import=at_import,
                path=place,
                new=_at(new, node),
            )


def _at(new: _Node, node: _Node) -> _Node:
    """Return a node with places for whatever in it has none."""
    for part in ast.walk(new):
        if isinstance(part, (ast.expr, ast.stmt)) and not hasattr(part, "lineno"):
            ast.copy_location(part, node)
    return new


def _change(node: _Node, new: _Node) -> str:
    if isinstance(node, ast.Call) and isinstance(new, ast.Call):
        kept = {keyword.arg for keyword in new.keywords}
        lost = [keyword.arg for keyword in node.keywords if keyword.arg not in kept]
        if lost:
            return f"{_short(node.func)}(...) without {lost[0]}"
    return f"{_short(node)} -> {_short(new)}"


def _short(node: ast.AST) -> str:
    return re.sub(r"\s+", " ", ast.unparse(node))[:70].replace("|", "/")


def _places(tree: ast.Module) -> Iterator[tuple[str, bool, _Path, _Node]]:
    """Yield each node that may change, with its scope and the way to it."""

    def walk(
        node: ast.AST, scope: str, inside: bool, path: _Path
    ) -> Iterator[tuple[str, bool, _Path, _Node]]:
        for field, value in ast.iter_fields(node):
            if field in ("annotation", "returns", "decorator_list", "type_comment", "ctx", "names"):
                continue
            entries = enumerate(value) if isinstance(value, list) else ((None, value),)
            for index, child in entries:
                if not isinstance(child, ast.AST) or _is_docstring(child):
                    continue
                if _is_cast(node) and field == "args" and index == 0:
                    continue
                if isinstance(child, ast.keyword) and child.arg == "strict":
                    continue
                here = (*path, (field, index))
                function = isinstance(child, (ast.FunctionDef, ast.Lambda))
                within = inside or (
                    isinstance(node, (ast.FunctionDef, ast.Lambda)) and field == "body"
                )
                name = (
                    getattr(child, "name", None)
                    if function or isinstance(child, ast.ClassDef)
                    else None
                )
                where = scope if name is None else f"{scope}.{name}".removeprefix("<module>.")
                if isinstance(child, (ast.expr, ast.stmt)):
                    yield where, not within, here, child
                if isinstance(child, ast.JoinedStr):
                    continue
                yield from walk(child, where, within, here)

    return walk(tree, "<module>", False, ())


def _is_docstring(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    ) or (isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__")


def _is_cast(node: ast.AST) -> bool:
    """Return whether a node only tells a type checker something."""
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "cast"


def _put(tree: ast.AST, path: _Path, new: ast.AST) -> None:
    node = tree
    for place, (field, index) in enumerate(path):
        value = getattr(node, field)
        if place < len(path) - 1:
            node = value if index is None else value[index]
        elif index is None:
            setattr(node, field, new)
        else:
            value[index] = new


def _changes(node: _Node) -> Iterator[_Node]:
    """Yield what may stand in a node's place."""
    if isinstance(node, ast.stmt):
        yield from _statements(node)
        return
    change = _EXPRESSIONS.get(type(node))
    if change is not None:
        yield from change(node)


def _comparisons(node: ast.Compare) -> Iterator[ast.expr]:
    for place, op in enumerate(node.ops):
        for other in _OPPOSITE[type(op)]:
            yield _with(node, ops=[*node.ops[:place], other(), *node.ops[place + 1 :]])


def _unions(node: ast.BoolOp) -> Iterator[ast.expr]:
    yield _with(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())


def _negations(node: ast.UnaryOp) -> Iterator[ast.expr]:
    if isinstance(node.op, ast.Not):
        yield node.operand


def _sums(node: ast.BinOp) -> Iterator[ast.expr]:
    if type(node.op) in _ARITHMETIC:
        yield _with(node, op=_ARITHMETIC[type(node.op)]())


def _choices(node: ast.IfExp) -> Iterator[ast.expr]:
    yield _with(node, test=_negated(node.test))


def _conditions(node: _Comprehension) -> Iterator[ast.expr]:
    for place, part in enumerate(node.generators):
        if part.ifs:
            bare = _with(part, ifs=[])
            yield _with(
                node, generators=[*node.generators[:place], bare, *node.generators[place + 1 :]]
            )


def _with(node: ast.AST, **changes: object) -> ast.expr:
    new = copy.deepcopy(node)
    for name, value in changes.items():
        setattr(new, name, value)
    return new  # type: ignore[return-value]


def _negated(test: ast.expr) -> ast.expr:
    return ast.UnaryOp(op=ast.Not(), operand=copy.deepcopy(test))


def _constants(node: ast.Constant) -> Iterator[ast.expr]:
    value = node.value
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int):
        yield ast.Constant(value + 1)
    elif isinstance(value, str) and _WORD.fullmatch(value):
        yield ast.Constant(f"{value}-x")


def _members(node: ast.Attribute) -> Iterator[ast.expr]:
    if not isinstance(node.value, ast.Name):
        return
    known = getattr(vocabulary, node.value.id, None)
    members = list(getattr(known, "__members__", ()))
    if node.attr in members:
        other = members[(members.index(node.attr) + 1) % len(members)]
        yield _with(node, attr=other)


def _calls(node: ast.Call) -> Iterator[ast.expr]:
    if isinstance(node.func, ast.Name) and node.func.id in _CALLS:
        other = _CALLS[node.func.id]
        if not (other == "list" and node.keywords):
            yield _with(node, func=ast.Name(id=other, ctx=ast.Load()))
    if isinstance(node.func, ast.Attribute) and ast.unparse(node.func) == "attrs.field":
        return
    for place, keyword in enumerate(node.keywords):
        # Two of the same length are zipped strictly only to show a slip made elsewhere.
        if keyword.arg not in (None, "strict"):
            yield _with(node, keywords=[*node.keywords[:place], *node.keywords[place + 1 :]])


def _statements(node: ast.stmt) -> Iterator[ast.stmt]:
    match node:
        case ast.If() | ast.While():
            if not isinstance(node.test, (ast.Compare, ast.BoolOp, ast.UnaryOp, ast.Constant)):
                yield _with(node, test=_negated(node.test))  # type: ignore[misc]
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            yield ast.Return(value=ast.Constant(None))
        case ast.Expr(value=ast.Yield() | ast.YieldFrom()):
            # The function must stay a generator.
            empty = ast.YieldFrom(value=ast.Tuple(elts=[], ctx=ast.Load()))
            yield ast.Expr(value=empty)
        case ast.Expr(value=ast.Constant()):
            return
        case ast.Expr() | ast.AugAssign():
            yield ast.Pass()
        case ast.Continue():
            yield ast.Break()
        case ast.Break():
            yield ast.Continue()
        case _:
            return


_EXPRESSIONS: dict[type, Callable[[Any], Iterator[ast.expr]]] = {
    ast.Compare: _comparisons,
    ast.BoolOp: _unions,
    ast.UnaryOp: _negations,
    ast.BinOp: _sums,
    ast.IfExp: _choices,
    ast.Constant: _constants,
    ast.Attribute: _members,
    ast.Call: _calls,
    ast.ListComp: _conditions,
    ast.SetComp: _conditions,
    ast.DictComp: _conditions,
    ast.GeneratorExp: _conditions,
}
