"""Rules that decide where an event goes: what they may say, how they are heard, what keeps them harmless."""

from datetime import UTC, datetime
from typing import Any

import pytest

from events.queries.routing_faults import fault_in_words
from events.rules.expressions import NotAnExpression, compile_expression, require_quick
from events.rules.routing import Decision, Facts, Ground, Row, Rule, Unit, decide, rows_by_place

CHENGGUAN = Unit(1, "chengguan", "城管局", "department", "c", "district")
GONGAN = Unit(2, "gongan", "公安分局", "department", "c", "district")
ZHIFA_1 = Unit(3, "zhifa-001", "一街执法队", "office", "c.001", "street")
ZHIFA_2 = Unit(4, "zhifa-002", "二街执法队", "office", "c.002", "street")
CENTRE = Unit(5, "centre", "区指挥中心", "centre", "c", "district")
STREET_CENTRE = Unit(6, "centre-002", "二街分中心", "centre", "c.002", "street")
UNITS = {unit.code: unit for unit in (CHENGGUAN, GONGAN, ZHIFA_1, ZHIFA_2, CENTRE, STREET_CENTRE)}
MONDAY_MORNING = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)
SUNDAY_NIGHT = datetime(2026, 11, 15, 15, 0, tzinfo=UTC)
MANY = "[" + ",".join(["1"] * 60) + "]"


def rule(expression: str, number: int = 1, **outcome: Any) -> Rule:
    return Rule(number, f"规则{number}", 1, compile_expression(expression), **outcome)


def facts(**changed: Any) -> Facts:
    values: dict[str, Any] = {
        "type_code": "street_vending",
        "category": "event",
        "main_class": "街面秩序",
        "default_unit_code": "chengguan",
        "level": 4,
        "area_path": "c.002.001.g001",
        "area_label": "二街 一社区 1号网格",
        "at": MONDAY_MORNING,
        "source": "hotline_12345",
        "text": "夜市油烟扰民",
        "has_citizen": True,
    } | changed
    return Facts(**values)


def decided(*rules: Rule, rows: tuple[Row, ...] = (), **changed: Any) -> Decision:
    return decide(Ground(rules, rows_by_place(rows), UNITS), facts(**changed))


def fault(source: str) -> tuple[str, int, int]:
    with pytest.raises(NotAnExpression) as refused:
        require_quick(compile_expression(source))
    found = refused.value.fault
    return found.code, found.line, found.column


@pytest.mark.parametrize(
    "expression",
    [
        "type_code == 'street_vending' && level <= 4",
        "category == 'event' && main_class in ['街面秩序', '市容环境']",
        "'c.002' in areas && !('c.00' in areas) && area.startsWith('c.002.001')",
        "area_label.contains('二街')",
        "hour == 10 && weekday == 1 && working_time",
        "source == 'hotline_12345' && has_citizen",
        "text.contains('油烟') && text.matches('夜市|烧烤')",
        "areas.exists(a, a.endsWith('g001'))",
    ],
)
def test_a_rule_may_ask_every_fact_of_the_report(expression: str) -> None:
    assert decided(rule(expression, lead="gongan")).lead == GONGAN


