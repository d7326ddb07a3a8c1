"""接诉即办: the citizen who reported is contacted, answered and called back, each within its own limit."""

from datetime import timedelta
from typing import Any

import pytest

from core.clock import as_of, now
from core.deadlines.actions import Subject
from core.deadlines.firing import fire_crossed
from core.deadlines.readings import readings
from core.history.record import of_subject
from core.models import Deadline
from events.actions.perform import perform
from events.errors import CallBackIncomplete, NobodyToContact
from events.models import ClockLimit, Event
from events.models.event import PROMISE_KIND
from events.moves import Move
from tests.events.stage import Stage, browser

pytestmark = pytest.mark.django_db


def clocks(event: Event) -> dict[str, str]:
    """The newest clock of each kind, by its state."""
    rows = Deadline.objects.filter(subject_kind=PROMISE_KIND, subject_id=event.pk).order_by("id")
    return {row.kind: row.state for row in rows}


def complaint(stage: Stage, **fields: Any) -> Event:
    return stage.report(source="hotline_12345", **fields)


def test_a_complaint_starts_the_clocks_of_first_contact_and_answer(stage: Stage) -> None:
    assert clocks(complaint(stage)) == {"first_contact": "running", "answer": "running"}


def test_where_no_citizen_waits_nothing_is_promised(stage: Stage) -> None:
    event = stage.report(source="inspection")
    assert clocks(event) == {}
    with pytest.raises(NobodyToContact):
        perform(event.pk, Move.CONTACT_REPORTER, stage.acceptor.as_actor(), outcome="reached")


def test_limits_are_data(stage: Stage) -> None:
    ClockLimit.objects.create(kind="first_contact", limit_type="urgent_hours", limit_amount=2)
    event = complaint(stage)
    clock = Deadline.objects.get(subject_kind=PROMISE_KIND, subject_id=event.pk, kind="first_contact")
    assert clock.due_at == event.reported_at + timedelta(hours=2)


@pytest.mark.parametrize("outcome", ["not_reached", "wrong_number"])
def test_only_a_contact_that_reached_somebody_stops_the_clock(stage: Stage, outcome: str) -> None:
    event = complaint(stage)
    perform(event.pk, Move.CONTACT_REPORTER, stage.acceptor.as_actor(), outcome=outcome, note="无人接听")
    assert clocks(event)["first_contact"] == "running"
    perform(event.pk, Move.CONTACT_REPORTER, stage.acceptor.as_actor(), outcome="reached")
    assert clocks(event) == {"first_contact": "stopped", "answer": "running"}
    rows = of_subject("event", event.pk)[1:]
    assert [(row.move, row.facts["outcome"], row.actor_id) for row in rows] == [
        ("contact_reporter", outcome, stage.acceptor.pk),
        ("contact_reporter", "reached", stage.acceptor.pk),
    ]


def test_a_contact_moves_nothing_and_makes_nobody_stale(stage: Stage) -> None:
    event = complaint(stage)
    seen = event.version
    noted = perform(event.pk, Move.CONTACT_REPORTER, stage.acceptor.as_actor(), outcome="reached")
    assert (noted.state, noted.due_kind, noted.version) == ("reported", "accept", seen + 1)
    perform(event.pk, Move.FILE, stage.acceptor.as_actor(), seen, condition_id=stage.condition.pk)


def test_an_answer_is_a_contact_as_well(stage: Stage) -> None:
    event = stage.event_in("handling", source="hotline_12345")
    perform(event.pk, Move.ANSWER_REPORTER, stage.desk.as_actor(), outcome="reached", note="今天内处理")
    assert clocks(event) == {"first_contact": "stopped", "answer": "stopped"}


def test_closing_answers_the_reporter_and_starts_the_call_back(stage: Stage) -> None:
    event = stage.event_in("closed", source="hotline_12345")
    assert clocks(event) == {"first_contact": "withdrawn", "answer": "stopped", "call_back": "running"}


def test_the_call_back_hears_whether_it_is_solved_and_satisfying(stage: Stage) -> None:
    event = stage.event_in("closed", source="hotline_12345")
    actor = stage.acceptor.as_actor()
    perform(event.pk, Move.CALL_BACK, actor, outcome="not_reached")
    assert clocks(event)["call_back"] == "running"
    perform(event.pk, Move.CALL_BACK, actor, outcome="reached", solved=True, satisfied=False)
    assert clocks(event)["call_back"] == "stopped"
    facts = of_subject("event", event.pk)[-1].facts
    assert (facts["outcome"], facts["solved"], facts["satisfied"]) == ("reached", True, False)


@pytest.mark.parametrize(
    "said", [{"outcome": "reached"}, {"outcome": "reached", "solved": True}, {"outcome": "not_reached", "solved": True}]
)
def test_a_call_back_says_both_or_neither(stage: Stage, said: dict[str, Any]) -> None:
    event = stage.event_in("closed", source="hotline_12345")
    with pytest.raises(CallBackIncomplete):
        perform(event.pk, Move.CALL_BACK, stage.acceptor.as_actor(), **said)


