"""The public: reporting, joining, following, rating and asking again, without an account and without seeing inside."""

import hashlib
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from core.clock import as_of, now
from core.models import HistoryRow, OutboxMessage
from core.redis import client as redis_client
from core.redis import key
from events.actions.contacts import erase_contacts
from events.actions.evaluate import evaluate_event
from events.actions.perform import perform
from events.models import Attachment, Evaluation, Event, HeldReport, PublicRules, Reporter
from events.moves import Move
from events.public_shapes import HeldReportPage, NearReports, PublicProgress, PublicSite, ReporterList
from events.receipts import new_challenge, plain_receipt
from events.rules.spam import proves
from notify.actions.deliver import send_due
from notify.actions.expand import expand_notices
from notify.models import Delivery, Message
from tests.events.stage import HERE, OTHER_STREET, Stage, browser, picture, upload_of
from tests.factories import person_with

PUBLIC = "/api/v1/public"
BITS = 4


@pytest.fixture(autouse=True)
def rules(stage: Stage) -> PublicRules:
    """Little work, and nobody has to wait before sending."""
    for name in redis_client().scan_iter(key("throttle", "*")):
        redis_client().delete(name)
    return PublicRules.objects.create(proof_bits=BITS, minimum_seconds=0)


def worked(challenge: str = "") -> dict[str, str]:
    challenge = challenge or new_challenge()
    return {"challenge": challenge, "nonce": next(str(n) for n in count() if proves(challenge, str(n), BITS))}


def report(stage: Stage, **fields: Any) -> Any:
    body = {
        "description": f"人行道上有人摆摊 {next(_numbers)} 号摊位",
        "type_code": stage.kind.code,
        "lng": HERE[0],
        "lat": HERE[1],
        **worked(),
    } | fields
    return browser(None).post(f"{PUBLIC}/reports", body, format="json")


_numbers = count(1000, 7919)


def receipt_of(answer: Any) -> str:
    assert answer.status_code == 201, answer.json()
    return plain_receipt(answer.json()["receipt"])


def progress(receipt: str) -> PublicProgress:
    return PublicProgress.model_validate(browser(None).get(f"{PUBLIC}/track/{receipt}").json())


def move_on(stage: Stage, event: Event, state: str) -> Event:
    for move, who, inputs in stage.way_to(state):
        event = perform(event.pk, move, who.as_actor(), None, **inputs)
    return event


def test_the_page_learns_what_it_needs_in_one_answer(stage: Stage) -> None:
    site = PublicSite.model_validate(browser(None).get(f"{PUBLIC}/site").json())
    assert [kind.code for kind in site.kinds] == [stage.kind.code]
    assert "起火" in site.urgent[0].words
    assert (site.window_days, site.challenge.bits) == (14, BITS)


def test_a_report_becomes_an_event_of_the_snapshot_channel_with_its_reporter(stage: Stage) -> None:
    receipt = receipt_of(report(stage, contact_name="王芳", contact_phone="13800000000"))
    reporter = Reporter.objects.select_related("event").get(receipt=receipt)
    event = reporter.event
    assert (event.source, event.state, event.has_citizen, event.reporter_id) == ("snapshot", "reported", True, None)
    assert (reporter.is_first, reporter.contact_phone, reporter.user) == (True, "13800000000", None)
    assert HistoryRow.objects.get(subject_kind="event", subject_id=event.pk).role == "citizen"


def test_contacts_never_go_into_live_updates_or_history(stage: Stage) -> None:
    receipt_of(report(stage, contact_name="王芳", contact_phone="13800000000"))
    for text in [*OutboxMessage.objects.values_list("payload", flat=True), *HistoryRow.objects.values_list("personal")]:
        assert "13800000000" not in str(text)
        assert "王芳" not in str(text)


