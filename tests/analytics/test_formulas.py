from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.rules.formulas import FormulaError, formula

KNOWN = ("a", "b", "c")


@pytest.mark.parametrize(
    ("text", "value"),
    [("a / (b - c)", 2.5), ("1 - a / b", -0.25), ("a / (c - c)", None), ("a + b * 2", 13.0), (" a ", 5.0)],
)
def test_a_formula_is_computed_over_its_measures(text: str, value: float | None) -> None:
    assert formula(text, KNOWN).value({"a": 5, "b": 4, "c": 2}) == value


@pytest.mark.parametrize(
    "text", ["", "a +", "a.b", "a()", "a if b else c", "'a'", "a ** b", "True", "d", "3", "a" * 400]
)
def test_what_is_no_formula_is_refused(text: str) -> None:
    with pytest.raises(FormulaError):
        formula(text, KNOWN)


@given(st.text(max_size=40))
def test_any_text_is_a_formula_or_refused(text: str) -> None:
    with suppress(FormulaError):
        assert set(formula(text, KNOWN).measures) <= set(KNOWN)


def test_formulas_that_name_each_other_without_end_are_refused() -> None:
    others = {f"f{n}": " + ".join([f"f{n + 1}"] * 40) for n in range(6)} | {"f6": "a"}
    with pytest.raises(FormulaError, match="more than"):
        formula("f0", KNOWN, others)


def test_a_formula_in_anothers_place_keeps_its_brackets() -> None:
    assert formula("a * other", KNOWN, {"other": "b + c"}).value({"a": 2, "b": 3, "c": 4}) == 14
