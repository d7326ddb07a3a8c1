"""Formulas of indicators: arithmetic over measures and other formulas, read and never executed as code. Pure."""

import ast
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from operator import add, mul, sub

LONGEST = 300
MOST_NAMES = 100


class FormulaError(ValueError):
    """The formula cannot be read; the message says where and why."""


@dataclass(frozen=True)
class Formula:
    """`measures` are the names it asks for, in the order they stand."""

    text: str
    measures: tuple[str, ...]
    tree: ast.expr

    def value(self, measured: Mapping[str, float]) -> float | None:
        """None where it divides by nothing: no data, which is not the same as zero."""
        return _value(self.tree, measured)


_OPERATIONS: dict[type[ast.operator], Callable[[float, float], float]] = {ast.Add: add, ast.Sub: sub, ast.Mult: mul}


def formula(text: str, known: Collection[str], others: Mapping[str, str] | None = None, code: str = "") -> Formula:
    """Read a formula of + − × ÷, brackets, numbers and the `known` measures; FormulaError says what is wrong.

    A name of `others` stands for that formula; `code` is what this one is called, so that none leads back to itself.
    """
    read = _Reader(known, others or {}).read(text, (code,) if code else ())
    names = [node.id for node in ast.walk(read) if isinstance(node, ast.Name)]
    if not names:
        raise FormulaError("names no measure")
    return Formula(text.strip(), tuple(dict.fromkeys(names)), read)


class _Reader:
    """Puts the formulas that a formula names in their places, and counts: a few short ones could name each other into
    something without end.
    """

    def __init__(self, known: Collection[str], others: Mapping[str, str]) -> None:
        self._known, self._others, self._names = known, others, 0

    def read(self, text: str, way: tuple[str, ...]) -> ast.expr:
        """`way` are the formulas this one stands inside of."""
        if len(text) > LONGEST:
            raise FormulaError(f"longer than {LONGEST} characters")
        try:
            tree = ast.parse(text.strip(), mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            raise FormulaError(f"not a formula: {error}") from error
        return self._resolved(tree, way)

    def _resolved(self, node: ast.expr, way: tuple[str, ...]) -> ast.expr:
        match node:
            case ast.BinOp(left=left, op=ast.Add() | ast.Sub() | ast.Mult() | ast.Div() as op, right=right):
                return ast.BinOp(self._resolved(left, way), op, self._resolved(right, way))
            case ast.Constant(value=int() | float()) if not isinstance(node.value, bool):
                return node
            case ast.Name(id=name):
                return self._named(node, name, way)
            case _:
                raise FormulaError(f"only + - * / and brackets, at character {node.col_offset + 1}")

    def _named(self, node: ast.Name, name: str, way: tuple[str, ...]) -> ast.expr:
        self._names += 1
        if self._names > MOST_NAMES:
            raise FormulaError(f"names more than {MOST_NAMES} measures, counted through the formulas it names")
        if name in self._known:
            return node
        if name in way:
            raise FormulaError(f"leads back to itself: {' → '.join((*way, name))}")
        if name in self._others:
            return self.read(self._others[name], (*way, name))
        raise FormulaError(f"there is no measure {name!r}")


def _value(node: ast.expr, measured: Mapping[str, float]) -> float | None:
    match node:
        case ast.Name(id=name):
            return float(measured[name])
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.BinOp(left=left, op=operation, right=right):
            first, second = _value(left, measured), _value(right, measured)
            if first is None or second is None:
                return None
            if isinstance(operation, ast.Div):
                return first / second if second else None
            return _OPERATIONS[type(operation)](first, second)
    raise FormulaError(f"unexpected {type(node).__name__}")