def test_a_late_contact_is_late_for_good(stage: Stage) -> None:
    event = complaint(stage)
    with as_of(event.reported_at + timedelta(hours=25)):
        perform(event.pk, Move.CONTACT_REPORTER, stage.acceptor.as_actor(), outcome="reached")
    reading = readings(subject=Subject(PROMISE_KIND, event.pk), at=now())[0]
    assert (reading["kind"], reading["overdue_seconds"], reading["light"]) == ("first_contact", 3600, "red")


def test_rejecting_answers_and_promises_no_call_back(stage: Stage) -> None:
    event = complaint(stage)
    perform(event.pk, Move.REJECT, stage.acceptor.as_actor(), reason="不属于受理范围")
    assert clocks(event) == {"first_contact": "withdrawn", "answer": "stopped"}


def test_a_reopened_complaint_is_contacted_and_answered_anew(stage: Stage) -> None:
    event = stage.event_in("closed", source="hotline_12345")
    perform(event.pk, Move.REOPEN, stage.chief.as_actor(), reason="又出现了")
    assert clocks(event) == {"first_contact": "running", "answer": "running", "call_back": "withdrawn"}


def test_what_is_merged_is_answered_with_its_main_event(stage: Stage) -> None:
    event, main = complaint(stage), complaint(stage)
    actor = stage.acceptor.as_actor()
    perform(event.pk, Move.MERGE, actor, main_event_id=main.pk, reason="同一问题")
    assert (clocks(event), clocks(main)["answer"]) == ({"first_contact": "paused", "answer": "paused"}, "running")
    perform(event.pk, Move.UNMERGE, actor, reason="不是同一问题")
    assert clocks(event) == {"first_contact": "running", "answer": "running"}


def test_merging_and_unmerging_neither_asks_for_a_contact_twice_nor_forgives_a_late_answer(stage: Stage) -> None:
    event, main, actor = complaint(stage), complaint(stage), stage.acceptor.as_actor()
    perform(event.pk, Move.CONTACT_REPORTER, actor, outcome="reached")
    answer = Deadline.objects.get(subject_kind=PROMISE_KIND, subject_id=event.pk, kind="answer")
    with as_of(answer.due_at + timedelta(hours=1)):
        perform(event.pk, Move.MERGE, actor, main_event_id=main.pk, reason="同一问题")
        perform(event.pk, Move.UNMERGE, actor, reason="不是同一问题")
    assert clocks(event) == {"first_contact": "stopped", "answer": "running"}
    assert Deadline.objects.get(pk=answer.pk).due_at == answer.due_at


def test_buttons_are_offered_where_they_belong(stage: Stage) -> None:
    event = stage.event_in("handling", source="hotline_12345")
    other = stage.event_in("handling", source="inspection")
    closed = stage.event_in("closed", source="hotline_12345")
    citizens = {"contact_reporter", "answer_reporter", "call_back"}

    def offered(of: Event, who: Any) -> set[str]:
        answer = browser(who).get(f"/api/v1/events/{of.pk}").json()
        return {move["move"] for move in answer["allowed_moves"]} & citizens

    assert offered(event, stage.acceptor) == offered(event, stage.desk) == {"contact_reporter", "answer_reporter"}
    assert (offered(closed, stage.acceptor), offered(closed, stage.desk)) == ({"call_back"}, set())
    assert offered(other, stage.acceptor) == set()


def ask(stage: Stage, who: Any, event: Event, move: str = "contact_reporter", **body: Any) -> Any:
    values = {"version": event.version, "outcome": "reached"} | body
    return browser(who).post(f"/api/v1/events/{event.pk}/moves/{move}", values, format="json")


def test_a_contact_over_http_shows_in_clocks_and_history(stage: Stage) -> None:
    event = complaint(stage)
    answer = ask(stage, stage.acceptor, event, note="约定下午到场").json()
    entry = answer["history"][-1]
    assert (entry["move"], entry["outcome"], entry["note"]) == ("contact_reporter", "reached", "约定下午到场")
    lights = {clock["kind"]: (clock["state"], clock["light"]) for clock in answer["deadlines"]}
    assert lights["first_contact"] == ("stopped", "green")


def test_who_may_not_contact_is_refused_and_a_stranger_finds_nothing(stage: Stage) -> None:
    event = complaint(stage)
    assert ask(stage, stage.operator, event).status_code == 403
    assert ask(stage, stage.desk, event).status_code == 404
    assert ask(stage, stage.acceptor, event, outcome="perhaps").status_code == 422


def test_a_first_contact_that_is_due_is_told_once(stage: Stage) -> None:
    event = complaint(stage)
    Deadline.objects.exclude(subject_kind=PROMISE_KIND, kind="first_contact").update(fire_at=None)
    for hours in (19, 20, 25, 30):
        fire_crossed(at=event.reported_at + timedelta(hours=hours))
    rows = [row.facts for row in of_subject("event", event.pk) if row.facts.get("clock") == "first_contact"]
    assert [row["threshold"] for row in rows] == [80, 100]
