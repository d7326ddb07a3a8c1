"""Rules of an area are its own chief's, and are asked before the site-wide ones."""

from typing import Any

import pytest

from accounts.models import OrgUnit, User
from accounts.roles import Role
from events.models import Event, RoutingRule
from events.queries.routing import forget, ground
from events.routing_shapes import RoutingReplay, RoutingRuleList, RoutingRuleShape
from tests.events.stage import OTHER_STREET, STREET, Stage, browser
from tests.factories import OrgUnitFactory, person_with

RULES = "/api/v1/routing-rules"


@pytest.fixture
def units(stage: Stage) -> list[OrgUnit]:
    return [OrgUnitFactory.create(code=code, name=code) for code in ("gongan", "xiaofang")]


@pytest.fixture
def chief(stage: Stage) -> User:
    """The duty chief of one street."""
    return person_with(Role.DUTY_CHIEF, area=stage.town.areas[STREET], name="街道值班长")


def write(who: User, **fields: Any) -> Any:
    values = {"name": "街道夜市", "expression": "true", "lead_unit_code": "gongan", "area_path": STREET} | fields
    return browser(who).post(RULES, values, format="json")


def act(who: User, rule: dict[str, Any], what: str, **body: Any) -> Any:
    return browser(who).post(f"{RULES}/{rule['id']}/{what}", body, format="json")


def in_force(who: User, **fields: Any) -> dict[str, Any]:
    written = write(who, **fields)
    assert written.status_code == 201, written.json()
    rule = act(who, written.json(), "replay").json()["rule"]
    listed = act(who, rule, "switch", version=rule["version"], on=True).json()["items"]
    forget()
    found: dict[str, Any] = next(one for one in listed if one["id"] == rule["id"])
    return found


def lead_of(event: Event) -> str:
    assert event.routing is not None
    return str(event.routing["lead"]["unit"])


def test_a_streets_chief_writes_replays_and_switches_on_rules_of_the_street(
    stage: Stage, units: list[OrgUnit], chief: User
) -> None:
    rule = RoutingRuleShape.model_validate(in_force(chief))
    assert (rule.state, rule.area_path, rule.area_label, rule.may_edit) == (
        "on",
        STREET,
        stage.town.areas[STREET].name,
        True,
    )


def test_a_rule_of_the_area_is_asked_before_the_site_wide_ones_and_for_its_places_alone(
    stage: Stage, units: list[OrgUnit], chief: User
) -> None:
    in_force(stage.chief, name="全区", area_path="", lead_unit_code="xiaofang")
    in_force(chief)
    assert [rule.name for rule in ground().rules] == ["街道夜市", "全区"]
    assert lead_of(stage.report()) == "gongan"
    RoutingRule.objects.filter(name="街道夜市").update(area_path=OTHER_STREET)
    forget()
    assert lead_of(stage.report()) == "xiaofang"


def test_a_streets_chief_changes_neither_the_sites_rules_nor_another_streets(
    stage: Stage, units: list[OrgUnit], chief: User
) -> None:
    site = in_force(stage.chief, area_path="")
    other = write(stage.chief, area_path=OTHER_STREET).json()
    assert write(chief, area_path="").status_code == 403
    assert write(chief, area_path=OTHER_STREET).status_code == 403
    for rule in (site, other):
        assert act(chief, rule, "switch", version=rule["version"], on=False).status_code == 403
        assert act(chief, rule, "replay").status_code == 403
        assert act(chief, rule, "remove", version=rule["version"]).status_code == 403
    assert browser(chief).post(f"{RULES}/order", {"seen": [], "wanted": []}, format="json").status_code == 403
    assert write(stage.dispatcher).status_code == 403


def test_a_rule_is_not_moved_out_of_its_chiefs_area(stage: Stage, units: list[OrgUnit], chief: User) -> None:
    rule = write(chief).json()
    body = {"name": "街道夜市", "expression": "true", "lead_unit_code": "gongan", "version": rule["version"]}
    address = f"{RULES}/{rule['id']}"
    assert browser(chief).put(address, body | {"area_path": OTHER_STREET}, format="json").status_code == 403
    assert browser(chief).put(address, body, format="json").status_code == 403
    assert browser(chief).put(address, body | {"area_path": STREET}, format="json").status_code == 200


def test_what_replaces_a_rule_stays_in_its_area(stage: Stage, units: list[OrgUnit], chief: User) -> None:
    rule = in_force(chief)
    draft = write(chief, name="改过", area_path="", replaces_id=rule["id"])
    assert (draft.status_code, draft.json()["area_path"]) == (201, STREET)


def test_a_replay_stays_within_the_rules_area_and_what_its_reader_may_see(
    stage: Stage, units: list[OrgUnit], chief: User
) -> None:
    stage.report()
    far = stage.report()
    Event.objects.filter(pk=far.pk).update(area_path=OTHER_STREET)
    tried = RoutingReplay.model_validate(act(stage.chief, write(chief).json(), "replay").json())
    assert (tried.summary.examined, tried.summary.matched) == (1, 1)


def test_rules_of_an_area_are_put_in_order_among_themselves(stage: Stage, units: list[OrgUnit], chief: User) -> None:
    site = in_force(stage.chief, area_path="")
    one, two = (write(chief, name=name).json()["id"] for name in ("一", "二"))
    body = {"seen": [one, two], "wanted": [two, one], "area_path": STREET}
    answer = browser(chief).post(f"{RULES}/order", body, format="json")
    assert [rule["id"] for rule in answer.json()["items"]] == [two, one, site["id"]]
    assert browser(chief).post(f"{RULES}/order", body, format="json").json()["code"] == "stale_version"


def test_the_list_says_where_its_reader_may_write(stage: Stage, units: list[OrgUnit], chief: User) -> None:
    mine = RoutingRuleList.model_validate(browser(chief).get(RULES).json())
    assert (mine.may_edit, mine.may_edit_site, [area.path for area in mine.areas]) == (True, False, [STREET])
    districts = RoutingRuleList.model_validate(browser(stage.chief).get(RULES).json())
    assert (districts.may_edit_site, STREET in [area.path for area in districts.areas]) == (True, True)
    reads = RoutingRuleList.model_validate(browser(stage.dispatcher).get(RULES).json())
    assert (reads.may_edit, reads.areas) == (False, [])


def test_a_rule_of_no_area_is_refused(stage: Stage, units: list[OrgUnit]) -> None:
    answer = write(stage.chief, area_path="3299.05.nowhere")
    assert (answer.status_code, answer.json()["code"]) == (422, "rule_of_no_area")
