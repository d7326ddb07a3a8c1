"""Limits of the lifecycle are data: set on a page, within bounds, by one administrator after the other."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from accounts.roles import Role
from core.history.record import of_subject
from core.models import Deadline
from events.actions import escalation_steps
from events.actions.limits import set_limit
from events.models import ClockLimit, EscalationPlan, EscalationStep, SimilarityLimit
from events.moves import Clock
from events.queries import similar
from events.queries.catalogue import forget, limit_of, number_of
from events.queries.escalation import forget_steps, steps_of, way_of
from events.queries.limits import LIMIT_KIND, amount_in_words
from events.queries.similar import similarity_of
from events.rules.escalation import Step, Way, default_ways, faults_of_ways, in_order
from events.rules.limits import RULES, NumberRule, TimeRule, faults_of
from tests.events.stage import Stage, browser
from tests.factories import person_with
from tests.grids.town import DISTRICT

LIMITS = "/api/v1/limits"


class Sent(list[tuple[str, Any]]):
    """Takes the place of the broker."""

    def send_task(self, name: str, *, args: Any, **_: Any) -> None:
        self.append((name, args))


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Sent:
    broker = Sent()
    monkeypatch.setattr(escalation_steps, "current_app", broker)
    return broker


@pytest.fixture
def admin(stage: Stage) -> Iterator[User]:
    yield person_with(Role.SYSTEM_ADMIN, area=stage.town.areas[DISTRICT])
    forget()
    forget_steps()
    similar.forget()


def put(user: User, kind: str, amount: Any, *, measure: str = "urgent_hours", version: int = 0) -> Any:
    body = {"version": version, "measure": measure, "amount": amount}
    return browser(user).put(f"{LIMITS}/clocks/{kind}", body, format="json")


def put_steps(user: User, steps: list[dict[str, Any]], *, version: int = 0, **fields: Any) -> Any:
    body = {"subject_kind": "event", "clock": "handling", "version": version, "steps": steps} | fields
    return browser(user).put(f"{LIMITS}/escalation", body, format="json")


def item(answer: Any, kind: str) -> dict[str, Any]:
    return next(one for group in answer.json()["groups"] for one in group["items"] if one["kind"] == kind)


def fault(answer: Any) -> tuple[int, list[tuple[str, str]]]:
    return answer.status_code, [(one["field"], one["code"]) for one in answer.json().get("errors", [])]


# --- limits


def test_every_limit_of_the_lifecycle_is_told_with_its_bounds(admin: User) -> None:
    book = browser(admin).get(LIMITS)
    assert book.json()["may_edit"] is True
    assert {rule.kind for rule in RULES} == {one["kind"] for group in book.json()["groups"] for one in group["items"]}
    accept = item(book, "accept")
    assert (accept["amount"], accept["measure"], accept["version"], accept["is_usual"]) == (
        "0.25",
        "urgent_hours",
        0,
        True,
    )
    assert {"measure": "urgent_hours", "least": "0.016667", "most": "720"} in accept["measures"]


def test_a_limit_that_is_set_holds_for_clocks_that_start_afterwards(admin: User, stage: Stage) -> None:
    stage.event_in("reported")
    first = Deadline.objects.get(kind=Clock.ACCEPT)
    answer = put(admin, "accept", "0.5")
    assert answer.status_code == 200
    assert (item(answer, "accept")["version"], item(answer, "accept")["set_by"]) == (1, admin.name)
    first.refresh_from_db()
    assert first.limit_amount == Decimal("0.25")
    stage.event_in("reported")
    assert Deadline.objects.filter(kind=Clock.ACCEPT).order_by("-pk")[0].limit_amount == Decimal("0.5")


def test_history_says_who_set_a_limit_from_what_to_what(admin: User) -> None:
    put(admin, "accept", "0.5")
    put(admin, "accept", "1", version=1)
    row = ClockLimit.objects.get(kind="accept")
    first, second = of_subject(LIMIT_KIND, row.pk)
    assert (first.facts["before"], second.facts["before"]["amount"]) == (None, "0.500000")
    assert (second.actor_id, second.role) == (admin.pk, "system_admin")
    told = browser(admin).get(f"{LIMITS}/history").json()["items"][0]
    assert (told["by"], told["what"], told["name"], told["before"], told["after"]) == (
        admin.name,
        "clock_limit",
        "受理",
        "30 分钟",
        "1 小时",
    )


def test_the_second_of_two_administrators_is_told(admin: User) -> None:
    assert put(admin, "accept", "0.5").status_code == 200
    late = put(admin, "accept", "0.75")
    assert (late.status_code, late.json()["code"], late.json()["current_version"]) == (409, "stale_version", 1)
    assert limit_of("accept").seconds == 1800


@pytest.mark.parametrize(
    ("kind", "amount", "measure", "faults"),
    [
        ("accept", "0", "urgent_hours", [("amount", "not_positive")]),
        ("accept", "-1", "urgent_hours", [("amount", "not_positive")]),
        ("accept", "0.001", "urgent_hours", [("amount", "too_short")]),
        ("accept", "721", "urgent_hours", [("amount", "too_long")]),
        ("accept", "soon", "urgent_hours", [("amount", "invalid")]),
        ("accept", "", "urgent_hours", [("amount", "invalid")]),
        ("accept", "5", "percent", [("measure", "measure")]),
        ("accept", "5", "weeks", [("measure", "invalid_choice")]),
        ("rating", "5", "working_days", [("measure", "measure")]),
        ("suspension", "366", "calendar_days", [("amount", "too_long")]),
        ("most_extensions", "0", "times", [("amount", "out_of_range")]),
        ("most_extensions", "11", "times", [("amount", "out_of_range")]),
        ("most_extensions", "1.5", "times", [("amount", "not_whole")]),
        ("most_co_legs", "51", "units", [("amount", "out_of_range")]),
        ("self_handling_audit", "101", "percent", [("amount", "out_of_range")]),
    ],
)
def test_what_cannot_be_a_limit_is_refused_at_its_field(
    admin: User, kind: str, amount: str, measure: str, faults: list[tuple[str, str]]
) -> None:
    assert fault(put(admin, kind, amount, measure=measure)) == (422, faults)
    assert not ClockLimit.objects.exists()


def test_a_refusal_says_why_in_the_readers_language(admin: User) -> None:
    body = {"version": 0, "measure": "urgent_hours", "amount": "0"}
    answer = browser(admin).put(f"{LIMITS}/clocks/accept", body, format="json", HTTP_ACCEPT_LANGUAGE="en")
    assert answer.json()["errors"][0]["message"] == "A limit is longer than nothing."


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-10_000, max_value=100_000))
def test_whatever_is_let_through_is_a_limit_within_its_bounds(amount: Decimal) -> None:
    for rule in RULES:
        measures = [one.value for one in rule.measures] if isinstance(rule, TimeRule) else [rule.unit.value]
        for measure in measures:
            let_through = not faults_of(rule, measure, amount)
            low, high = _range(rule, measure)
            assert let_through == (low <= amount <= high and _is_whole_where_asked(rule, amount))


def _range(rule: TimeRule | NumberRule, measure: str) -> tuple[Decimal, Decimal]:
    if isinstance(rule, NumberRule):
        return Decimal(rule.least), Decimal(rule.most)
    return rule.bounds(next(one for one in rule.measures if one.value == measure))


def _is_whole_where_asked(rule: TimeRule | NumberRule, amount: Decimal) -> bool:
    return isinstance(rule, TimeRule) or amount == amount.to_integral_value()


def test_no_usual_limit_is_refused_by_its_own_rule() -> None:
    for rule in RULES:
        measure, amount = (
            (rule.usual.type.value, rule.usual.amount)
            if isinstance(rule, TimeRule)
            else (rule.unit.value, Decimal(rule.usual))
        )
        assert faults_of(rule, measure, amount) == []


def test_a_number_is_asked_from_memory(admin: User, django_assert_num_queries: Any) -> None:
    put(admin, "most_extensions", "3", measure="times")
    assert number_of("most_extensions") == 3
    with django_assert_num_queries(0):
        assert (number_of("most_extensions"), number_of("most_co_legs")) == (3, 10)


def test_a_kind_nobody_knows_is_not_found(admin: User) -> None:
    assert put(admin, "lunch", "1").status_code == 404


def test_who_is_no_administrator_sets_nothing(admin: User, stage: Stage) -> None:
    assert put(stage.chief, "accept", "1").status_code == 403
    assert put_steps(stage.chief, []).status_code == 403
    assert browser(stage.chief).get(LIMITS).json()["may_edit"] is False
    assert browser(stage.desk).get(LIMITS).status_code == 403
    assert browser(stage.desk).get(f"{LIMITS}/history").status_code == 403
    assert browser(None).get(LIMITS).status_code in (401, 403)


def test_the_book_takes_a_fixed_number_of_statements(admin: User, django_assert_max_num_queries: Any) -> None:
    for kind in ("accept", "verify", "close"):
        set_limit(kind=kind, actor=admin.as_actor(), version=0, measure="urgent_hours", amount=Decimal(2))
    client = browser(admin)
    client.get(LIMITS)
    with django_assert_max_num_queries(8):
        client.get(LIMITS)
    with django_assert_max_num_queries(6):
        client.get(f"{LIMITS}/history")


@pytest.mark.parametrize(
    ("measure", "amount", "zh", "en"),
    [
        ("urgent_hours", "0.083333", "5 分钟", "5 min"),
        ("urgent_hours", "1.5", "1.5 小时", "1.5 h"),
        ("working_days", "3", "3 工作日", "3 working d"),
        ("times", "2", "2 次", "2 ×"),
    ],
)
def test_an_amount_is_said_as_people_say_it(measure: str, amount: str, zh: str, en: str) -> None:
    assert amount_in_words(measure, Decimal(amount), english=False) == zh
    assert amount_in_words(measure, Decimal(amount), english=True) == en


# --- similar events


def put_similar(user: User, metres: int, hours: int, *, version: int = 0, type_code: str = "") -> Any:
    body = {"type_code": type_code, "metres": metres, "hours": hours, "version": version}
    return browser(user).put(f"{LIMITS}/similarity", body, format="json")


def test_what_counts_as_similar_is_set_for_all_types_and_for_one(admin: User, stage: Stage) -> None:
    assert browser(admin).get(LIMITS).json()["similarity"][0] | {"set_at": None} == {
        "type_code": "",
        "type_name": "",
        "metres": 50,
        "hours": 24,
        "version": 0,
        "set_at": None,
        "set_by": "",
    }
    put_similar(admin, 80, 12)
    answer = put_similar(admin, 20, 6, type_code=stage.kind.code)
    assert [(one["type_code"], one["metres"]) for one in answer.json()["similarity"]] == [
        ("", 80),
        (stage.kind.code, 20),
    ]
    assert similarity_of(stage.kind.code) == (20, timedelta(hours=6))
    assert similarity_of("something_else") == (80, timedelta(hours=12))


def test_a_type_goes_back_to_the_bounds_of_all(admin: User, stage: Stage) -> None:
    put_similar(admin, 20, 6, type_code=stage.kind.code)
    drop = {"type_code": stage.kind.code, "version": 1}
    assert browser(admin).post(f"{LIMITS}/similarity/drop", drop | {"version": 9}, format="json").status_code == 409
    assert browser(admin).post(f"{LIMITS}/similarity/drop", drop, format="json").status_code == 200
    assert (similarity_of(stage.kind.code)[0], SimilarityLimit.objects.count()) == (50, 0)


@pytest.mark.parametrize(
    ("metres", "hours", "fields"),
    [(0, 24, ["metres"]), (2001, 0, ["metres", "hours"]), (-5, 9999, ["metres", "hours"])],
)
def test_bounds_that_mean_nothing_are_refused(admin: User, metres: int, hours: int, fields: list[str]) -> None:
    assert fault(put_similar(admin, metres, hours)) == (422, [(field, "out_of_range") for field in fields])


def test_bounds_for_a_type_that_is_none_are_refused(admin: User) -> None:
    assert put_similar(admin, 20, 6, type_code="no_such").json()["code"] == "unknown_event_type"


# --- steps of escalation


def step(percent: int, who: str = "handler", **fields: Any) -> dict[str, Any]:
    return {"percent": percent, "step": who, "urgent": True, "supervises": False} | fields


def test_steps_are_set_and_running_clocks_are_told(
    admin: User, sent: Sent, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer = put_steps(admin, [step(60), step(90, "chief", supervises=True)])
    plan = next(one for one in answer.json()["plans"] if (one["subject_kind"], one["clock"]) == ("event", "handling"))
    assert (plan["version"], plan["is_usual"], [one["percent"] for one in plan["steps"]]) == (1, False, [60, 90])
    assert sent == [("events.reschedule_clocks", ["event", "handling"])]
    assert steps_of("event", "handling") == ((60, Step.HANDLER), (90, Step.CHIEF))
    assert way_of("event", "handling", 95) == Way(90, Step.CHIEF, urgent=True, supervises=True)


def test_without_steps_the_usual_ones_hold_again(admin: User, sent: Sent) -> None:
    put_steps(admin, [step(60)])
    answer = put_steps(admin, [], version=1)
    assert (answer.status_code, EscalationStep.objects.count()) == (200, 0)
    assert [way.percent for way in default_ways("event", "handling")] == [80, 120, 200]
    assert steps_of("event", "handling") == ((80, Step.HANDLER), (120, Step.CHIEF), (200, Step.LEADER))


def test_the_second_administrator_of_the_steps_is_told(admin: User, sent: Sent) -> None:
    put_steps(admin, [step(60)])
    late = put_steps(admin, [step(70)])
    assert (late.status_code, late.json()["code"]) == (409, "stale_version")
    assert EscalationPlan.objects.get().version == 1


@pytest.mark.parametrize(
    ("steps", "faults"),
    [
        ([step(0)], [("steps.0.percent", "out_of_range")]),
        ([step(80), step(1001, "chief")], [("steps.1.percent", "out_of_range")]),
        ([step(80), step(80, "chief")], [("steps.1.percent", "double")]),
        ([step(80, "leader"), step(120, "chief")], [("steps", "order")]),
        ([step(80, "mayor")], [("steps.0.step", "invalid_choice")]),
        ([step(10 * count) for count in range(1, 9)], [("steps", "too_many")]),
    ],
)
def test_steps_that_mean_nothing_are_refused(
    admin: User, sent: Sent, steps: list[dict[str, Any]], faults: list[tuple[str, str]]
) -> None:
    assert fault(put_steps(admin, steps)) == (422, faults)
    assert not EscalationStep.objects.exists()


def test_a_clock_that_is_not_watched_has_no_steps(admin: User, sent: Sent) -> None:
    assert put_steps(admin, [step(80)], clock="rating").status_code == 404


def test_the_usual_steps_are_sound() -> None:
    for subject_kind, clock in (("event", "handling"), ("alert", "alert"), ("reminder", "reply")):
        assert faults_of_ways(default_ways(subject_kind, clock)) == []


def test_nobody_is_told_before_those_below() -> None:
    assert in_order([(80, Step.HANDLER), (120, Step.CHIEF), (200, Step.LEADER)])
    assert not in_order([(80, Step.LEADER), (120, Step.CHIEF)])


def test_a_suspension_may_be_allowed_twice(admin: User, stage: Stage) -> None:
    assert number_of("most_suspensions") == 1
    put(admin, "most_suspensions", "2", measure="times")
    assert number_of("most_suspensions") == 2
