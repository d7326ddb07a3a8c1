"""The states of an alarm (ISA-18.2): over, put aside, and back again."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction

from accounts.roles import Role
from core.clock import now
from core.deadlines.firing import fire_crossed
from core.errors import AlreadyTaken, Forbidden, MoveNotAllowed, NotFound
from core.history.record import of_subject
from core.models import Deadline, OutboxMessage
from events.actions.alert_decisions import acknowledge_alert, acknowledge_together, confirm_alert, dismiss_alert
from events.actions.alert_recovery import alert_recovered, expire_alerts
from events.actions.alert_shelving import return_shelved, shelve_alert, unshelve_alert
from events.errors import AlertAlreadyShelved, AlertNotShelved, ShelvingOutsideLimits
from events.models import AlarmRules, Alert
from events.queries.copied_clocks import wrong_copies
from events.shapes import Acknowledged, AlertDetail, AlertPage
from tests.events.stage import OTHER_STREET, Stage, browser
from tests.factories import person_with

KEY: dict[str, Any] = {"source": "video", "rule": "presence", "subject_kind": "zone", "subject_id": 7}


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(now(), tick=False) as machine:
        yield machine


@pytest.fixture
def alert(stage: Stage, clock: Any) -> Alert:
    found = stage.alert(level=1)
    assert found is not None
    return found


def later(clock: Any, **time: float) -> None:
    clock.shift(timedelta(**time))


def fresh(alert: Alert) -> Alert:
    return Alert.objects.get(pk=alert.pk)


def moves_of(alert: Alert) -> list[str]:
    return [row.move for row in of_subject("alert", alert.pk)]


def told() -> list[str]:
    return list(OutboxMessage.objects.order_by("id").values_list("payload__change", flat=True))


# --- 恢复


def test_what_is_over_and_nobody_has_seen_stays_listed_until_somebody_does(
    stage: Stage, alert: Alert, clock: Any
) -> None:
    later(clock, seconds=30)
    recovered = alert_recovered(**KEY)
    assert recovered is not None and (recovered.state, recovered.recovered_at) == ("open", now())
    later(clock, days=3)
    assert expire_alerts() == 0
    acknowledge_alert(alert_id=alert.pk, actor=stage.operator.as_actor())
    later(clock, minutes=6)
    assert (expire_alerts(), fresh(alert).state) == (1, "expired")
    assert moves_of(alert) == ["raise", "recover", "acknowledge", "expire"]
    assert told() == ["raised", "recovered", "acknowledged", "expired"]


def test_how_long_it_stays_then_is_a_rule_of_the_site(stage: Stage, alert: Alert, clock: Any) -> None:
    AlarmRules.objects.create(recovered_leaves_minutes=60)
    acknowledge_alert(alert_id=alert.pk, actor=stage.operator.as_actor())
    alert_recovered(**KEY)
    later(clock, minutes=59)
    assert expire_alerts() == 0
    later(clock, minutes=2)
    assert expire_alerts() == 1


def test_that_it_is_over_is_noted_once_and_makes_nobodys_click_stale(stage: Stage, alert: Alert, clock: Any) -> None:
    later(clock, seconds=5)
    assert alert_recovered(**KEY) is not None
    assert alert_recovered(**KEY) is None
    assert alert_recovered(**KEY | {"subject_id": 8}) is None
    seen = acknowledge_alert(alert_id=alert.pk, actor=stage.operator.as_actor(), version=alert.version)
    with pytest.raises(AlreadyTaken):
        acknowledge_alert(alert_id=alert.pk, actor=stage.chief.as_actor(), version=alert.version)
    again = acknowledge_alert(alert_id=alert.pk, actor=stage.chief.as_actor(), version=seen.version)
    assert (again.acknowledged_by, again.version) == (stage.operator, seen.version)
    assert moves_of(alert) == ["raise", "recover", "acknowledge"]


def test_news_that_is_older_than_the_last_finding_changes_nothing(stage: Stage, alert: Alert, clock: Any) -> None:
    assert alert_recovered(**KEY, at=now() - timedelta(seconds=1)) is None


def test_what_happens_again_is_the_same_alarm_and_asks_for_somebody_anew(
    stage: Stage, alert: Alert, clock: Any
) -> None:
    later(clock, seconds=20)
    alert_recovered(**KEY)
    later(clock, seconds=20)
    again = stage.alert(level=1)
    assert again is not None and (again.pk, again.recovered_at, again.seen_count) == (alert.pk, None, 2)
    assert moves_of(alert) == ["raise", "recover", "recur"]


def test_after_it_has_left_the_list_the_next_finding_is_a_new_alarm(stage: Stage, alert: Alert, clock: Any) -> None:
    acknowledge_alert(alert_id=alert.pk, actor=stage.operator.as_actor())
    alert_recovered(**KEY)
    later(clock, minutes=6)
    expire_alerts()
    again = stage.alert(level=1)
    assert again is not None and (again.pk != alert.pk, again.acknowledged_at) == (True, None)


def test_while_it_is_over_its_clock_stands_and_wakes_nobody(stage: Stage, alert: Alert, clock: Any) -> None:
    later(clock, seconds=30)
    alert_recovered(**KEY)
    later(clock, minutes=10)
    assert fire_crossed(at=now()) == 0
    stage.alert(level=1)
    assert fresh(alert).due_at == now() + timedelta(seconds=30)
    assert list(wrong_copies()) == []
    later(clock, seconds=31)
    assert (fire_crossed(at=now()), fresh(alert).escalation) == (1, 100)


def test_an_alert_whose_event_is_worked_on_shows_that_it_is_over(stage: Stage, alert: Alert, clock: Any) -> None:
    confirm_alert(alert_id=alert.pk, actor=stage.operator.as_actor())
    recovered = alert_recovered(**KEY)
    assert recovered is not None and (recovered.state, recovered.recovered_at) == ("confirmed", now())
    assert [row["state"] for row in browser(stage.operator).get("/api/v1/alerts").json()["items"]] == ["confirmed"]


def test_what_is_judged_is_not_over_any_more(stage: Stage, alert: Alert, clock: Any) -> None:
    dismiss_alert(alert_id=alert.pk, actor=stage.operator.as_actor(), reason="test")
    assert alert_recovered(**KEY) is None


# --- 搁置


def shelve(stage: Stage, alert: Alert, **fields: Any) -> Alert:
    values: dict[str, Any] = {"minutes": 60, "reason": "道路施工，已知情况"} | fields
    return shelve_alert(alert_id=alert.pk, actor=stage.operator.as_actor(), **values)


def test_a_shelved_alert_is_listed_apart_with_who_why_and_until_when(stage: Stage, alert: Alert, clock: Any) -> None:
    client = browser(stage.operator)
    body = {"version": alert.version, "minutes": 60, "reason": "道路施工，已知情况"}
    answer = client.post(f"/api/v1/alerts/{alert.pk}/shelve", body, format="json")
    detail = AlertDetail.model_validate(answer.json())
    assert (detail.shelved_by, detail.shelve_reason) == ("赵大屏", "道路施工，已知情况")
    assert detail.shelved_until == now() + timedelta(hours=1)
    assert {row.move for row in detail.allowed_moves} == {"acknowledge", "confirm", "dismiss", "unshelve"}
    pages = {shelf: client.get(f"/api/v1/alerts?state=open&shelf={shelf}").json() for shelf in ("only", "without")}
    assert {shelf: len(AlertPage.model_validate(page).items) for shelf, page in pages.items()} == {
        "only": 1,
        "without": 0,
    }
    assert told()[-1] == "shelved"


def test_findings_in_between_raise_its_counter_and_nothing_else(stage: Stage, alert: Alert, clock: Any) -> None:
    shelve(stage, alert)
    later(clock, minutes=5)
    again = stage.alert(level=1)
    assert again is not None and (again.pk, again.seen_count, again.shelved_until is not None) == (alert.pk, 2, True)
    assert fire_crossed(at=now()) == 0


def test_when_its_time_is_over_it_comes_back_and_asks_for_somebody(stage: Stage, alert: Alert, clock: Any) -> None:
    acknowledge_alert(alert_id=alert.pk, actor=stage.operator.as_actor())
    shelve(stage, alert)
    later(clock, minutes=59)
    assert return_shelved() == 0
    later(clock, minutes=1)
    assert (return_shelved(), return_shelved()) == (1, 0)
    back = fresh(alert)
    assert (back.shelved_until, back.shelve_reason, back.acknowledged_at) == (None, "", None)
    assert moves_of(alert) == ["raise", "acknowledge", "shelve", "unshelve"]
    assert told()[-1] == "unshelved"
    assert list(wrong_copies()) == []


def test_what_was_over_meanwhile_comes_back_quietly(stage: Stage, alert: Alert, clock: Any) -> None:
    acknowledge_alert(alert_id=alert.pk, actor=stage.operator.as_actor())
    shelve(stage, alert)
    later(clock, minutes=5)
    alert_recovered(**KEY)
    later(clock, minutes=55)
    assert (expire_alerts(), return_shelved(), expire_alerts()) == (0, 1, 1)


def test_it_is_taken_off_the_shelf_by_hand(stage: Stage, alert: Alert, clock: Any) -> None:
    acknowledge_alert(alert_id=alert.pk, actor=stage.operator.as_actor())
    shelved = shelve(stage, alert)
    client = browser(stage.chief)
    answer = client.post(f"/api/v1/alerts/{alert.pk}/unshelve", {"version": shelved.version}, format="json").json()
    assert (answer["shelved_until"], answer["acknowledged_by"]) == (None, "赵大屏")
    again = client.post(f"/api/v1/alerts/{alert.pk}/unshelve", {"version": answer["version"]}, format="json")
    assert (again.status_code, again.json()["code"]) == (409, "alert_not_shelved")
    assert moves_of(alert).count("unshelve") == 1


@pytest.mark.parametrize("minutes", [0, 481, 540])
def test_it_is_shelved_for_a_minute_to_eight_hours(stage: Stage, alert: Alert, minutes: int) -> None:
    body = {"version": alert.version, "minutes": minutes, "reason": "已知"}
    answer = browser(stage.operator).post(f"/api/v1/alerts/{alert.pk}/shelve", body, format="json")
    assert (answer.status_code, answer.json()["code"]) == (422, "shelving_outside_limits")
    assert fresh(alert).shelved_until is None


def test_a_site_may_allow_less_and_the_database_never_more(stage: Stage, alert: Alert) -> None:
    AlarmRules.objects.create(shelf_longest_minutes=30)
    with pytest.raises(ShelvingOutsideLimits):
        shelve(stage, alert, minutes=31)
    with pytest.raises(IntegrityError, match="an_alert_is_shelved_for_eight_hours_at_most"), transaction.atomic():
        Alert.objects.update(shelved_at=now(), shelved_until=now() + timedelta(hours=9))


def test_without_a_reason_nothing_is_shelved(stage: Stage, alert: Alert) -> None:
    body = {"version": alert.version, "minutes": 5, "reason": " "}
    answer = browser(stage.operator).post(f"/api/v1/alerts/{alert.pk}/shelve", body, format="json")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "reason")


def test_what_is_judged_is_not_shelved(stage: Stage, alert: Alert) -> None:
    dismiss_alert(alert_id=alert.pk, actor=stage.operator.as_actor(), reason="test")
    with pytest.raises(MoveNotAllowed):
        shelve(stage, alert)


def test_of_two_who_shelve_the_same_the_second_is_told_who_was_first(stage: Stage, alert: Alert) -> None:
    shelve(stage, alert, version=alert.version)
    other = stage.dispatcher.as_actor()
    with pytest.raises(AlreadyTaken) as taken:
        shelve_alert(alert_id=alert.pk, actor=other, minutes=5, reason="已知", version=alert.version)
    assert taken.value.extra["by"] == "赵大屏"
    with pytest.raises(AlertAlreadyShelved):
        shelve_alert(alert_id=alert.pk, actor=other, minutes=5, reason="已知")
    assert moves_of(alert) == ["raise", "shelve"]


def test_judging_takes_it_off_the_shelf(stage: Stage, alert: Alert, clock: Any) -> None:
    shelve(stage, alert)
    confirm_alert(alert_id=alert.pk, actor=stage.operator.as_actor())
    assert fresh(alert).shelved_until is None
    assert Deadline.objects.filter(subject_kind="alert", state__in=["running", "paused"]).count() == 0
    with pytest.raises(MoveNotAllowed):
        unshelve_alert(alert_id=alert.pk, actor=stage.operator.as_actor())


def test_who_may_not_see_or_sit_at_a_seat_shelves_nothing(stage: Stage, alert: Alert) -> None:
    user = stage.worker.user
    assert user is not None
    with pytest.raises(Forbidden):
        shelve_alert(alert_id=alert.pk, actor=user.as_actor(), minutes=5, reason="已知")
    stranger = person_with(Role.WALL_OPERATOR, area=stage.town[OTHER_STREET])
    with pytest.raises(NotFound):
        shelve_alert(alert_id=alert.pk, actor=stranger.as_actor(), minutes=5, reason="已知")
    with pytest.raises(AlertNotShelved):
        unshelve_alert(alert_id=alert.pk, actor=stage.operator.as_actor())


def test_shelving_costs_the_same_whatever_else_is_listed(
    stage: Stage, alert: Alert, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        stage.alert(subject_id=100 + number)
    client = browser(stage.operator)
    body = {"version": alert.version, "minutes": 5, "reason": "已知"}
    with django_assert_max_num_queries(25):
        assert client.post(f"/api/v1/alerts/{alert.pk}/shelve", body, format="json").status_code == 200
    with django_assert_max_num_queries(5):
        assert len(client.get("/api/v1/alerts?state=open&shelf=without").json()["items"]) == 20


# --- several at once


def test_minor_ones_are_acknowledged_together_and_urgent_ones_one_by_one(stage: Stage, alert: Alert) -> None:
    minor = [stage.alert(subject_id=20 + number, level=3 + number) for number in range(2)]
    seen = [{"id": one.pk, "version": one.version} for one in [alert, *minor] if one]
    answer = browser(stage.operator).post("/api/v1/alerts/acknowledge", {"items": seen}, format="json")
    done = Acknowledged.model_validate(answer.json())
    assert [row.acknowledged_by for row in done.items] == ["赵大屏"] * 2
    assert done.refused == {alert.pk: "acknowledged_alone"}
    assert fresh(alert).acknowledged_at is None


def test_one_that_is_refused_spoils_nothing_for_the_others(stage: Stage, alert: Alert) -> None:
    minor = stage.alert(subject_id=20, level=4)
    assert minor is not None
    done, refused = acknowledge_together(seen={minor.pk: minor.version, 10**9: 1}, actor=stage.operator.as_actor())
    assert ([one.pk for one in done], refused) == ([minor.pk], {10**9: "not_found"})


@pytest.mark.parametrize("items", [[], [{"id": 1}], [{"id": 1, "version": 1}] * 101, "x"])
def test_what_is_no_list_of_seen_alerts_is_invalid(stage: Stage, items: Any) -> None:
    answer = browser(stage.operator).post("/api/v1/alerts/acknowledge", {"items": items}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
