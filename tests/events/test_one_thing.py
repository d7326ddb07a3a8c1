"""One thing: every department by one click, one picture of how far it has come."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import OrgUnit, User
from accounts.roles import Role
from core.clock import now
from events.actions.catalogue import load
from events.actions.perform import perform
from events.catalogue_files import read_files
from events.models import Event
from events.moves import Move
from events.queries.detail import orders_of
from events.queries.one_thing import co_units_of, progress_of
from events.rules.progress import AFTER_HANDLING, BEFORE_HANDLING, percent, step_states
from tests.events.stage import Stage, browser
from tests.factories import OrgUnitFactory, person_with

FILES = read_files()
GOODS = next(pack for pack in FILES.scenarios if pack.code == "hazardous_goods")


@pytest.fixture
def departments(stage: Stage) -> dict[str, User]:
    """Every department of the pack, with somebody at its desk."""
    load(FILES)
    wanted = {GOODS.lead.unit, *(leg.unit for leg in GOODS.co_handling)} - {stage.department.code}
    units = [OrgUnitFactory.create(code=code) for code in sorted(wanted)] + [stage.department]
    return {unit.code: person_with(Role.DEPARTMENT_DESK, unit=unit) for unit in units}


def picture(event: Event) -> dict[str, Any]:
    fresh = Event.objects.select_related("type", "scenario").get(pk=event.pk)
    found = progress_of(fresh, orders_of(event.pk), now())
    assert found is not None
    return found


def dispatched(stage: Stage, departments: dict[str, User]) -> Event:
    event = stage.report(type_code="hazardous_goods")
    condition = event.type.conditions.get(code="leak")
    event = perform(event.pk, Move.FILE, stage.acceptor.as_actor(), condition_id=condition.pk)
    event = Event.objects.select_related("scenario").get(pk=event.pk)
    lead = OrgUnit.objects.get(code=GOODS.lead.unit)
    return perform(event.pk, Move.DISPATCH, stage.dispatcher.as_actor(), unit_id=lead.pk, co_units=co_units_of(event))


def test_before_the_click_every_department_is_planned(stage: Stage, departments: dict[str, User]) -> None:
    shown = picture(stage.report(type_code="hazardous_goods"))
    assert shown["percent"] == BEFORE_HANDLING["reported"]
    assert [leg["part"] for leg in shown["legs"]] == ["lead"] + ["competent"] * 6 + ["handling"] * 12
    assert {leg["state"] for leg in shown["legs"]} == {"planned"}
    assert all(leg["unit"] for leg in shown["legs"])


def test_one_click_opens_a_leg_for_every_department_with_the_packs_own_limits(
    stage: Stage, departments: dict[str, User]
) -> None:
    event = dispatched(stage, departments)
    orders = orders_of(event.pk)
    assert len(orders) == 19
    assert sum(order.is_mandatory for order in orders) == 1 + sum(leg.mandatory for leg in GOODS.co_handling)
    shown = picture(event)
    assert {leg["state"] for leg in shown["legs"]} == {"issued"}
    assert {leg["light"] for leg in shown["legs"]} == {"green"}


def test_the_picture_fills_as_the_mandatory_legs_are_done(stage: Stage, departments: dict[str, User]) -> None:
    event = dispatched(stage, departments)
    seen = [picture(event)["percent"]]
    perform(event.pk, Move.SIGN, departments["yingji"].as_actor())
    seen.append(picture(event)["percent"])
    for code in (leg.unit for leg in GOODS.co_handling if leg.mandatory):
        desk = departments[code].as_actor()
        perform(event.pk, Move.SIGN_LEG, desk)
        perform(event.pk, Move.FINISH_LEG, desk, note="已处置")
        seen.append(picture(event)["percent"])
    assert seen == sorted(set(seen))
    assert seen[-1] < AFTER_HANDLING["handled"]
    done = {leg["unit_code"] for leg in picture(event)["legs"] if leg["state"] == "done"}
    assert done == {leg.unit for leg in GOODS.co_handling if leg.mandatory}


def test_the_desk_sees_the_picture_in_the_events_detail(stage: Stage, departments: dict[str, User]) -> None:
    event = dispatched(stage, departments)
    body = browser(stage.dispatcher).get(f"/api/v1/events/{event.pk}").json()
    assert body["progress"]["number"] == 17
    assert len(body["progress"]["legs"]) == 19
    assert [step["state"] for step in body["progress"]["steps"]].count("current") == 1
    links = [link for scene in body["progress"]["scenes"] for link in scene["links"]]
    points = [point for link in links for point in link["points"]]
    assert (len(body["progress"]["scenes"]), len(links), len(points)) == (4, 24, 43)
    assert {points[0]["checked_by"], links[0]["unit"]} == {OrgUnit.objects.get(code="yingji").name}
    verify = body["progress"]["steps"][0]
    assert (verify["limit"], verify["evidence"]) == ({"type": "urgent_hours", "amount": 0.25}, ["verification"])
    assert [asked["purpose"] for asked in body["progress"]["evidence"]] == [
        "evidence", "verification", "after", "check",
    ]  # fmt: skip


def test_the_desk_opens_all_legs_of_a_scenario_over_the_api(stage: Stage, departments: dict[str, User]) -> None:
    event = stage.report(type_code="hazardous_goods")
    condition = event.type.conditions.get(code="leak")
    event = perform(event.pk, Move.FILE, stage.acceptor.as_actor(), condition_id=condition.pk)
    shown = picture(event)["legs"]
    body = {
        "version": event.version,
        "unit_id": shown[0]["unit"]["id"],
        "co_units": [
            {"unit_id": leg["unit"]["id"], "mandatory": leg["mandatory"], "note": leg["text"]} for leg in shown[1:]
        ],
    }
    answer = browser(stage.dispatcher).post(f"/api/v1/events/{event.pk}/moves/dispatch", body, format="json")
    assert answer.status_code == 200, answer.json()
    assert len(answer.json()["work_orders"]) == 19


def test_an_event_without_a_scenario_has_no_picture(stage: Stage) -> None:
    event = stage.report()
    assert progress_of(event, (), now()) is None
    assert browser(stage.acceptor).get(f"/api/v1/events/{event.pk}").json()["progress"] is None


@given(st.lists(st.sampled_from(["issued", "signed", "assigned", "returned", "done", "waived", "withdrawn"])))
def test_handling_stays_between_dispatch_and_feedback(legs: list[Any]) -> None:
    assert BEFORE_HANDLING["dispatched"] <= percent("handling", legs) <= AFTER_HANDLING["handled"]


@pytest.mark.parametrize("pack", FILES.scenarios, ids=lambda pack: pack.code)
def test_every_step_of_a_pack_comes_in_its_turn(pack: Any) -> None:
    codes = [step.code for step in pack.steps]
    places = [
        step_states(codes, state).index("current") for state in ("reported", "filed", "handling", "checking", "checked")
    ]
    assert places == sorted(places)
    assert set(step_states(codes, "closed")) == {"done"}
    assert set(step_states(codes, "rejected")) == {"waiting"}
