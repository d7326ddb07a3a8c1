"""The assessment counts what history says: against a recomputation that goes through every row by hand."""

from collections import Counter
from collections.abc import Iterator
from copy import copy
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from psycopg2.extras import DateTimeTZRange
from rest_framework.test import APIClient

from accounts.models import User
from accounts.roles import Role
from analytics.actions.indicators import load_indicators
from analytics.actions.lives import derive_all, read_new_history
from analytics.models import EventLife, Indicator
from analytics.queries.asked import Asked, Period
from analytics.queries.behind import counted_rows, rows_behind
from analytics.queries.indicators import assessment, measured
from analytics.queries.measures import MEASURES
from core.actor import SYSTEM
from core.clock import as_of, local, now
from core.history.record import of_subject
from events.actions.perform import perform
from events.models import Event
from events.moves import Move
from events.queries.catalogue import forget
from grids.actions.drafts import open_draft
from grids.models import Area, AreaBoundary, AreaSuccession
from tests.analytics import by_hand
from tests.analytics.city_weeks import Weeks
from tests.events.stage import OTHER_STREET, Stage, browser, build_stage
from tests.factories import OrgUnitFactory, person_with
from tests.kept import around_tests

BEGINS = datetime(2026, 10, 12, 1, tzinfo=UTC)
WEEKS = 26
PERIOD = Period(date(2026, 10, 12), date(2026, 11, 8))
TWO_DAYS = Period(date(2026, 10, 14), date(2026, 10, 15))


@pytest.fixture(scope="module")
def played(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Stage, list[Event]]]:
    """A stage and its weeks, which take a while to play."""
    with around_tests(django_db_blocker):
        stage = build_stage()
        load_indicators()
        AreaBoundary.objects.update(validity=DateTimeTZRange(BEGINS - timedelta(days=1), None))
        events = Weeks(stage, BEGINS, seed=1).play(WEEKS)
        derive_all()
        yield stage, events


@pytest.fixture
def stage(played: tuple[Stage, list[Event]], db: None) -> Iterator[Stage]:
    yield copy(played[0])  # whoever takes a seat in one test has left it in the next
    forget()


@pytest.fixture
def assessor(stage: Stage) -> User:
    return stage.seat(Role.ASSESSOR, name="考核员")


@pytest.fixture
def weeks(played: tuple[Stage, list[Event]], stage: Stage) -> list[Event]:
    return played[1]


RUNS: dict[str, by_hand.Whose] = {
    "area": lambda run: run.event.street_id,
    "acceptor": lambda run: row.actor_id if (row := run.last("file", "reject")) else None,
    "checker": lambda run: row.actor_id if (row := run.last("check_pass", "check_fail")) else None,
    "collector": lambda run: run.rows[0].actor_id if run.number == 1 else None,
}
TURNS: dict[str, by_hand.Whose] = {
    "area": lambda turn: turn.event.street_id,
    "department": lambda turn: turn.rows[0].facts["unit"],
    "dispatcher": lambda turn: turn.rows[0].actor_id,
}
SUBJECTS = ["area", "department", "acceptor", "dispatcher", "checker", "collector"]


def counted(weeks: list[Event], subject: str, period: Period = PERIOD) -> dict[str, Counter[int | None]]:
    return by_hand.count(weeks, period.begins, period.ends, RUNS.get(subject), TURNS.get(subject))


def test_every_measure_of_everybody_is_what_history_says(weeks: list[Event], assessor: User) -> None:
    for subject, period in product(SUBJECTS, (PERIOD, TWO_DAYS)):
        hand = counted(weeks, subject, period)
        found = measured(Asked(subject, period), assessor.as_actor(), list(hand), period)
        keys = {key for tally in hand.values() for key in tally} | {None}
        for name, tally in hand.items():
            numbers = {key: found.get(key, {}).get(name, 0) for key in keys}
            assert numbers == {key: pytest.approx(tally[key], abs=0.06) for key in keys}, (subject, name)