def test_a_photo_is_drawn_anew_and_named_by_a_token_that_fits_once(stage: Stage) -> None:
    exif = picture(form="JPEG", exif=b"Exif\x00\x00MM\x00*")
    answer = browser(None).post(f"{PUBLIC}/uploads", {"file": upload_of(exif)})
    assert set(answer.json()) == {"token", "width", "height"}
    receipt = receipt_of(report(stage, upload_tokens=[answer.json()["token"]]))
    photo = Attachment.objects.get(event__reporters__receipt=receipt)
    assert (photo.purpose, photo.uploader) == ("report", None)
    again = report(stage, upload_tokens=[answer.json()["token"]])
    assert (again.status_code, again.json()["code"]) == (422, "unknown_attachment")
    forged = report(stage, upload_tokens=["1:abc"])
    assert (forged.status_code, forged.json()["code"]) == (422, "unknown_upload")


def test_what_is_no_photo_is_refused(stage: Stage) -> None:
    answer = browser(None).post(f"{PUBLIC}/uploads", {"file": upload_of(b"<svg onload=alert(1)>", "a.jpg")})
    assert (answer.status_code, answer.json()["code"]) == (422, "not_an_image")


def test_the_same_submission_sent_again_has_the_same_receipt(stage: Stage) -> None:
    proof = worked()
    first, second = (receipt_of(report(stage, description="路灯不亮了", **proof)) for _ in range(2))
    assert first == second
    assert Event.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"lng": 100.0}, 422, "outside_division_tree"),
        ({"lng": None, "lat": None}, 422, "place_or_address_needed"),
        ({"type_code": "no_such"}, 422, "unknown_event_type"),
        ({"description": ""}, 422, "invalid"),
        ({"contact_phone": "call me"}, 422, "invalid"),
        ({"nonce": "wrong"}, 409, "proof_needed"),
        ({"challenge": "made up"}, 409, "proof_needed"),
    ],
)
def test_a_bad_report_is_refused_in_words_and_leaves_nothing(
    stage: Stage, fields: dict[str, Any], status: int, code: str
) -> None:
    nonce = {"nonce": "wrong", "challenge": _unlucky()} if fields.get("nonce") else {}
    answer = report(stage, **fields | nonce)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not Event.objects.exists()
    assert not HeldReport.objects.exists()


def _unlucky() -> str:
    """A challenge that "wrong" does not solve."""
    return next(challenge for challenge in iter(new_challenge, "") if not proves(challenge, "wrong", BITS))


def test_an_old_proof_is_renewed_without_the_page_looking_new(stage: Stage) -> None:
    with as_of(now() - timedelta(hours=2)):
        old = new_challenge()
    assert report(stage, **worked(old)).json()["code"] == "proof_needed"
    fresh = browser(None).get(f"{PUBLIC}/challenge", {"after": old}).json()["challenge"]
    PublicRules.objects.update(minimum_seconds=60)
    receipt_of(report(stage, **worked(fresh)))
    assert Event.objects.count() == 1


# --- reports that a person looks at first


def held(stage: Stage, **fields: Any) -> HeldReport:
    return HeldReport.objects.get(receipt=receipt_of(report(stage, **fields)))


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
        words = {"description": f"路面有个大坑很危险 {next(_numbers)}", **worked()}
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


# --- me too


def near(**point: float) -> list[Any]:
    answer = browser(None).get(f"{PUBLIC}/near", {"lng": HERE[0], "lat": HERE[1]} | point)
    return list(NearReports.model_validate(answer.json()).items)


def test_open_reports_nearby_are_shown_without_anything_of_the_inside(stage: Stage) -> None:
    event = stage.report(description="王芳家门口，13800000000")
    answer = browser(None).get(f"{PUBLIC}/near", {"lng": HERE[0], "lat": HERE[1]})
    assert [set(row) for row in answer.json()["items"]] == [{"token", "kind", "distance_m", "stage", "reported_at"}]
    for secret in (event.number, "王芳", "13800000000", "李受理"):
        assert secret not in answer.content.decode()
    assert near(lng=HERE[0] + 0.01) == []


def test_disputes_and_governance_matters_are_not_shown_to_neighbours(stage: Stage) -> None:
    stage.kind.category = "governance"
    stage.kind.save()
    stage.report()
    assert near() == []


def me_too(token: str, **fields: Any) -> Any:
    return browser(None).post(f"{PUBLIC}/me-too", {"token": token, **worked()} | fields, format="json")