def test_nights_and_weekends_are_not_working_time() -> None:
    night = rule("!working_time && weekday == 7 && hour == 23", lead="gongan")
    assert decided(night, at=SUNDAY_NIGHT).lead == GONGAN
    assert decided(night).lead == CHENGGUAN


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("  ", ("empty", 0, 0)),
        ("true" + " " * 1000, ("too_long", 0, 0)),
        ("level = 1", ("syntax", 1, 7)),
        ("level == 1 &&\n(hour > 2", ("syntax", 2, 10)),
        ("levle == 1", ("unknown_name", 1, 1)),
        ("level == '1'", ("wrong_type", 1, 7)),
        ("text.reverse() == 'a'", ("unknown_name", 1, 13)),
        ("level", ("not_yes_or_no", 1, 1)),
        ("(" * 400 + "true" + ")" * 400, ("too_deep", 0, 0)),
        ("text.matches('(a+')", ("fails", 0, 0)),
        ("areas[9] == 'c'", ("fails", 0, 0)),
        (f"{MANY}.all(a, {MANY}.all(b, {MANY}.all(c, a == b)))", ("fails", 0, 0)),
        ("text.matches('.{500}.{500}')", ("too_slow", 0, 0)),
    ],
)
def test_a_condition_that_is_none_is_refused_with_its_place(source: str, expected: tuple[str, int, int]) -> None:
    assert fault(source)[0] == expected[0]
    assert fault(source)[1] == expected[1]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (f"{MANY}.all(a, {MANY}.all(b, {MANY}.all(c, a == b)))", "循环超过 10,000 步"),
        ("level / (hour - hour) == 1", "除以零"),
        ("text.matches('(a+')", "匹配式书写有误"),
    ],
)
def test_what_breaks_off_a_trial_is_told_in_the_readers_words(source: str, words: str) -> None:
    with pytest.raises(NotAnExpression) as refused:
        require_quick(compile_expression(source))
    assert words in fault_in_words(refused.value.fault)["fault_zh"]


def test_the_first_rule_with_a_word_on_a_question_answers_it() -> None:
    decision = decided(
        rule("true", 1, owner_level="street"),
        rule("true", 2, lead="gongan", note="公安先行"),
        rule("true", 3, lead="chengguan", owner_level="district", level=2, co_units=("chengguan", "gongan")),
    )
    assert (decision.owner, decision.owner_by.id) == (STREET_CENTRE, 1)
    assert (decision.lead, decision.lead_by.id) == (GONGAN, 2)
    assert (decision.level, decision.level_by.id) == (2, 3)
    assert decision.co_units == (CHENGGUAN,)
    assert decision.notes == ("公安先行",)


def test_an_office_is_found_by_the_place() -> None:
    by_office = rule("true", office="zhifa")
    assert decided(by_office).lead == ZHIFA_2
    assert decided(by_office, area_path="c.001.009").lead == ZHIFA_1


def test_an_office_that_no_area_has_leaves_the_question_to_the_next() -> None:
    decision = decided(rule("true", office="lvhua"))
    assert decision.lead == CHENGGUAN
    assert decision.skipped[0].problem == "no such unit: lvhua"


def test_a_rule_that_breaks_off_is_passed_over_and_named() -> None:
    broken = Rule(7, "坏规则", 1, compile_expression("areas[8] == 'c'"), lead="gongan")
    decision = decided(broken, rule("true", 2, lead="gongan"))
    assert decision.lead_by.id == 2
    assert (decision.skipped[0].rule_id, decision.skipped[0].name) == (7, "坏规则")


def test_the_matrix_answers_where_no_rule_does_and_the_most_specific_row_wins() -> None:
    wide = Row(1, "", "街面秩序", "c", GONGAN)
    street = Row(2, "", "街面秩序", "c.002", ZHIFA_2)
    kind = Row(3, "street_vending", "", "c", CHENGGUAN, 11, "王芳")
    other = Row(4, "street_vending", "", "c.001", ZHIFA_1)
    assert decided(rows=(wide,)).lead == GONGAN
    assert decided(rows=(wide, street)).lead == ZHIFA_2
    by_kind = decided(rows=(wide, street, kind, other))
    assert (by_kind.lead, by_kind.responder_id, by_kind.person) == (CHENGGUAN, 11, "王芳")
    assert decided(rule("true", lead="gongan"), rows=(wide, kind)).lead == GONGAN


def test_the_types_usual_department_is_the_last_to_be_asked() -> None:
    assert decided().lead_by.by == "type"
    nobody = decided(default_unit_code="closed")
    assert (nobody.lead, nobody.lead_by.by) == (None, "nobody")


def test_only_the_rule_that_names_the_lead_makes_the_dispatch_automatic() -> None:
    helper = rule("true", 1, owner_level="street", automatic=False)
    assert decided(helper, rule("true", 2, lead="gongan", automatic=True)).automatic
    assert not decided(rule("true", 1, lead="gongan"), rule("true", 2, lead="gongan", automatic=True)).automatic