def test_by_present_boundaries_a_closed_area_counts_for_the_one_that_took_its_ground(
    weeks: list[Event], stage: Stage, assessor: User
) -> None:
    then = measured(Asked("area", PERIOD), assessor.as_actor(), ["reported"], PERIOD)
    closed = next(key for key in then if key is not None)
    heir = Area.objects.exclude(pk=closed).filter(level="street").values_list("pk", flat=True)[0]
    Area.objects.filter(pk=closed).update(closed_at=now())
    draft = open_draft(root=stage.district, title="", actor=SYSTEM)
    AreaSuccession.objects.create(draft=draft, old_id=closed, new_id=heir, share=0.9, at=now())
    present = measured(Asked("area", PERIOD, boundaries="present"), assessor.as_actor(), ["reported"], PERIOD)
    assert closed not in present
    own = then.get(heir, {}).get("reported", 0)
    assert present[heir]["reported"] == own + then[closed]["reported"] > own
    assert present[None] == then[None]
    asked = Asked("area", PERIOD, boundaries="present")
    assert rows_behind(asked, assessor.as_actor(), "reported", heir).count() == present[heir]["reported"]
    assert measured(Asked("area", PERIOD), assessor.as_actor(), ["reported"], PERIOD) == then
    inside = Asked("area", PERIOD, area=Area.objects.get(pk=heir).path, boundaries="present")
    assert measured(inside, assessor.as_actor(), ["reported"], PERIOD)[None] == present[heir]


def test_no_measure_is_left_out(weeks: list[Event]) -> None:
    hand = counted(weeks, "area")
    assert set(hand) == set(MEASURES)
    silent = {name for name, tally in hand.items() if not tally[None]}
    standing = counted(weeks, "area", TWO_DAYS)["standing"][None]
    assert silent <= {"rated", "satisfied", "standing"} and standing > 0


def worked_out(formula: str, numbers: dict[str, float]) -> float | None:
    try:
        return round(float(eval(formula, {}, numbers)), 4)
    except ZeroDivisionError:
        return None


def test_every_indicator_of_everybody_is_its_formula_over_history(weeks: list[Event], assessor: User) -> None:
    for subject in SUBJECTS:
        hand = counted(weeks, subject)
        table = assessment(Asked(subject, PERIOD), assessor.as_actor())
        lines = [(row["key"], row["cells"]) for row in table["rows"]] + [(None, table["whole"])]
        for (key, cells), one in product(lines, table["indicators"]):
            value = worked_out(one["formula"], {name: float(tally[key]) for name, tally in hand.items()})
            hoped = None if value is None else pytest.approx(value, rel=0.001, abs=0.06)
            assert cells[one["code"]]["value"] == hoped, (subject, key, one["code"])


def test_the_period_before_and_the_year_before_are_counted_alike(weeks: list[Event], assessor: User) -> None:
    later = Period(date(2026, 11, 9), date(2026, 12, 6))
    year = Period(date(2027, 10, 12), date(2027, 11, 8))
    for asked, compare in ((later, "before"), (year, "year")):
        table = assessment(Asked("area", asked), assessor.as_actor(), compare)
        own = assessment(Asked("area", PERIOD), assessor.as_actor())
        assert {code: cell["before"] for code, cell in table["whole"].items()} == {
            code: cell["value"] for code, cell in own["whole"].items()
        }


NAMED_BY_THE_FIELD = [
    "结案率", "按期结案率", "立案率", "按时处置率", "立案及时率", "派遣及时率", "核查及时率",
    "有效上报率", "派遣准确率", "返工率", "一次核查通过率", "回退率", "推诿率", "延期率",
    "挂账率", "漏报率", "核查通过率", "重复案件率", "响应率", "解决率", "满意率",
    "平均受理时长", "平均核实时长", "平均派遣时长", "平均签收时长", "平均处置时长", "平均核查时长", "平均结案时长",
    "平均办结时长",
]  # fmt: skip


def test_every_indicator_that_the_field_names_is_there(stage: Stage) -> None:
    load_indicators()
    assert set(NAMED_BY_THE_FIELD) <= set(Indicator.objects.values_list("name", flat=True))
    for_posts = {
        row.name for row in Indicator.objects.all() if {"acceptor", "dispatcher", "checker"} & set(row.subjects)
    }
    assert {"立案及时率", "派遣及时率", "核查及时率"} <= for_posts


