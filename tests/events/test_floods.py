"""告警泛滥: more new alerts than a seat can read, grouped by place and cause."""

from datetime import timedelta
from typing import Any

import time_machine

from accounts.roles import Role
from core.clock import now
from events.actions.alert_shelving import shelve_alert
from events.models import AlarmRules
from events.shapes import AlarmRulesShape, AlertFlood
from tests.events.stage import OTHER_STREET, STREET, Stage, browser
from tests.factories import EventTypeFactory, person_with


def alerts(stage: Stage, count: int, **fields: Any) -> None:
    for number in range(count):
        stage.alert(**{"subject_id": 1000 + number, **fields})


def flood(stage: Stage, query: str = "", who: Any = None) -> AlertFlood:
    return AlertFlood.model_validate(browser(who or stage.operator).get(f"/api/v1/alerts/flood{query}").json())


def test_ten_new_ones_are_no_flood_and_eleven_are(stage: Stage) -> None:
    alerts(stage, 10)
    calm = flood(stage)
    assert (calm.is_flood, calm.new, calm.above, calm.groups) == (False, 10, 10, [])
    stage.alert(subject_id=1)
    assert flood(stage).is_flood


def test_a_flood_is_grouped_by_place_and_cause_the_worst_first(stage: Stage) -> None:
    other = EventTypeFactory.create(code="power_cut", name="停电")
    alerts(stage, 8, level=3)
    alerts(stage, 4, rule="outage", type_code=other.code, level=2)
    stage.alert(rule="single", level=1, type_code=EventTypeFactory.create(code="alone").code)
    told = flood(stage)
    assert [(group.place, group.type_name, group.count, group.level) for group in told.groups] == [
        ("望江街道", "停电", 4, 2),
        ("望江街道", stage.kind.name, 8, 3),
    ]


def test_what_is_shelved_is_in_no_group_and_what_is_old_not_new(stage: Stage) -> None:
    begun = now()
    with time_machine.travel(begun, tick=False) as machine:
        alerts(stage, 12)
        alert = stage.alert(subject_id=1000)
        assert alert is not None
        shelve_alert(alert_id=alert.pk, actor=stage.operator.as_actor(), minutes=5, reason="已知")
        assert flood(stage).groups[0].count == 11
        machine.move_to(begun + timedelta(minutes=11))
        assert flood(stage).new == 0


def test_how_many_and_how_long_are_rules_of_the_site(stage: Stage) -> None:
    AlarmRules.objects.create(flood_count=2, flood_minutes=5)
    alerts(stage, 3)
    told = flood(stage)
    assert (told.is_flood, told.above, told.minutes) == (True, 2, 5)
    rules = AlarmRulesShape.model_validate(browser(stage.operator).get("/api/v1/alarm-rules").json())
    assert (rules.flood_count, rules.silence_seconds, rules.shelf_longest_minutes) == (2, 60, 480)


def test_a_seat_is_flooded_by_what_it_sees_only(stage: Stage) -> None:
    alerts(stage, 12)
    stranger = person_with(Role.ACCEPTOR, area=stage.town[OTHER_STREET])
    assert flood(stage, who=stranger).new == 0
    assert flood(stage, f"?area={OTHER_STREET}").new == 0
    assert flood(stage, f"?area={STREET}").new == 12
    assert browser(None).get("/api/v1/alerts/flood").status_code == 401


def test_a_flood_costs_the_same_however_large(stage: Stage, django_assert_max_num_queries: Any) -> None:
    alerts(stage, 30)
    client = browser(stage.operator)
    with django_assert_max_num_queries(5):
        assert client.get("/api/v1/alerts/flood").json()["groups"][0]["count"] == 30
