"""Reports from the public that a person looks at first."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from events.models import Event, PublicRules, Reporter
from events.public_shapes import HeldReportPage
from notify.actions.expand import expand_notices
from notify.models import Message
from tests.events.public import PUBLIC, held, numbers, progress, receipt_of, report, worked
from tests.events.stage import HERE, OTHER_STREET, Stage, browser, picture, upload_of
from tests.factories import person_with

pytestmark = pytest.mark.usefixtures("public_rules")


@pytest.mark.parametrize(
    ("fields", "rules_", "reasons"),
    [
        ({"website": "http://x"}, {}, ["trapped"]),
        ({}, {"minimum_seconds": 60}, ["too_fast"]),
        ({"type_code": ""}, {}, ["no_kind"]),
        ({"lng": None, "lat": None, "address": "某条路"}, {}, ["no_place"]),
        ({"lng": None, "lat": None, "address": "望江街道荷花社区东门"}, {}, ["no_place"]),
    ],
)
def test_what_lacks_something_or_looks_wrong_is_held_with_its_reasons(
    stage: Stage, fields: dict[str, Any], rules_: dict[str, Any], reasons: list[str]
) -> None:
    PublicRules.objects.update(**rules_)
    kept = held(stage, **fields)
    assert (kept.reasons, kept.state) == (reasons, "waiting")
    assert not Event.objects.exists()
    assert progress(kept.receipt).stage == "reported"


def test_the_same_words_again_are_held(stage: Stage) -> None:
    receipt_of(report(stage, description="湖滨路口路灯坏了三天没有人修"))
    assert held(stage, description="湖滨路口，路灯坏了三天，没有人修！").reasons == ["same_text"]


def test_many_at_one_place_and_many_from_one_network_are_held(stage: Stage) -> None:
    PublicRules.objects.update(near_reports=2, reports_held_above=3)
    for text in ("下水道堵了污水外溢", "道路上有很多垃圾没清理"):
        receipt_of(report(stage, description=text))
    assert held(stage, description="树枝断了挡住人行道").reasons == ["many_at_one_place"]
    assert held(stage, description="井盖松动车过有响声", lng=HERE[0] + 0.002).reasons == ["many_from_one_network"]


def test_too_many_from_one_network_are_refused_with_the_numbers_to_call(stage: Stage) -> None:
    PublicRules.objects.update(reports_refused_above=1)
    receipt_of(report(stage))
    answer = report(stage)
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_requests")
    assert "12345" in answer.json()["detail"]


def test_each_network_is_counted_by_the_address_that_our_front_saw(stage: Stage) -> None:
    PublicRules.objects.update(reports_refused_above=1)
    body = {"description": "路面有个大坑很危险", "type_code": stage.kind.code, "lng": HERE[0], "lat": HERE[1]}

    def send(forwarded: str, peer: str = "127.0.0.1") -> int:
        words = {"description": f"路面有个大坑很危险 {next(numbers)}", **worked()}
        return (
            browser(None)
            .post(
                f"{PUBLIC}/reports",
                body | words,
                format="json",
                headers={"X-Forwarded-For": forwarded},
                REMOTE_ADDR=peer,
            )
            .status_code
        )

    assert send("6.6.6.6, 5.5.5.5") == 201
    assert send("7.7.7.7, 5.5.5.5") == 429, "what a client writes itself is not believed"
    assert send("8.8.8.8") == 201
    assert send("9.9.9.9", peer="4.4.4.4") == 201
    assert send("1.2.3.4", peer="4.4.4.4") == 429, "a stranger's header is not believed"


def test_the_acceptor_sees_held_reports_of_the_area_and_makes_one_an_event(stage: Stage) -> None:
    photo = browser(None).post(f"{PUBLIC}/uploads", {"file": upload_of(picture())}).json()["token"]
    kept = held(stage, type_code="", contact_phone="13800000000", upload_tokens=[photo])
    client = browser(stage.acceptor)
    page = HeldReportPage.model_validate(client.get("/api/v1/held-reports").json())
    assert [(row.id, row.has_contact) for row in page.items] == [(kept.pk, True)]
    assert client.get(page.items[0].photos[0].thumb_url).status_code == 200
    body = {"type_code": stage.kind.code}
    answer = client.post(f"/api/v1/held-reports/{kept.pk}/accept", body, format="json")
    event = Event.objects.get(pk=answer.json()["event_id"])
    reporter = Reporter.objects.get(event=event)
    assert (reporter.receipt, reporter.contact_phone, event.source) == (kept.receipt, "13800000000", "snapshot")
    assert event.attachments.count() == 1
    assert progress(kept.receipt).number == event.number
    again = client.post(f"/api/v1/held-reports/{kept.pk}/reject", {"reason": "无"}, format="json")
    assert (again.status_code, again.json()["code"]) == (409, "report_decided")


def test_photos_that_a_second_report_took_do_not_keep_the_first_from_being_taken(stage: Stage) -> None:
    """Sent again with a kind, because the answer to the first was lost: the same photos, another submission."""
    token = browser(None).post(f"{PUBLIC}/uploads", {"file": upload_of(picture())}).json()["token"]
    first = held(stage, type_code="", upload_tokens=[token])
    receipt_of(report(stage, description="路灯不亮三天了没人来修", upload_tokens=[token]))
    body = {"type_code": stage.kind.code}
    answer = browser(stage.acceptor).post(f"/api/v1/held-reports/{first.pk}/accept", body, format="json")
    assert answer.status_code == 200, answer.json()
    first.refresh_from_db()
    assert first.state == "accepted"
    assert sorted(event.attachments.count() for event in Event.objects.all()) == [0, 1]


def test_what_has_no_place_needs_one_to_become_an_event(stage: Stage) -> None:
    kept = held(stage, lng=None, lat=None, address="某条路")
    client, address = browser(stage.acceptor), f"/api/v1/held-reports/{kept.pk}/accept"
    assert client.post(address, {}, format="json").json()["code"] == "place_or_address_needed"
    assert client.post(address, {"lng": HERE[0], "lat": HERE[1]}, format="json").status_code == 200


def test_a_rejected_one_tells_its_reason_under_the_receipt_and_is_not_lost(stage: Stage, settings: Any) -> None:
    settings.NOTIFY_CHANNELS = {"smtp": "", "sms": "file", "phone": ""}
    kept = held(stage, website="x", contact_phone="13800000000")
    client = browser(stage.acceptor)
    client.post(f"/api/v1/held-reports/{kept.pk}/reject", {"reason": "广告内容"}, format="json")
    told = progress(kept.receipt)
    assert (told.stage, told.answer) == ("rejected", "广告内容")
    expand_notices()
    assert Message.objects.get(recipient=f"held:{kept.pk}").address == "13800000000"


def test_held_reports_are_hidden_from_other_areas_and_from_other_posts(stage: Stage) -> None:
    kept = held(stage, website="x")
    stranger = browser(person_with(Role.ACCEPTOR, area=stage.town[OTHER_STREET]))
    assert stranger.get("/api/v1/held-reports").json()["items"] == []
    assert stranger.post(f"/api/v1/held-reports/{kept.pk}/reject", {"reason": "无"}, format="json").status_code == 404
    operator = browser(stage.operator)
    assert operator.post(f"/api/v1/held-reports/{kept.pk}/reject", {"reason": "无"}, format="json").status_code == 403
    assert browser(None).get("/api/v1/held-reports").status_code == 401


def test_the_acceptor_is_told_that_a_report_waits(stage: Stage) -> None:
    acceptor = stage.acceptor
    held(stage, website="x")
    expand_notices()
    assert list(Message.objects.values_list("user_id", "kind")) == [(acceptor.pk, "report_held")]


def test_the_same_submission_from_two_tabs_at_once_makes_one_event(stage: Stage) -> None:
    """The second waits at the submission's lock and finds what the first has made; here it comes right after."""
    proof = worked()
    first = receipt_of(report(stage, description="路口井盖不见了很危险", **proof))
    with CaptureQueriesContext(connection) as queries:
        second = receipt_of(report(stage, description="路口井盖不见了很危险", **proof))
    assert first == second
    locks = [query["sql"] for query in queries.captured_queries if "pg_advisory_xact_lock" in query["sql"]]
    assert len(locks) == 1
