"""告警质量: every number opens the alerts that it counts, against a count by hand over all rows."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from accounts.models import User
from accounts.roles import Role
from core.clock import now
from events.models import Alert
from events.queries.catalogue import forget
from tests.analytics.test_insight import ask, today
from tests.events.stage import OTHER_STREET, Stage, build_stage
from tests.factories import person_with

LIST = "alarms/alerts"
STATES = ("open", "confirmed", "dismissed", "expired")


@pytest.fixture
def stage(db: None) -> Iterator[Stage]:
    yield build_stage()
    forget()


@pytest.fixture
def leader(stage: Stage) -> User:
    return stage.seat(Role.LEADER)


@pytest.fixture
def alerts(stage: Stage) -> list[Alert]:
    """A hundred alerts of four days, many within the same minutes, in all states, by three rules at five places."""
    first, event, chance = stage.alert(), stage.report(), random.Random(30)
    assert first is not None
    clumps = [now() - timedelta(hours=hours) for hours in (1, 30, 50, 80)]
    people = [stage.operator.pk, stage.chief.pk, None]
    rows = []
    for number in range(100):
        at = chance.choice(clumps) - timedelta(seconds=chance.randrange(0, 900))
        state, seen_by = chance.choice(STATES), chance.choice(people)
        row = Alert(**{field.attname: getattr(first, field.attname) for field in Alert._meta.concrete_fields})
        row.pk, row.state, row.level, row.rule = None, state, chance.randint(1, 4), f"rule_{number % 3}"
        row.subject_id = 1000 + number if state == "open" else number % 5 + 1
        row.event_id = event.pk if state == "confirmed" else None
        row.found_at = row.last_seen_at = at
        row.seen_count = chance.randint(1, 9)
        row.acknowledged_by_id = seen_by
        row.acknowledged_at = at + timedelta(minutes=chance.randrange(0, 60)) if seen_by else None
        rows.append(row)
    Alert.objects.bulk_create(rows)
    return list(Alert.objects.all())


def ten_of(moment: datetime) -> int:
    return int(moment.timestamp() // 600)


def by_hand(alerts: list[Alert], query: dict[str, Any], days: int) -> set[int]:
    """What a query asks for, row by row."""
    begins = datetime.combine(today() - timedelta(days=days - 1), datetime.min.time(), now().tzinfo)
    of = query.get("of", "raised")
    moments = {row.pk: row.acknowledged_at if of == "acknowledged" else row.found_at for row in alerts}
    in_time = {
        "raised": lambda row: row.found_at >= begins,
        "acknowledged": lambda row: row.acknowledged_at is not None and row.acknowledged_at >= begins,
        "standing": lambda row: row.state == "open" and row.found_at < now() - timedelta(hours=24),
    }[of]
    rows = [row for row in alerts if in_time(row)]
    full = Counter(ten_of(moments[row.pk]) for row in rows)  # type: ignore[arg-type]
    levels = {"critical": {1}, "urgent": {2}, "other": {3, 4}}
    tests: dict[str, Any] = {
        "level": lambda row, said: row.level in levels[said],
        "state": lambda row, said: row.state == said,
        "found_by": lambda row, said: row.source == said,
        "rule": lambda row, said: row.rule == said,
        "subject_kind": lambda row, said: row.subject_kind == said,
        "subject_id": lambda row, said: row.subject_id == said,
        "operator": lambda row, said: row.acknowledged_by_id == said,
        "since": lambda row, said: ten_of(moments[row.pk]) == ten_of(datetime.fromisoformat(said)),  # type: ignore[arg-type]
        "in_floods": lambda row, said: full[ten_of(moments[row.pk])] > 10,  # type: ignore[arg-type]
        "of": lambda row, said: True,
    }
    return {row.pk for row in rows if all(tests[name](row, said) for name, said in query.items())}


def numbers_of(found: Any) -> list[tuple[int, dict[str, Any]]]:
    """Every number of the page with what its list is asked for."""
    rate = found["rate"]
    numbers: list[tuple[int, dict[str, Any]]] = [
        (rate["raised"], {}),
        (rate["peak_in_ten_minutes"], {"since": rate["peak_at"]}),
        (rate["flooded"], {"in_floods": True}),
        (found["standing"]["count"], {"of": "standing"}),
    ]
    numbers += [(row["count"], {"since": row["at"]}) for row in rate["worst_floods"]]
    numbers += [(row["count"], {"state": row["state"]}) for row in found["states"]]
    numbers += [(row["count"], {"level": row["level"]}) for row in found["levels"]]
    for row in found["operators"]:
        own = {"of": "acknowledged", "operator": row["id"]}
        numbers += [(row["acknowledged"], own), (row["peak_in_ten_minutes"], own | {"since": row["peak_at"]})]
    for row in (*found["rules"], *found["noisy"]):
        own = {"found_by": row["source"], "rule": row["rule"]}
        own |= {name: row[name] for name in ("subject_kind", "subject_id") if name in row}
        numbers += [(row["alerts"], own)]
        numbers += [(row[state], own | {"state": state}) for state in ("confirmed", "dismissed")]
    return numbers


def listed(user: User, query: dict[str, Any], days: int, **more: Any) -> list[Any]:
    """The whole list, page by page."""
    rows: list[Any] = []
    cursor: dict[str, str] = {}
    while True:
        answer = ask(user, LIST, days=days, limit=9, **query, **cursor, **more)
        page = answer.json()
        assert answer.status_code == 200, page
        rows += page["items"]
        if page["next"] is None:
            return rows
        cursor = {"cursor": page["next"]}


@pytest.mark.parametrize("days", [1, 3, 7])
def test_every_number_opens_the_alerts_that_it_counts(
    stage: Stage, leader: User, alerts: list[Alert], days: int
) -> None:
    found = ask(leader, "alarms", days=days).json()
    numbers = numbers_of(found)
    for number, query in numbers:
        rows = [row["id"] for row in listed(leader, query, days)]
        assert (len(rows), set(rows)) == (number, by_hand(alerts, query, days)), query
    assert found["rate"]["floods"] == len(found["rate"]["worst_floods"]) > 0
    assert sum(row["count"] for row in found["states"]) == found["rate"]["raised"]
    assert {row["rule"] for row in found["rules"]} == {
        row.rule for row in alerts if row.pk in by_hand(alerts, {}, days)
    }


def test_seen_counts_what_stands_in_the_list(leader: User, alerts: list[Alert]) -> None:
    worst = ask(leader, "alarms").json()["noisy"][0]
    own = {
        "found_by": worst["source"],
        "rule": worst["rule"],
        "subject_kind": "zone",
        "subject_id": worst["subject_id"],
    }
    assert sum(row["seen_count"] for row in listed(leader, own, 7)) == worst["seen"]


def test_the_list_is_the_newest_first_and_says_where_an_alert_led(leader: User, alerts: list[Alert]) -> None:
    rows = listed(leader, {"state": "confirmed"}, 7)
    moments = [row["found_at"] for row in rows]
    assert moments == sorted(moments, reverse=True)
    assert {row["event_id"] for row in rows} == {row.event_id for row in alerts if row.state == "confirmed"}


def test_alerts_of_another_area_are_not_listed(stage: Stage, leader: User, alerts: list[Alert]) -> None:
    elsewhere = person_with(Role.LEADER, area=stage.town[OTHER_STREET])
    assert [listed(elsewhere, {"of": of}, 7) for of in ("raised", "acknowledged", "standing")] == [[], [], []]
    assert ask(elsewhere, LIST, area=stage.district.path).status_code == 404
    assert ask(stage.worker.user, LIST).status_code == 403  # type: ignore[arg-type]
    assert listed(stage.desk, {}, 7) == []


@pytest.mark.parametrize(
    "wrong",
    [{"of": "none_such"}, {"level": "5"}, {"state": "new"}, {"operator": "0"}, {"since": "today"}, {"subject_id": "x"},
     {"found_by": "grid_worker"}, {"first": "9999-12-31", "last": "9999-12-31"},
     {"first": "0001-01-01", "last": "0001-01-02"}, {"since": "0001-01-01T00:00:00+14:00"}],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused(leader: User, wrong: dict[str, Any]) -> None:
    assert ask(leader, LIST, **wrong).status_code == 422


def test_ten_minutes_that_lie_elsewhere_have_none(leader: User, alerts: list[Alert]) -> None:
    far = [{"since": moment} for moment in ("9999-12-31T23:59:59Z", "1970-01-01T00:00:00Z")]
    assert [listed(leader, query, 7) for query in far] == [[], []]


def test_the_list_costs_the_same_whatever_its_rows(
    leader: User, alerts: list[Alert], django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(17):
        assert len(ask(leader, LIST, in_floods=True, limit=50).json()["items"]) > 10
