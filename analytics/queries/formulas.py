"""Formulas of indicators read over the measures there are, and over other indicators."""

from collections.abc import Iterable, Mapping
from typing import Any

from analytics.errors import FormulaInvalid
from analytics.models import Indicator
from analytics.queries.measures import MEASURES
from analytics.rules.formulas import Formula, FormulaError, formula


def read_formula(text: str, *, code: str = "", others: Mapping[str, str] | None = None) -> Formula:
    """The formula of the indicator `code` over known measures of one table; FormulaInvalid says what is wrong.

    It may name other indicators, whose formulas then stand in its place; `others` are their texts, by code.
    """
    known = formula_texts() if others is None else others
    try:
        read = formula(text, MEASURES, known, code)
    except FormulaError as error:
        raise FormulaInvalid(formula=text, problem=str(error)) from error
    if len({MEASURES[name].table for name in read.measures}) > 1:
        raise FormulaInvalid(formula=text, problem="案件与部门承办的数不能混用 / events and stints cannot be mixed")
    return read


def formula_texts() -> dict[str, str]:
    return dict(Indicator.objects.values_list("code", "formula"))


def readable(chosen: Iterable[Indicator]) -> dict[str, Formula]:
    """By code; one that cannot be read any more, because what it names has gone, is left out and spoils no other."""
    texts, found = formula_texts(), {}
    for row in chosen:
        try:
            found[row.code] = read_formula(row.formula, code=row.code, others=texts)
        except FormulaInvalid:
            continue
    return found


def indicator_shape(row: Indicator, read: Formula | None = None) -> dict[str, Any]:
    """An indicator with the names of its measures, as the API shows it."""
    names = (read or read_formula(row.formula, code=row.code)).measures
    return {
        "code": row.code,
        "name": row.name,
        "name_en": row.name_en,
        "formula": row.formula,
        "unit": row.unit,
        "higher_is_better": row.higher_is_better,
        "explanation": row.explanation,
        "measures": [measure_shape(name) for name in names],
    }


def measure_shape(name: str) -> dict[str, Any]:
    measure = MEASURES[name]
    return {"name": name, "zh": measure.zh, "en": measure.en, "of": measure.table.__name__}