def test_the_table_is_the_formulas_over_the_measures(weeks: list[Event], assessor: User) -> None:
    table = assessment(Asked("area", PERIOD), assessor.as_actor())
    rate = table["whole"]["closing_rate"]
    counts = rate["measures"]
    assert rate["value"] == round(counts["closed"] / (counts["should_close"] - counts["suspended"]), 4)
    assert 0 < rate["value"] <= 1
    assert table["read_until"] is not None


def test_every_number_opens_as_many_rows_as_it_counts(weeks: list[Event], assessor: User) -> None:
    actor = assessor.as_actor()
    for subject, (name, measure) in product(SUBJECTS, MEASURES.items()):
        asked = Asked(subject, PERIOD)
        for key, numbers in measured(asked, actor, [name], PERIOD).items():
            shown = counted_rows(list(rows_behind(asked, actor, name, key)), actor, name)
            number = sum(row["minutes"] or 0 for row in shown) if measure.between else len(shown)
            assert numbers[name] == pytest.approx(number, abs=0.1 * len(shown) * bool(measure.between)), (subject, name)
            assert all(row["event"]["number"] == row["number"] for row in shown)


def test_narrowed_figures_open_narrowed_rows(weeks: list[Event], assessor: User, stage: Stage) -> None:
    actor = assessor.as_actor()
    for narrowed in ({"source": "hotline_12345"}, {"unit": stage.department.pk}, {"type_code": stage.kind.code}):
        asked = Asked("area", PERIOD, **narrowed)
        for name in ("closed", "sent", "contacts_due"):
            number = measured(asked, actor, [name], PERIOD)[None][name]
            assert rows_behind(asked, actor, name, None).count() == number
    assert measured(Asked("area", PERIOD, source="media"), actor, ["closed"], PERIOD)[None]["closed"] == 0


def test_what_a_department_gave_back_keeps_its_number_alone(weeks: list[Event], stage: Stage) -> None:
    event, other = stage.event_in("handling"), OrgUnitFactory.create()
    perform(event.pk, Move.RETURN, stage.desk.as_actor(), reason="不属我局", basis="三定方案")
    perform(event.pk, Move.DISPATCH, stage.dispatcher.as_actor(), unit_id=other.pk)
    read_new_history()
    today = local(now()).date()
    desk, asked = stage.desk.as_actor(), Asked("department", Period(today, today))
    rows = list(rows_behind(asked, desk, "sent", None))
    shown = counted_rows(rows, desk, "sent")
    assert len(shown) == measured(asked, desk, ["sent"], asked.period)[None]["sent"]
    assert any(row["event"] is None and row["number"] for row in shown)


def test_a_department_is_told_its_own_work_order_of_what_it_has_and_nobody_else_is(
    weeks: list[Event], stage: Stage, assessor: User
) -> None:
    event, helper = stage.event_in("handling"), OrgUnitFactory.create()
    perform(event.pk, Move.CO_HANDLE, stage.desk.as_actor(), unit_id=helper.pk)
    read_new_history()
    rows = list(EventLife.objects.filter(event_id=event.pk))

    def ticket_of(person: User) -> int | None:
        found: int | None = counted_rows(rows, person.as_actor(), "reported")[0]["order_id"]
        return found

    legs = {order.unit_id: order.pk for order in event.work_orders.all()}
    assert ticket_of(stage.desk) == legs[stage.department.pk]
    assert ticket_of(person_with(Role.HANDLER, unit=helper)) == legs[helper.pk]
    assert ticket_of(assessor) is ticket_of(person_with(Role.HANDLER, unit=OrgUnitFactory.create())) is None
    perform(event.pk, Move.RETURN, stage.desk.as_actor(), reason="不属我局", basis="三定方案")
    assert ticket_of(stage.desk) is None, "what was given back is theirs no more"


