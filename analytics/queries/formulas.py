"""Formulas of indicators read over the measures there are."""

from typing import Any

from analytics.errors import FormulaInvalid
from analytics.models import Indicator
from analytics.queries.measures import MEASURES
from analytics.rules.formulas import Formula, FormulaError, formula


def read_formula(text: str) -> Formula:
    """The formula over known measures of one table; FormulaInvalid says what is wrong."""
    try:
        read = formula(text, MEASURES)
    except FormulaError as error:
        raise FormulaInvalid(formula=text, problem=str(error)) from error
    if len({MEASURES[name].table for name in read.measures}) > 1:
        raise FormulaInvalid(formula=text, problem="案件与部门承办的数不能混用 / events and stints cannot be mixed")
    return read


def indicator_shape(row: Indicator) -> dict[str, Any]:
    """An indicator with the names of its measures, as the API shows it."""
    names = read_formula(row.formula).measures
    return {
        "code": row.code,
        "name": row.name,
        "name_en": row.name_en,
        "formula": row.formula,
        "unit": row.unit,
        "higher_is_better": row.higher_is_better,
        "explanation": row.explanation,
        "measures": [{"name": name, "zh": MEASURES[name].zh, "en": MEASURES[name].en} for name in names],
    }
