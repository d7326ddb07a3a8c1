"""What the site allows the public is set on a page: within bounds, by one administrator after the other."""

from datetime import timedelta
from typing import Any

import pytest
from psycopg2.extras import DateTimeTZRange

from accounts.models import User
from accounts.roles import Role
from core.clock import as_of, now
from core.history.record import of_subject
from events.actions.perform import perform
from events.actions.public_rules import PUBLIC_RULES_KIND
from events.models import HeldReport, PublicRules, Reporter
from events.moves import Move
from events.queries.public_rules import public_rules
from events.rules.public_rules import BOUNDS
from grids.models import AreaBoundary
from tests.events.stage import Stage, browser
from tests.factories import person_with
from tests.grids.town import DISTRICT

RULES = "/api/v1/public-rules"
USUAL = {bound.field: bound.usual for bound in BOUNDS}
TRIED = {"near_metres": 30, "near_minutes": 10, "near_reports": 2, "contact_kept_days": 30}
FIRE = {"number": "119", "words": ["起火", " 冒烟 "]}


@pytest.fixture
def admin(stage: Stage) -> User:
    AreaBoundary.objects.update(validity=DateTimeTZRange(now() - timedelta(days=400), None))
    return person_with(Role.SYSTEM_ADMIN, area=stage.town.areas[DISTRICT], name="许管理")


def put(user: User, *, version: int = 0, **fields: Any) -> Any:
    body = USUAL | {"urgent_words": [], "version": version} | fields
    return browser(user).put(RULES, body, format="json")


def faults(answer: Any) -> tuple[int, list[tuple[str, str]]]:
    return answer.status_code, [(one["field"], one["code"]) for one in answer.json().get("errors", [])]


def test_what_nobody_has_set_is_the_usual(admin: User) -> None:
    told = browser(admin).get(RULES).json()
    assert (told["version"], told["set_by"], told["may_edit"]) == (0, "", True)
    assert told["values"] == USUAL | {"urgent_words": []}
    assert {"field": "proof_bits", "usual": 12, "least": 0, "most": 22} in told["bounds"]
    assert "119" in [one["number"] for one in told["usual_words"]]


def test_the_model_and_the_bounds_agree_on_what_is_usual() -> None:
    assert {name: getattr(PublicRules(), name) for name in USUAL} == USUAL


def test_what_is_set_holds_for_the_next_report(admin: User) -> None:
    answer = put(admin, reports_held_above=3, urgent_words=[FIRE])
    assert answer.status_code == 200
    assert (answer.json()["version"], answer.json()["set_by"]) == (1, "许管理")
    assert public_rules().reports_held_above == 3
    assert public_rules().urgent_words == [{"number": "119", "words": ["起火", "冒烟"]}]


def test_history_says_who_set_which_field_from_what_to_what(admin: User) -> None:
    put(admin, near_metres=50)
    put(admin, version=1, near_metres=60, minimum_seconds=8)
    newest, first = browser(admin).get(f"{RULES}/history").json()["items"]
    assert (newest["by"], newest["name"]) == ("许管理", "")
    assert {(one["field"], one["before"], one["after"]) for one in newest["fields"]} == {
        ("near_metres", 50, 60),
        ("minimum_seconds", 5, 8),
    }
    assert first["fields"] == [{"field": "near_metres", "before": 30, "after": 50}]
    rows = of_subject(PUBLIC_RULES_KIND, PublicRules.objects.get().pk)
    assert [(row.actor_id, row.role, row.to_state) for row in rows] == [
        (admin.pk, "system_admin", "v1"),
        (admin.pk, "system_admin", "v2"),
    ]


def test_the_second_of_two_administrators_is_told(admin: User) -> None:
    put(admin, near_metres=50)
    late = put(admin, near_metres=70)
    assert (late.status_code, late.json()["code"], late.json()["current_version"]) == (409, "stale_version", 1)
    assert public_rules().near_metres == 50


@pytest.mark.parametrize("bound", BOUNDS, ids=[bound.field for bound in BOUNDS])
def test_every_number_has_its_bounds(admin: User, bound: Any) -> None:
    too_much = put(admin, **{"reports_refused_above": 5000, bound.field: bound.most + 1})
    too_little = put(admin, **{bound.field: bound.least - 1})
    assert (bound.field, "out_of_range") in faults(too_much)[1]
    assert (bound.field, "out_of_range") in faults(too_little)[1]
    assert not PublicRules.objects.exists()