def test_me_too_joins_the_event_and_opens_the_rating_window(stage: Stage) -> None:
    event = stage.report()
    receipt = receipt_of(me_too(near()[0].token, contact_phone="13800000000"))
    joined = Reporter.objects.get(receipt=receipt)
    assert (joined.event_id, joined.is_first) == (event.pk, False)
    event.refresh_from_db()
    assert event.has_citizen
    assert progress(receipt).number == event.number


def test_me_too_sent_again_joins_once_and_a_guessed_token_is_nothing(stage: Stage) -> None:
    stage.report()
    token, proof = near()[0].token, worked()
    assert receipt_of(me_too(token, **proof)) == receipt_of(me_too(token, **proof))
    assert Reporter.objects.count() == 1
    assert me_too("1").status_code == 404


def test_an_event_that_ended_meanwhile_is_not_joined(stage: Stage) -> None:
    event = stage.report()
    token = near()[0].token
    perform(event.pk, Move.REJECT, stage.acceptor.as_actor(), None, reason="不属实")
    answer = me_too(token)
    assert (answer.status_code, answer.json()["code"]) == (409, "no_longer_open")


# --- the progress page


def test_the_six_stages_come_with_their_times_and_without_names(stage: Stage) -> None:
    receipt = receipt_of(report(stage))
    event = move_on(stage, Event.objects.get(), "handling")
    answer = browser(None).get(f"{PUBLIC}/track/{receipt.lower()}")
    shown = PublicProgress.model_validate(answer.json())
    assert shown.stage == "handling"
    assert [row.code for row in shown.stages if row.at] == ["reported", "filed", "dispatched", "handling"]
    for person in (stage.acceptor, stage.dispatcher, stage.desk):
        assert person.name not in answer.content.decode()
    assert shown.number == event.number


@pytest.mark.parametrize("written", ["", "AAAA-AAAA-AAAA", "O0O0", "a" * 200, "%2e%2e"])
def test_a_receipt_that_is_none_is_not_found(stage: Stage, written: str) -> None:
    assert browser(None).get(f"{PUBLIC}/track/{written or 'x'}").status_code == 404


def test_nobody_finds_a_receipt_by_trying(stage: Stage) -> None:
    answers = [browser(None).get(f"{PUBLIC}/track/AAAA-AAAA-{n:04d}").status_code for n in range(61)]
    assert answers[-1] == 429


def test_a_closed_event_shows_the_answer_is_rated_and_the_rating_is_kept_at_evaluation(stage: Stage) -> None:
    receipt = receipt_of(report(stage))
    event = move_on(stage, Event.objects.get(), "closed")
    shown = progress(receipt)
    assert (shown.stage, shown.answer, shown.may_rate, shown.may_reopen) == ("closed", "已处理", True, True)
    body = {"rating": 4, "note": "来得快"}
    rated = browser(None).post(f"{PUBLIC}/track/{receipt}/rating", body, format="json").json()
    assert rated["rating"] == 4
    evaluate_event(event_id=event.pk)
    assert Evaluation.objects.get(event=event).satisfaction == 4
    late = browser(None).post(f"{PUBLIC}/track/{receipt}/rating", {"rating": 1}, format="json")
    assert (late.status_code, late.json()["code"]) == (409, "not_to_be_rated")


@pytest.mark.parametrize("rating", [0, 6, "good"])
def test_a_rating_is_one_to_five(stage: Stage, rating: Any) -> None:
    receipt = receipt_of(report(stage))
    answer = browser(None).post(f"{PUBLIC}/track/{receipt}/rating", {"rating": rating}, format="json")
    assert answer.status_code == 422


def test_an_open_event_is_not_rated_and_not_reopened(stage: Stage) -> None:
    receipt = receipt_of(report(stage))
    for way, body in (("rating", {"rating": 5}), ("reopen", {"reason": "没修好"})):
        assert browser(None).post(f"{PUBLIC}/track/{receipt}/{way}", body, format="json").status_code == 409


def test_the_citizen_has_it_taken_up_again_within_the_window(stage: Stage) -> None:
    receipt = receipt_of(report(stage))
    event = move_on(stage, Event.objects.get(), "closed")
    browser(None).post(f"{PUBLIC}/track/{receipt}/rating", {"rating": 1}, format="json")
    again = browser(None).post(f"{PUBLIC}/track/{receipt}/reopen", {"reason": "又坏了"}, format="json")
    assert again.status_code == 200, again.json()
    shown = PublicProgress.model_validate(again.json())
    assert (shown.stage, shown.run, shown.rating, shown.may_rate) == ("filed", 2, None, False)
    row = HistoryRow.objects.filter(subject_kind="event", subject_id=event.pk, move="reopen").get()
    assert (row.role, row.actor_id) == ("citizen", None)