def test_an_upheld_appeal_takes_the_event_out_of_what_is_judged(weeks: list[Event], assessor: User) -> None:
    before = measured(Asked("area", PERIOD), assessor.as_actor(), ["closed", "reported"], PERIOD)[None]
    EventLife.objects.filter(pk=EventLife.objects.filter(ended_as="closed").earliest("id").pk).update(is_exempt=True)
    after = measured(Asked("area", PERIOD), assessor.as_actor(), ["closed", "reported"], PERIOD)[None]
    assert (before["closed"] - after["closed"], before["reported"] - after["reported"]) == (1, 0)


def test_reading_history_again_changes_nothing(weeks: list[Event]) -> None:
    fields = [field.attname for field in EventLife._meta.fields if field.attname != "id"]
    once = list(EventLife.objects.order_by("event_id", "run").values_list(*fields))
    derive_all()
    assert list(EventLife.objects.order_by("event_id", "run").values_list(*fields)) == once


def test_a_period_is_compared_with_the_one_before_and_a_year_before() -> None:
    assert PERIOD.before() == Period(date(2026, 9, 14), date(2026, 10, 11))
    assert Period(date(2028, 2, 29), date(2028, 3, 1)).year_before() == Period(date(2027, 2, 28), date(2027, 3, 1))
    assert PERIOD.ends - PERIOD.begins == timedelta(days=28)


def ask(user: User, address: str = "assessment", **query: Any) -> Any:
    asked = {"subject": "area", "first": "2026-10-12", "last": "2026-11-08"} | query
    return browser(user).get(f"/api/v1/{address}", asked)


def test_the_table_and_its_events_over_http(weeks: list[Event], assessor: User) -> None:
    table = ask(assessor, compare="before").json()
    assert [row["name"] for row in table["rows"]]
    assert table["whole"]["closing_rate"]["before"] is None
    behind = ask(assessor, "assessment/events", measure="closed", limit=200).json()["items"]
    assert len(behind) == table["whole"]["closing_rate"]["measures"]["closed"]


def test_the_table_and_its_events_cost_the_same_statements_whatever_their_rows(
    weeks: list[Event], assessor: User, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(33):
        ask(assessor, compare="before")
    with django_assert_max_num_queries(21):
        ask(assessor, "assessment/events", measure="reported")


def test_a_department_sees_its_own_figures_only(weeks: list[Event], stage: Stage) -> None:
    rows = ask(stage.desk, subject="department").json()["rows"]
    assert {row["key"] for row in rows} <= {stage.department.pk}


def test_how_people_did_is_for_those_who_judge_them(stage: Stage) -> None:
    assert ask(stage.acceptor, subject="acceptor").status_code == 403
    assert ask(stage.worker.user).status_code == 403  # type: ignore[arg-type]


def test_another_area_is_not_told_of(weeks: list[Event], stage: Stage) -> None:
    stranger = person_with(Role.ASSESSOR, area=stage.town[OTHER_STREET])
    assert ask(stranger).json()["rows"] == []
    assert ask(stranger, area=stage.district.path).status_code == 404


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"first": "2026-11-09"}, 422),
        ({"first": "2020-01-01"}, 422),
        ({"subject": "mayor"}, 422),
        ({"first": "yesterday"}, 422),
    ],
)
def test_an_impossible_question_is_answered_so(assessor: User, query: dict[str, str], status: int) -> None:
    assert ask(assessor, **query).status_code == status


def test_a_formula_is_changed_by_the_assessor_and_kept_when_loaded_again(assessor: User) -> None:
    load_indicators()
    client: APIClient = browser(assessor)
    answer = client.patch("/api/v1/indicators/closing_rate", {"formula": "closed / should_close"}, format="json")
    assert answer.json()["measures"][0]["name"] == "closed"
    load_indicators()
    assert Indicator.objects.get(code="closing_rate").formula == "closed / should_close"
    assert of_subject("indicator", Indicator.objects.get(code="closing_rate").pk)[0].facts["before"]


