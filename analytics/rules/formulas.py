"""Formulas of indicators: arithmetic over named measures, read and never executed as code. Pure."""

import ast
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from operator import add, mul, sub

LONGEST = 300


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


def formula(text: str, known: Collection[str]) -> Formula:
    """Read a formula of + − × ÷, brackets, numbers and the `known` measures; FormulaError says what is wrong."""
    if len(text) > LONGEST:
        raise FormulaError(f"longer than {LONGEST} characters")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise FormulaError(f"not a formula: {error}") from error
    names: list[str] = []
    _check(tree, known, names)
    if not names:
        raise FormulaError("names no measure")
    return Formula(text.strip(), tuple(dict.fromkeys(names)), tree)


def _check(node: ast.expr, known: Collection[str], names: list[str]) -> None:
    match node:
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() | ast.Mult() | ast.Div(), right=right):
            _check(left, known, names)
            _check(right, known, names)
        case ast.Constant(value=int() | float()) if not isinstance(node.value, bool):
            return
        case ast.Name(id=name) if name in known:
            names.append(name)
        case ast.Name(id=name):
            raise FormulaError(f"there is no measure {name!r}")
        case _:
            raise FormulaError(f"only + - * / and brackets, at character {node.col_offset + 1}")


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