def test_after_the_window_it_is_reported_anew(stage: Stage) -> None:
    receipt = receipt_of(report(stage))
    move_on(stage, Event.objects.get(), "closed")
    with as_of(now() + timedelta(days=15)):
        answer = browser(None).post(f"{PUBLIC}/track/{receipt}/reopen", {"reason": "又坏了"}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "not_to_be_reopened")


def test_a_merged_report_follows_its_main_event_and_rates_its_way(stage: Stage) -> None:
    main = stage.report()
    receipt = receipt_of(report(stage))
    follower = Event.objects.exclude(pk=main.pk).get()
    perform(follower.pk, Move.MERGE, stage.acceptor.as_actor(), None, main_event_id=main.pk, reason="同一问题")
    move_on(stage, main, "closed")
    shown = progress(receipt)
    assert (shown.stage, shown.is_merged, shown.number) == ("closed", True, follower.number)
    browser(None).post(f"{PUBLIC}/track/{receipt}/rating", {"rating": 2}, format="json")
    evaluate_event(event_id=main.pk)
    assert Evaluation.objects.get(event=main).satisfaction == 2


def test_every_reporter_of_a_merged_matter_gets_one_message_at_its_end(stage: Stage, settings: Any) -> None:
    settings.NOTIFY_CHANNELS = {"smtp": "", "sms": "file", "phone": ""}
    main = stage.report()
    receipt_of(me_too(near()[0].token, contact_phone="13800000001"))
    receipt_of(report(stage, contact_phone="13800000001"))
    receipt_of(report(stage, contact_phone="13800000002"))
    for follower in Event.objects.exclude(pk=main.pk):
        perform(follower.pk, Move.MERGE, stage.acceptor.as_actor(), None, main_event_id=main.pk, reason="同一问题")
    expand_notices()
    Message.objects.all().delete()
    move_on(stage, main, "closed")
    expand_notices()
    told = Message.objects.filter(kind="report_closed")
    assert sorted(told.values_list("address", flat=True)) == ["13800000001", "13800000002"]
    assert send_due() == 2
    assert set(Delivery.objects.filter(message__in=told).values_list("state", flat=True)) == {"delivered"}


# --- how many statements


