"""Users and passwords of cameras: encrypted at rest, told to nobody, forgotten when an address leads elsewhere."""

import json
import logging
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from core.actor import SYSTEM
from core.models import HistoryRow, IdempotencyRecord, OutboxMessage
from tests.events.stage import browser
from tests.video import factories
from tests.video.devices import closed_port
from tests.video.factories import admin_of, camera_body
from video.actions.cameras import edit_camera
from video.actions.gateways import create_gateway
from video.models import Camera, Gateway
from video.pipeline.addresses import NO_LOGIN, Login, split_address, with_login, without_password
from video.queries.health import camera_health
from video.queries.plans import plans_of
from video.secrets import SecretUnreadable, resealed, seal, unseal

PASSWORD = "Sup3r/Geheim:@x"
WITH_LOGIN = "rtsp://viewer:Sup3r%2FGeheim%3A%40x@10.0.0.5:554/a?ch=1"
FORMS = (PASSWORD, "Sup3r%2FGeheim%3A%40x", "Sup3r")


def leaks(*texts):
    """The texts in which the password stands, in any form."""
    return [text for text in texts if any(form in text for form in FORMS)]


@pytest.mark.parametrize(
    ("given", "shown", "login"),
    [
        (WITH_LOGIN, "rtsp://10.0.0.5:554/a?ch=1", Login("viewer", PASSWORD)),
        ("rtsp://h/a?user=u&password=p&ch=2", "rtsp://h/a?ch=2", Login("", "", "user=u&password=p")),
        ("rtsp://u@h/a", "rtsp://h/a", Login("u", "")),
        ("rtsp://h/a?x=1&y=", "rtsp://h/a?x=1&y=", NO_LOGIN),
        ("file:///clips/a@b.mp4", "file:///clips/a@b.mp4", NO_LOGIN),
    ],
)
def test_an_address_is_parted_from_its_login_and_joined_again(given, shown, login):
    assert split_address(given) == (shown, login)
    assert without_password(given) == shown
    assert split_address(with_login(shown, login)) == (shown, login)


def test_a_login_never_shows_itself_in_words():
    login = Login("viewer", PASSWORD, "token=abcdef")
    assert leaks(repr(login), str(login), login.hidden_in(f"{WITH_LOGIN} {PASSWORD} abcdef")) == []


def test_what_is_sealed_is_read_only_with_a_known_key(settings):
    sealed = seal(Login("viewer", PASSWORD))
    assert (unseal(sealed), leaks(sealed), seal(NO_LOGIN)) == (Login("viewer", PASSWORD), [], "")
    settings.SECRET_KEY, former = "another key of this site", settings.SECRET_KEY
    with pytest.raises(SecretUnreadable):
        unseal(sealed)
    settings.SECRET_KEY_FALLBACKS = [former]
    again = resealed(sealed)
    settings.SECRET_KEY_FALLBACKS = []
    assert unseal(again) == Login("viewer", PASSWORD)


@pytest.mark.django_db
def test_no_answer_history_record_or_log_holds_a_password(stage, caplog):
    caplog.set_level(logging.DEBUG)
    admin = browser(admin_of(stage.town))
    made = admin.post("/api/v1/cameras", camera_body(stream_url=WITH_LOGIN), format="json", HTTP_IDEMPOTENCY_KEY="k1")
    address = f"/api/v1/cameras/{made.json()['id']}"
    changed = admin.patch(address, {"password": PASSWORD, "user": "other", "name": "新名"}, format="json")
    refused = admin.post("/api/v1/cameras", camera_body(stream_url=f"ftp://u:{PASSWORD}@h/a"), format="json")
    answers = [made, changed, refused, admin.get(address), admin.get("/api/v1/cameras")]
    texts = [*(answer.content.decode() for answer in answers), repr(camera_health())]
    texts += [json.dumps(row, default=str) for row in HistoryRow.objects.values()]
    texts += [json.dumps(row, default=str) for row in OutboxMessage.objects.values()]
    texts += [json.dumps(row, default=str) for row in IdempotencyRecord.objects.values()]
    texts += [json.dumps(row, default=str) for row in Camera.objects.values()]
    assert leaks(*texts, caplog.text) == []
    assert (changed.json()["stream_url"], changed.json()["has_login"]) == ("rtsp://10.0.0.5:554/a?ch=1", True)


@pytest.mark.django_db
def test_the_worker_is_told_the_login_and_its_plan_does_not_show_it(stage):
    camera = factories.camera(source=WITH_LOGIN)
    plan = plans_of({camera.pk: 1})[camera.pk][1]
    assert (plan.source, plan.login.password, leaks(repr(plan))) == ("rtsp://10.0.0.5:554/a?ch=1", PASSWORD, [])


@pytest.mark.django_db
def test_a_login_is_forgotten_when_the_address_leads_to_another_host(stage):
    camera = factories.camera(source=WITH_LOGIN)
    same = edit_camera(camera_id=camera.pk, changes={"source": "rtsp://10.0.0.5:554/b"}, actor=SYSTEM)
    kept = unseal(same.secret)
    other = edit_camera(camera_id=camera.pk, changes={"source": "rtsp://10.6.6.6/b"}, actor=SYSTEM)
    assert (kept.password, other.secret) == (PASSWORD, "")


@pytest.mark.django_db
def test_a_platforms_password_is_encrypted_told_to_nobody_and_not_sent_elsewhere(stage):
    admin = browser(admin_of(stage.town))
    body = {"code": "city", "name": "市平台", "kind": "wvp", "address": f"http://127.0.0.1:{closed_port()}"}
    made = admin.post("/api/v1/camera-gateways", {**body, "user": "admin", "password": PASSWORD}, format="json")
    number = made.json()["id"]
    asked = admin.get(f"/api/v1/camera-gateways/{number}/devices")
    moved = admin.patch(f"/api/v1/camera-gateways/{number}", {"address": "http://10.6.6.6"}, format="json")
    texts = [answer.content.decode() for answer in (made, asked, moved, admin.get("/api/v1/camera-gateways"))]
    texts += [json.dumps(row, default=str) for row in HistoryRow.objects.values()]
    assert leaks(*texts, json.dumps(list(Gateway.objects.values()), default=str)) == []
    assert (made.json()["has_login"], moved.json()["has_login"]) == (True, False)
    assert (asked.status_code, asked.json()["reason"]) == (424, "platform_unreachable")


@pytest.mark.django_db
def test_all_logins_are_written_anew_under_a_new_key(stage, settings):
    camera = factories.camera(source=WITH_LOGIN)
    create_gateway(code="g", name="g", kind="wvp", address="http://h", actor=SYSTEM, user="a", password=PASSWORD)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "the new key of this site"
    told = StringIO()
    call_command("reencrypt_camera_secrets", stdout=told)
    settings.SECRET_KEY_FALLBACKS = []
    camera.refresh_from_db()
    assert ("2 logins" in told.getvalue(), unseal(camera.secret).password, camera.version) == (True, PASSWORD, 1)


@pytest.mark.django_db
def test_a_login_that_no_key_reads_is_named_and_is_that_cameras_fault_alone(stage, settings):
    lost, well = factories.camera(source=WITH_LOGIN), factories.camera()
    settings.SECRET_KEY = "a key that came from nowhere"
    plans = plans_of({lost.pk: 1, well.pk: 1})
    with pytest.raises(CommandError, match=lost.code):
        call_command("reencrypt_camera_secrets", stdout=StringIO())
    assert (plans[lost.pk][1].fault, plans[well.pk][1].fault) == ("login_unreadable", "")
