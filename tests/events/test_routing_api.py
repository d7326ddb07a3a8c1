"""Rules over HTTP: written, replayed, switched on; and what they then do to events."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import OrgUnit, User
from accounts.roles import Role
from core.history.record import of_subject
from events.actions.perform import perform
from events.models import Event, ResponsibilityRow, RoutingRule
from events.models.routing import RULE_KIND
from events.moves import Move
from events.queries.catalogue import catalogue
from events.queries.replay import replay_rule
from events.queries.routing import forget, ground
from events.routing_shapes import ResponsibilityList, RoutingReplay, RoutingRuleList, RoutingRuleShape
from events.shapes import EventDetail
from tests.events.stage import GRID, OTHER_STREET, STREET, Stage, browser
from tests.factories import OrgUnitFactory, person_with

RULES = "/api/v1/routing-rules"
ROWS = "/api/v1/responsibilities"
LIST_STATEMENTS = 5


@pytest.fixture
def police(stage: Stage) -> OrgUnit:
    return OrgUnitFactory.create(code="gongan", name="公安分局")


def written(stage: Stage, who: User | None = None, **fields: Any) -> Any:
    values = {"name": "夜市", "expression": "text.contains('摆摊')", "lead_unit_code": "gongan"} | fields
    return browser(who or stage.chief).post(RULES, values, format="json")


def replayed(stage: Stage, rule: dict[str, Any], **body: Any) -> Any:
    return browser(stage.chief).post(f"{RULES}/{rule['id']}/replay", body, format="json")


def switched(who: User, rule: dict[str, Any], *, on: bool = True) -> Any:
    body = {"version": rule["version"], "on": on}
    return browser(who).post(f"{RULES}/{rule['id']}/switch", body, format="json")


def in_force(stage: Stage, **fields: Any) -> dict[str, Any]:
    """A rule that the duty chief has replayed and switched on."""
    rule = replayed(stage, written(stage, **fields).json()).json()["rule"]
    listed = switched(stage.chief, rule).json()["items"]
    forget()
    found: dict[str, Any] = next(one for one in listed if one["id"] == rule["id"])
    return found


def detail(stage: Stage, event: Event) -> dict[str, Any]:
    shown: dict[str, Any] = browser(stage.acceptor).get(f"/api/v1/events/{event.pk}").json()
    EventDetail.model_validate(shown)
    return shown


def test_the_duty_chief_writes_replays_and_switches_on(stage: Stage, police: OrgUnit) -> None:
    event = stage.report()
    stage.report(description="路灯不亮")
    answer = written(stage)
    assert answer.status_code == 201
    rule = RoutingRuleShape.model_validate(answer.json()).model_dump()
    assert (rule["state"], rule["may_switch_on"], rule["lead_unit_name"]) == ("draft", False, "公安分局")
    tried = replayed(stage, rule, days=7)
    shown = RoutingReplay.model_validate(tried.json())
    assert (shown.summary.examined, shown.summary.matched, shown.summary.changed) == (2, 1, 1)
    assert shown.items[0].id == event.pk
    assert (shown.items[0].now.lead, shown.items[0].then.lead) == ("城市管理局", "公安分局")
    assert (shown.items[0].now.lead_by, shown.items[0].then.lead_by) == ("type", "夜市")
    listed = switched(stage.chief, tried.json()["rule"])
    assert RoutingRuleList.model_validate(listed.json()).items[0].switched_by == "陈值班"
    assert [row.move for row in of_subject(RULE_KIND, rule["id"])] == ["write", "replay", "switch_on"]


def test_a_rule_that_was_not_replayed_since_its_last_edit_is_not_switched_on(stage: Stage, police: OrgUnit) -> None:
    rule = written(stage).json()
    refused = switched(stage.chief, rule)
    assert (refused.status_code, refused.json()["code"]) == (409, "rule_not_replayed")
    rule = replayed(stage, rule).json()["rule"]
    content = {
        "name": "夜市",
        "expression": "text.contains('烧烤')",
        "lead_unit_code": "gongan",
        "version": rule["version"],
    }
    edited = browser(stage.chief).put(f"{RULES}/{rule['id']}", content, format="json").json()
    assert (edited["edition"], edited["replay_is_current"]) == (2, False)
    assert switched(stage.chief, edited).json()["code"] == "rule_not_replayed"


def test_a_rule_in_force_is_changed_by_a_draft_that_replaces_it(stage: Stage, police: OrgUnit) -> None:
    rule = in_force(stage)
    content = {"name": "夜市", "expression": "true", "lead_unit_code": "gongan", "version": rule["version"]}
    refused = browser(stage.chief).put(f"{RULES}/{rule['id']}", content, format="json")
    assert (refused.status_code, refused.json()["code"]) == (409, "rule_in_force")
    stage.report(description="垃圾")
    draft = written(stage, expression="text.contains('垃圾')", replaces_id=rule["id"]).json()
    tried = replayed(stage, draft).json()
    assert tried["summary"]["changed"] == 1
    states = {one["id"]: one["state"] for one in switched(stage.chief, tried["rule"]).json()["items"]}
    assert states == {rule["id"]: "off", draft["id"]: "on"}


def test_a_rule_in_force_is_replayed_without_itself(stage: Stage, police: OrgUnit) -> None:
    rule = in_force(stage)
    stage.report()
    shown = replayed(stage, rule).json()
    assert (shown["items"][0]["now"]["lead"], shown["items"][0]["then"]["lead"]) == ("公安分局", "城市管理局")


def test_a_replay_from_the_command_tells_and_marks_nothing(stage: Stage, police: OrgUnit) -> None:
    event = stage.report()
    rule = written(stage).json()
    out = StringIO()
    call_command("replay_routing", str(rule["id"]), days=7, stdout=out)
    assert f"{event.number}  {event.title}  城市管理局 → 公安分局" in out.getvalue()
    assert "1 events, 1 match, 1 would change" in out.getvalue()
    assert RoutingRule.objects.get(pk=rule["id"]).replayed_edition is None
    with pytest.raises(CommandError):
        call_command("replay_routing", "99999")


def test_a_replay_reads_no_more_than_was_asked(stage: Stage, police: OrgUnit) -> None:
    for _ in range(3):
        stage.report()
    rule = written(stage).json()
    shown = replayed(stage, rule, count=2).json()["summary"]
    assert (shown["examined"], shown["truncated"]) == (2, False)


def test_a_replay_costs_the_same_statements_for_few_events_and_for_many(stage: Stage, police: OrgUnit) -> None:
    rule = RoutingRule.objects.get(pk=written(stage).json()["id"])
    actor = stage.chief.as_actor()
    counts = []
    for reports in (1, 4):
        for _ in range(reports):
            stage.report()
        ground()
        with CaptureQueriesContext(connection) as queries:
            replay_rule(rule, actor, days=1)
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"expression": "text.contains("}, 422, "expression_refused"),
        ({"expression": "levle == 1"}, 422, "expression_refused"),
        (
            {"expression": "areas.all(a, areas.all(b, areas.all(c, text.matches('.{300}.{300}'))))"},
            422,
            "expression_refused",
        ),
        ({"lead_unit_code": "nobody"}, 422, "rule_names_no_unit"),
        ({"lead_unit_code": "", "lead_office_code": "nobody"}, 422, "rule_names_no_unit"),
        ({"lead_unit_code": ""}, 422, "rule_decides_nothing"),
        ({"lead_unit_code": "", "note": "说明", "automatic": True}, 422, "invalid"),
        ({"level": 9}, 422, "invalid"),
        ({"replaces_id": 99999}, 404, "not_found"),
    ],
)
def test_a_rule_that_cannot_work_is_refused_in_words(
    stage: Stage, police: OrgUnit, fields: dict[str, Any], status: int, code: str
) -> None:
    answer = written(stage, **fields)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not RoutingRule.objects.exists()


def test_the_place_of_the_fault_is_told_while_typing_and_on_saving(stage: Stage, police: OrgUnit) -> None:
    body: dict[str, Any] = {"expression": "level == 1 &&\n  zone == 'a'"}
    checked = browser(stage.dispatcher).post(f"{RULES}/check", body, format="json").json()
    assert (checked["ok"], checked["line"], checked["column"]) == (False, 2, 3)
    assert "zone" in checked["message"]
    refused = written(stage, **body).json()
    assert (refused["line"], refused["column"]) == (2, 3)
    assert "第 2 行第 3 个字符" in refused["detail"]


def test_who_may_read_and_write_rules(stage: Stage, police: OrgUnit) -> None:
    rule = written(stage).json()
    street_chief = person_with(Role.DUTY_CHIEF, area=stage.town[STREET], unit=stage.centre)
    for reader in (stage.dispatcher, stage.acceptor, street_chief):
        listed = browser(reader).get(RULES)
        assert (listed.status_code, listed.json()["may_edit_site"]) == (200, False)
        assert written(stage, reader).status_code == 403
        assert switched(reader, rule).status_code == 403
    assert browser(stage.desk).get(RULES).status_code == 403
    assert browser(stage.desk).get(ROWS).status_code == 403
    assert browser(None).get(RULES).status_code == 401
    assert browser(stage.chief).get(f"{RULES}/99999").status_code == 404
    assert replayed(stage, {"id": 99999}).status_code == 404


def test_a_rule_that_dispatches_by_itself_is_switched_on_by_the_duty_chief_only(stage: Stage, police: OrgUnit) -> None:
    admin = person_with(Role.SYSTEM_ADMIN, area=stage.district)
    rule = replayed(stage, written(stage, admin, automatic=True).json()).json()["rule"]
    assert switched(admin, rule).status_code == 403
    assert switched(stage.chief, rule).status_code == 200


def test_offices_are_offered_by_their_kind(stage: Stage) -> None:
    for street in ("望江街道", "学府街道"):
        OrgUnitFactory.create(code=f"zhifa-{street}", name=f"{street}综合执法队", kind="office")
    rule = written(stage, lead_unit_code="", lead_office_code="zhifa").json()
    assert rule["lead_unit_name"] == "街道综合执法队"
    offered = browser(stage.chief).get(RULES).json()["offices"]
    assert offered == [{"code": "zhifa", "name": "街道综合执法队", "example": "望江街道综合执法队"}]


def test_a_stale_click_on_a_rule_is_told_who_was_faster(stage: Stage, police: OrgUnit) -> None:
    rule = replayed(stage, written(stage).json()).json()["rule"]
    other = stage.seat(Role.DUTY_CHIEF, name="吴值班")
    switched(other, rule)
    late = switched(stage.chief, rule)
    assert (late.status_code, late.json()["code"], late.json()["by"]) == (409, "already_taken", "吴值班")


def test_rules_are_put_in_order_against_the_order_that_was_seen(stage: Stage, police: OrgUnit) -> None:
    first, second = written(stage).json()["id"], written(stage, name="二").json()["id"]
    client = browser(stage.chief)
    done = client.post(f"{RULES}/order", {"seen": [first, second], "wanted": [second, first]}, format="json")
    assert [one["id"] for one in done.json()["items"]] == [second, first]
    late = client.post(f"{RULES}/order", {"seen": [first, second], "wanted": [first, second]}, format="json")
    assert (late.status_code, late.json()["code"]) == (409, "stale_version")


def test_a_removed_rule_is_gone_from_the_list_and_one_in_force_is_not_removed(stage: Stage, police: OrgUnit) -> None:
    rule = in_force(stage)
    client = browser(stage.chief)
    refused = client.post(f"{RULES}/{rule['id']}/remove", {"version": rule["version"]}, format="json")
    assert refused.json()["code"] == "rule_in_force"
    off = switched(stage.chief, rule, on=False).json()["items"][0]
    gone = client.post(f"{RULES}/{rule['id']}/remove", {"version": off["version"]}, format="json")
    assert gone.json()["items"] == []


def test_the_list_costs_a_fixed_number_of_statements(stage: Stage, police: OrgUnit) -> None:
    for number in range(3):
        written(stage, name=str(number))
    client = browser(stage.dispatcher)
    catalogue()
    with CaptureQueriesContext(connection) as queries:
        client.get(RULES)
    assert len(queries) <= LIST_STATEMENTS, [query["sql"] for query in queries]


def test_filing_keeps_on_the_event_who_should_lead_and_why(stage: Stage, police: OrgUnit) -> None:
    rule = in_force(stage, note="夜间由公安先行到场")
    event = stage.event_in("filed")
    shown = detail(stage, event)["routing"]
    assert shown["lead"] == {"id": police.pk, "name": "公安分局"}
    assert shown["lead_why"] == "按分派规则“夜市”（第 1 版）"
    assert (shown["lead_rule_id"], shown["notes"], shown["move"]) == (rule["id"], ["夜间由公安先行到场"], "file")
    english = browser(stage.acceptor).get(f"/api/v1/events/{event.pk}", headers={"Accept-Language": "en"}).json()
    assert english["routing"]["lead_why"] == "by the routing rule “夜市” (edition 1)"
    assert event.state == "filed"


def test_an_automatic_rule_dispatches_at_filing_by_the_system(stage: Stage, police: OrgUnit) -> None:
    in_force(stage, automatic=True, co_unit_codes=["chengguan"])
    event = stage.event_in("filed")
    assert (event.state, event.lead_unit_id) == ("dispatched", police.pk)
    shown = detail(stage, event)
    assert [(row["move"], row["role"]) for row in shown["history"]][-1] == ("dispatch", "system")
    assert {(order["unit"]["name"], order["role"]) for order in shown["work_orders"]} == {
        ("公安分局", "lead"),
        ("城市管理局", "co"),
    }


def test_a_dispatch_that_is_refused_leaves_the_event_for_a_dispatcher_and_shows_on_the_rule(
    stage: Stage, police: OrgUnit, django_capture_on_commit_callbacks: Any
) -> None:
    rule = in_force(stage, automatic=True)
    ground()
    OrgUnit.objects.filter(pk=police.pk).update(is_active=False)
    event = stage.report()
    with django_capture_on_commit_callbacks(execute=True):
        filed = perform(event.pk, Move.FILE, stage.acceptor.as_actor(), event.version, condition_id=stage.condition.pk)
    assert filed.state == "filed"
    assert RoutingRule.objects.get(pk=rule["id"]).problem


def test_a_rule_that_breaks_off_is_named_on_the_event_and_on_the_rule(
    stage: Stage, police: OrgUnit, django_capture_on_commit_callbacks: Any
) -> None:
    rule = in_force(stage)
    RoutingRule.objects.filter(pk=rule["id"]).update(expression="areas[9] == 'x'")
    forget()
    with django_capture_on_commit_callbacks(execute=True):
        event = stage.event_in("filed")
    assert "夜市" in detail(stage, event)["routing"]["skipped"][0]
    assert browser(stage.chief).get(RULES).json()["items"][0]["problem"]


def test_the_matrix_is_kept_by_those_who_answer_for_the_area(stage: Stage, police: OrgUnit) -> None:
    street_chief = person_with(Role.DUTY_CHIEF, area=stage.town[STREET], unit=stage.centre)
    body = {"type_code": stage.kind.code, "area_path": GRID, "unit_id": police.pk, "responder_id": stage.worker.pk}
    made = browser(stage.chief).post(ROWS, body, format="json")
    assert made.status_code == 201
    mine = browser(street_chief).post(ROWS, body | {"area_path": STREET, "responder_id": None}, format="json")
    assert mine.status_code == 201
    forget()
    event = stage.event_in("filed")
    shown = detail(stage, event)["routing"]
    assert (shown["lead"]["name"], shown["responsible"]["name"]) == ("公安分局", "孙网格")
    assert shown["lead_why"] == f"按责任清单：{stage.kind.name} · {GRID}"
    listed = browser(stage.dispatcher).get(ROWS).json()
    assert ResponsibilityList.model_validate(listed).items[0].may_edit is False
    again = browser(stage.chief).post(ROWS, body, format="json")
    assert (again.status_code, again.json()["code"]) == (409, "responsibility_exists")
    outside = browser(street_chief).post(ROWS, body | {"area_path": OTHER_STREET}, format="json")
    assert outside.status_code == 403


def test_rows_of_the_matrix_are_edited_and_removed_with_a_version(stage: Stage, police: OrgUnit) -> None:
    client = browser(stage.chief)
    body = {"main_class": "街面秩序", "area_path": STREET, "unit_id": police.pk}
    row = client.post(ROWS, body, format="json").json()
    edited = client.put(f"{ROWS}/{row['id']}", body | {"note": "试行", "version": row["version"]}, format="json").json()
    assert (edited["note"], edited["version"]) == ("试行", 2)
    late = client.put(f"{ROWS}/{row['id']}", body | {"version": 1}, format="json")
    assert (late.status_code, late.json()["code"]) == (409, "stale_version")
    gone = client.post(f"{ROWS}/{row['id']}/remove", {"version": 2}, format="json")
    assert gone.json() == {"items": []}
    assert not ResponsibilityRow.objects.exists()


def test_people_who_can_answer_for_an_area_are_offered_to_the_desk_only(stage: Stage) -> None:
    worker, collector = stage.worker, stage.collector
    asked = {"area_path": STREET}
    offered = browser(stage.dispatcher).get(f"{ROWS}/people", asked).json()["items"]
    assert {one["name"] for one in offered} == {worker.name, collector.name}
    assert browser(stage.desk).get(f"{ROWS}/people", asked).status_code == 403
    assert browser(stage.dispatcher).get(f"{ROWS}/people", {"area_path": "nowhere"}).json() == {"items": []}


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"type_code": "no_such_type", "main_class": ""}, 422),
        ({"main_class": "没有的大类"}, 422),
        ({"main_class": ""}, 422),
        ({"unit_id": 99999}, 422),
        ({"area_path": "nowhere"}, 404),
        ({"responder_id": 99999}, 404),
    ],
)
def test_a_row_that_names_what_is_not_there_is_refused(
    stage: Stage, police: OrgUnit, fields: dict[str, Any], status: int
) -> None:
    admin = person_with(Role.SYSTEM_ADMIN, area=stage.district)
    body = {"main_class": "街面秩序", "area_path": STREET, "unit_id": police.pk} | fields
    assert browser(admin).post(ROWS, body, format="json").status_code == status


def test_a_rule_gives_a_report_to_the_centre_of_its_street_and_says_so(stage: Stage) -> None:
    street = stage.town[STREET]
    centre = OrgUnitFactory.create(
        kind="centre", code="street-centre", name="街道指挥室", parent=stage.centre, area_path=street.path,
        area_level="street", area_key=street.pk,
    )  # fmt: skip
    in_force(stage, expression="source == 'grid_worker'", lead_unit_code="", owner_level="street", level=2)
    event = stage.report(source="grid_worker")
    assert (event.owner_unit, event.level) == (centre, 2)
    assert event.routing is not None
    assert event.routing["owner"]["unit"] == "街道指挥室"
    assert stage.report(source="inspection").owner_unit == stage.centre