@pytest.mark.parametrize(
    "formula", ["closed /", "__import__('os')", "closed / nonsense", "closed / sent", "1 + 1", "closed ** 9"]
)
def test_a_formula_that_cannot_be_computed_is_refused_in_words(assessor: User, formula: str) -> None:
    load_indicators()
    answer = browser(assessor).patch("/api/v1/indicators/closing_rate", {"formula": formula}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (422, "formula_invalid")


def test_a_formula_may_name_another_and_never_itself(assessor: User) -> None:
    load_indicators()
    client = browser(assessor)
    ways = [("closing_rate", "1 - on_time_rate"), ("on_time_rate", "1 - closing_rate")]
    answers = [client.patch(f"/api/v1/indicators/{code}", {"formula": text}, format="json") for code, text in ways]
    assert [answer.status_code for answer in answers] == [200, 422]
    assert "closing_rate" in answers[1].json()["detail"]
    table = client.get("/api/v1/indicators").json()
    names = {one["code"]: [measure["name"] for measure in one["measures"]] for one in table["items"]}
    assert names["closing_rate"] == ["closed_on_time", "should_close", "suspended"]


def test_a_formula_that_others_name_is_not_made_unreadable_for_them(assessor: User) -> None:
    load_indicators()
    client = browser(assessor)
    client.patch("/api/v1/indicators/closing_rate", {"formula": "1 - on_time_rate * reported"}, format="json")
    answer = client.patch("/api/v1/indicators/on_time_rate", {"formula": "signed / sent"}, format="json")
    assert answer.status_code == 422


def trial(client: APIClient, formula: str, code: str = "closing_rate", **more: str) -> Any:
    return client.post(f"/api/v1/indicators/{code}/trial", {"formula": formula} | more, format="json")


def test_a_formula_is_tried_on_last_month_beside_the_one_in_force(weeks: list[Event], assessor: User) -> None:
    client = browser(assessor)
    with as_of(datetime(2026, 11, 15, 3, tzinfo=UTC)):
        found = trial(client, "closed / should_close").json()
    october = Period(date(2026, 10, 1), date(2026, 10, 31))
    numbers = measured(Asked("area", october), assessor.as_actor(), ["closed", "should_close", "suspended"], october)
    whole = numbers[None]
    assert (found["first"], found["last"]) == ("2026-10-01", "2026-10-31")
    assert found["whole"] == {
        "old": round(whole["closed"] / (whole["should_close"] - whole["suspended"]), 4),
        "new": round(whole["closed"] / whole["should_close"], 4),
    }
    assert Indicator.objects.get(code="closing_rate").formula != found["formula"]


def test_dividing_by_nothing_is_no_data(weeks: list[Event], assessor: User) -> None:
    with as_of(datetime(2026, 11, 15, 3, tzinfo=UTC)):
        assert trial(browser(assessor), "closed / (closed - closed)").json()["whole"]["new"] is None


@pytest.mark.parametrize("formula", ["closed / nonsense", "closing_rate", "closed / sent", "closed +"])
def test_a_trial_says_what_is_wrong(assessor: User, formula: str) -> None:
    load_indicators()
    answer = trial(browser(assessor), formula)
    assert (answer.status_code, answer.json()["code"]) == (422, "formula_invalid")


def test_only_editors_try_and_change_formulas(assessor: User, stage: Stage) -> None:
    load_indicators()
    client = browser(stage.acceptor)
    assert trial(client, "closed / reported").status_code == 403
    assert client.get("/api/v1/indicators/closing_rate/versions").status_code == 403
    assert client.get("/api/v1/indicators").status_code == 403
    assert trial(browser(assessor), "closed / reported", code="no_such_code").status_code == 404


def test_every_version_of_a_formula_is_kept(assessor: User) -> None:
    load_indicators()
    client, first = browser(assessor), Indicator.objects.get(code="closing_rate").formula
    for formula in ("closed / should_close", "closed / reported"):
        client.patch("/api/v1/indicators/closing_rate", {"formula": formula}, format="json")
    found = client.get("/api/v1/indicators/closing_rate/versions").json()["items"]
    assert [(one["formula"], one["by"]) for one in found] == [
        ("closed / reported", "考核员"), ("closed / should_close", "考核员"), (first, ""),
    ]  # fmt: skip
