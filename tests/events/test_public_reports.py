"""Reporting without an account: an event with its reporter, photos, proofs, and joining what is known."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.test import override_settings

from core.clock import as_of, now
from core.models import HistoryRow, OutboxMessage
from events.actions.perform import perform
from events.models import Attachment, Event, HeldReport, PublicRules, Reporter
from events.moves import Move
from events.public_shapes import PublicSite
from events.receipts import new_challenge
from events.rules.spam import proves
from tests.events.public import BITS, PUBLIC, me_too, near, progress, receipt_of, report, worked
from tests.events.stage import HERE, Stage, browser, picture, upload_of

pytestmark = pytest.mark.usefixtures("public_rules")


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


def test_who_joins_an_event_that_was_merged_a_moment_ago_is_told_of_its_main_event(stage: Stage) -> None:
    event = stage.report()
    token = near()[0].token
    main, acceptor = stage.event_in("filed"), stage.acceptor.as_actor()
    perform(event.pk, Move.MERGE, acceptor, None, main_event_id=main.pk, reason="同一事项")
    told = progress(receipt_of(me_too(token, contact_phone="13800000000")))
    assert (told.stage, told.is_merged) == ("filed", True)
    assert set(Event.objects.values_list("has_citizen", flat=True)) == {True}


def test_nobody_joins_an_event_whose_main_event_has_ended(stage: Stage) -> None:
    event = stage.report()
    token = near()[0].token
    main, acceptor = stage.report(), stage.acceptor.as_actor()
    perform(event.pk, Move.MERGE, acceptor, None, main_event_id=main.pk, reason="同一事项")
    perform(main.pk, Move.REJECT, acceptor, None, reason="不属实")
    assert me_too(token).json()["code"] == "no_longer_open"


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