def statements(client: Any, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_the_pages_take_the_same_few_statements_whatever_the_rows(stage: Stage) -> None:
    receipt = receipt_of(report(stage, contact_phone="13800000000"))
    held(stage, website="x")
    event = Reporter.objects.get(receipt=receipt).event
    public, desk = browser(None), browser(stage.acceptor)
    asked = {
        f"{PUBLIC}/near?lng={HERE[0]}&lat={HERE[1]}": (public, 4),
        f"{PUBLIC}/track/{receipt}": (public, 4),
        "/api/v1/held-reports": (desk, 5),
        f"/api/v1/events/{event.pk}/reporters": (desk, 9),
    }
    few = {address: statements(client, address) for address, (client, _) in asked.items()}
    for _ in range(4):
        held(stage, website="x")
        receipt_of(me_too(near()[0].token, contact_phone="13800000001"))
    assert {address: statements(client, address) for address, (client, _) in asked.items()} == few
    assert {address: count for address, count in few.items() if count > asked[address][1]} == {}


# --- what the desks see of the reporters


def reporters(who: Any, event: Event) -> ReporterList:
    return ReporterList.model_validate(browser(who).get(f"/api/v1/events/{event.pk}/reporters").json())


def see(who: Any, event: Event, reporter: Reporter, **body: Any) -> Any:
    address = f"/api/v1/events/{event.pk}/reporters/{reporter.pk}/contact"
    return browser(who).post(address, {"purpose": "电话回访"} | body, format="json")


def test_contacts_are_masked_and_shown_to_the_acceptor_who_says_why(stage: Stage) -> None:
    receipt_of(report(stage, contact_name="王小芳", contact_phone="13800000000"))
    reporter = Reporter.objects.get()
    shown = reporters(stage.dispatcher, reporter.event)
    assert [(row.name, row.phone) for row in shown.items] == [("王**", "138****0000")]
    assert not shown.may_see_contact
    assert see(stage.dispatcher, reporter.event, reporter).status_code == 403
    assert see(stage.acceptor, reporter.event, reporter, purpose="").status_code == 422
    assert see(stage.acceptor, reporter.event, reporter).json()["phone"] == "13800000000"
    assert see(stage.chief, reporter.event, reporter).status_code == 200
    looked = HistoryRow.objects.filter(subject_kind="reporter", subject_id=reporter.pk).order_by("seq")
    assert [(row.actor_id, (row.personal or {})["reason"]) for row in looked] == [
        (stage.acceptor.pk, "电话回访"),
        (stage.chief.pk, "电话回访"),
    ]


def test_who_calls_back_sees_the_number_while_the_check_is_due(stage: Stage) -> None:
    receipt_of(report(stage, contact_phone="13800000000"))
    reporter = Reporter.objects.get()
    move_on(stage, reporter.event, "checking")
    assert see(stage.dispatcher, reporter.event, reporter).status_code == 200
    assert see(stage.desk, reporter.event, reporter).status_code == 403


def test_reporters_of_a_hidden_event_are_hidden(stage: Stage) -> None:
    receipt_of(report(stage, contact_phone="13800000000"))
    reporter = Reporter.objects.get()
    stranger = person_with(Role.ACCEPTOR, area=stage.town[OTHER_STREET])
    assert browser(stranger).get(f"/api/v1/events/{reporter.event_id}/reporters").status_code == 404
    assert see(stranger, reporter.event, reporter).status_code == 404
    assert browser(None).get(f"/api/v1/events/{reporter.event_id}/reporters").status_code == 401


def test_a_caller_about_an_open_event_is_noted_by_a_seat_and_gets_a_receipt(stage: Stage) -> None:
    event = stage.report(source="hotline_12345")
    body = {"channel": "hotline_12345", "contact_phone": "13800000000"}
    client = browser(stage.acceptor)
    first, second = (client.post(f"/api/v1/events/{event.pk}/reporters", body, format="json") for _ in range(2))
    assert (first.status_code, first.json()["is_first"], second.json()["is_first"]) == (201, True, False)
    assert progress(first.json()["receipt"]).number == event.number
    refused = browser(stage.operator).post(f"/api/v1/events/{event.pk}/reporters", body, format="json")
    assert refused.status_code == 403


def test_contacts_are_erased_when_their_time_is_over(stage: Stage) -> None:
    receipt_of(report(stage, contact_name="王芳", contact_phone="13800000000"))
    reporter = Reporter.objects.get()
    event = move_on(stage, reporter.event, "closed")
    expand_notices()
    evaluate_event(event_id=event.pk)
    assert erase_contacts() == 0
    with as_of(now() + timedelta(days=181)):
        assert erase_contacts() == 1
    reporter.refresh_from_db()
    assert (reporter.contact_name, reporter.contact_phone, reporter.contact_erased_at is None) == ("", "", False)
    assert not Message.objects.filter(address="13800000000").exists()
    assert reporters(stage.acceptor, event).items[0].erased


@override_settings(TRUSTED_FRONTS=[])
def test_without_a_trusted_front_no_header_is_believed(stage: Stage) -> None:
    PublicRules.objects.update(reports_refused_above=1)
    answers = [
        browser(None)
        .post(
            f"{PUBLIC}/reports",
            {"description": f"垃圾没人清 {n} 处", "type_code": stage.kind.code, "lng": HERE[0], "lat": HERE[1]}
            | worked(),
            format="json",
            headers={"X-Forwarded-For": f"5.5.5.{n}"},
        )
        .status_code
        for n in range(2)
    ]
    assert answers == [201, 429]


def test_the_proof_is_the_published_digest() -> None:
    digest = hashlib.sha256(b"word:7").digest()
    zeros = 256 - int.from_bytes(digest, "big").bit_length()
    assert proves("word", "7", zeros)
    assert not proves("word", "7", zeros + 1)