@pytest.mark.parametrize(
    ("lists", "code"),
    [
        ([{"number": "火警", "words": ["起火"]}], "number"),
        ([{"number": "119", "words": []}], "words"),
        ([{"number": "119", "words": ["  "]}], "word"),
        ([{"number": "119", "words": ["起火" * 20]}], "word"),
        ([{"number": "119", "words": ["起火"]}] * 11, "too_many"),
    ],
)
def test_urgent_words_belong_to_a_telephone_number(admin: User, lists: Any, code: str) -> None:
    status, found = faults(put(admin, urgent_words=lists))
    assert (status, [one for _, one in found]) == (422, [code])


def test_a_number_is_listed_once(admin: User) -> None:
    assert faults(put(admin, urgent_words=[FIRE, FIRE])) == (422, [("urgent_words.1", "twice")])


def test_nobody_is_refused_before_somebody_would_be_held(admin: User) -> None:
    answer = put(admin, reports_held_above=50, reports_refused_above=20)
    assert faults(answer) == (422, [("reports_refused_above", "below_held")])


def test_a_draft_is_tried_on_the_reports_of_the_last_month(admin: User, stage: Stage) -> None:
    crowd = [stage.report(source="snapshot") for _ in range(4)]
    with as_of(now() - timedelta(days=40)):
        stage.report(source="snapshot")
    HeldReport.objects.create(
        receipt="H" * 12, channel="snapshot", description="人多", area_path=stage.district.path,
        reasons=["too_fast", "no_place"], created_at=now(),
    )  # fmt: skip
    told = browser(admin).post(f"{RULES}/trial", TRIED, format="json").json()
    assert (told["events"], told["examined"], told["held"]) == (len(crowd), len(crowd), 1)
    assert (told["crowded_now"], told["crowded_then"]) == (0, 2)
    assert told["reasons"] == [{"reason": "too_fast", "count": 1}, {"reason": "no_place", "count": 1}]


def test_a_shorter_time_tells_how_many_contacts_it_erases(admin: User, stage: Stage) -> None:
    with as_of(now() - timedelta(days=60)):
        over = stage.report(source="hotline_12345")
        perform(over.pk, Move.REJECT, stage.acceptor.as_actor(), reason="不属于本区")
    reporter, _ = Reporter.objects.get_or_create(
        event=over, defaults={"channel": "hotline_12345", "receipt": "R" * 12, "created_at": over.reported_at}
    )
    Reporter.objects.filter(pk=reporter.pk).update(contact_name="王女士", contact_phone="13800000000")
    told = browser(admin).post(f"{RULES}/trial", TRIED, format="json").json()
    longer = browser(admin).post(f"{RULES}/trial", TRIED | {"contact_kept_days": 90}, format="json").json()
    assert (told["contacts_kept"], told["contacts_erased"], longer["contacts_erased"]) == (1, 1, 0)


def test_a_draft_outside_the_bounds_is_not_tried(admin: User) -> None:
    answer = browser(admin).post(f"{RULES}/trial", TRIED | {"near_metres": 0}, format="json")
    assert answer.status_code == 422


@pytest.mark.parametrize("role", [Role.GRID_ADMIN, Role.DUTY_CHIEF, Role.LEADER])
def test_who_answers_for_cases_reads_and_does_not_set(stage: Stage, role: str) -> None:
    reader = stage.seat(role)
    assert browser(reader).get(RULES).json()["may_edit"] is False
    assert browser(reader).get(f"{RULES}/history").status_code == 200
    assert put(reader).status_code == 403
    assert browser(reader).post(f"{RULES}/trial", TRIED, format="json").status_code == 403


@pytest.mark.parametrize("path", [RULES, f"{RULES}/history"])
def test_others_do_not_read_them(stage: Stage, path: str) -> None:
    assert browser(stage.acceptor).get(path).status_code == 403


def test_reading_them_costs_one_statement_and_a_trial_six(admin: User, django_assert_max_num_queries: Any) -> None:
    put(admin, near_metres=40)
    client = browser(admin)
    client.get(RULES)
    with django_assert_max_num_queries(4):
        client.get(RULES)
    with django_assert_max_num_queries(12):
        client.post(f"{RULES}/trial", TRIED, format="json")
