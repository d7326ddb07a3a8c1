"""Attachments in a store that speaks S3: a real server, that is wrong, goes away and comes back."""

import logging
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command

from accounts.models import User
from core.file_trial import check_store
from core.files import open_file
from core.s3 import AttachmentStore
from events.actions.alerts import AlertEvidence
from events.actions.file_store import bring_back, store_files, tidy_media
from events.actions.retention import erase_attachments, erase_past_their_time
from events.actions.uploads import store_photo
from events.health import store_health
from events.models import Alert, Attachment
from tests.events.s3_server import S3Server, free_port
from tests.events.stage import Stage, browser, picture

pytestmark = pytest.mark.xdist_group("s3")


@pytest.fixture(scope="module")
def s3() -> Iterator[S3Server]:
    server = S3Server(free_port(), checks=True)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def site(s3: S3Server, stage: Stage, settings, tmp_path: Path) -> Iterator[S3Server]:
    """A site whose attachments go to the server."""
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = s3.storages(settings.STORAGES)
    yield s3
    s3.empty()


def alert_with_still(stage: Stage, content: bytes | None = None, subject_id: int = 7) -> Alert:
    still = Path(django_settings.MEDIA_ROOT) / "evidence" / "ab" / f"still-{subject_id}.jpg"
    still.parent.mkdir(parents=True, exist_ok=True)
    still.write_bytes(content or picture())
    path = still.relative_to(django_settings.MEDIA_ROOT).as_posix()
    alert = stage.alert(subject_id=subject_id, evidence=AlertEvidence(still_path=path))
    assert alert is not None and alert.still is not None
    return alert


def path_of(alert: Alert) -> str:
    return Attachment.objects.get(pk=alert.still_id or 0).path


def large_photo(by: User) -> int:
    """One whose thumbnail is another picture."""
    content = picture(800)
    return store_photo(file=BytesIO(content), size=len(content), actor=by.as_actor()).pk


def shown(stage: Stage, alert: Alert, **headers: str):
    return browser(stage.operator).get(f"/media/attachments/{alert.still_id}", headers=headers)


def test_a_still_goes_to_the_store_and_is_shown_from_there_through_its_owners_scope(site, stage):
    content = picture()
    alert = alert_with_still(stage, content)
    assert (store_files(), site.names()) == (1, [f"city/{path_of(alert)}"])
    assert tidy_media(stays_seconds=0) == 1
    assert not (Path(django_settings.MEDIA_ROOT) / path_of(alert)).exists()
    whole = shown(stage, alert)
    assert (whole.status_code, b"".join(whole.streaming_content)) == (200, content)
    part = shown(stage, alert, Range="bytes=2-5")
    assert (part.status_code, part.content) == (206, content[2:6])
    assert browser(stage.desk).get(f"/media/attachments/{alert.still_id}").status_code == 404
    assert browser(None).get(f"/media/attachments/{alert.still_id}").status_code == 401


def test_no_answer_names_the_store_not_even_behind_a_front(site, stage, settings):
    settings.FRONT_ACCEL = True
    alert = alert_with_still(stage)
    from_the_folder = shown(stage, alert)
    store_files()
    tidy_media(stays_seconds=0)
    from_the_store = shown(stage, alert)
    assert from_the_folder["X-Accel-Redirect"] == f"/_media/{path_of(alert)}"
    assert (from_the_store.status_code, from_the_store.has_header("X-Accel-Redirect")) == (200, False)
    assert not {"Location", "ETag"} & set(from_the_store.headers)


def test_a_photo_goes_with_its_thumbnail(site, stage):
    large_photo(stage.acceptor)
    assert store_files() == 1
    row = Attachment.objects.get()
    assert site.names() == sorted([f"city/{row.path}", f"city/{row.thumb_path}"])


def test_moving_again_changes_nothing(site, stage):
    alert_with_still(stage)
    assert [store_files(), store_files()] == [1, 0]
    Attachment.objects.update(in_store=False)
    assert store_files() == 1
    assert len(site.names()) == 1


def test_a_store_that_is_killed_holds_up_no_alert_and_gets_what_waited_once(stage, settings, tmp_path, caplog):
    server = S3Server(free_port(), checks=False)
    settings.MEDIA_ROOT, settings.STORAGES = tmp_path, server.storages(settings.STORAGES)
    server.start()
    first = alert_with_still(stage)
    assert store_files() == 1
    server.kill()
    second = alert_with_still(stage, picture(41), subject_id=8)
    assert (store_files(), store_files(is_patient=True)) == (0, 0)
    assert shown(stage, second).status_code == 200, "it is shown from where it was written"
    assert store_health()["waiting"] == 1
    tidy_media(stays_seconds=0)
    assert shown(stage, second).status_code == 200, "what waits is not tidied away"
    answer = shown(stage, first)
    assert (answer.status_code, answer.json()["code"]) == (503, "file_store_unavailable")
    server.start()
    assert store_files(is_patient=True) == 0, "a store that was away is not asked by the clocks' worker for a minute"
    assert (store_files(), store_files(is_patient=True)) == (1, 0)
    assert server.names() == [f"city/{path_of(second)}"]
    assert "unreachable" in caplog.text
    server.kill()


def test_what_is_erased_while_it_is_put_leaves_nothing_behind(site, stage, monkeypatch):
    alert = alert_with_still(stage)
    put = AttachmentStore.put

    def put_and_erase(self, path, file, content_type):
        put(self, path, file, content_type)
        Alert.objects.update(still=None)
        Attachment.objects.filter(pk=alert.still_id or 0).delete()

    monkeypatch.setattr(AttachmentStore, "put", put_and_erase)
    assert store_files() == 0
    assert site.names() == []


def test_the_same_content_twice_goes_when_the_last_of_both_goes(site, stage):
    one, other = large_photo(stage.acceptor), large_photo(stage.chief)
    store_files()
    erase_attachments(Attachment.objects.filter(pk=one), 1)
    assert len(site.names()) == 2
    erase_attachments(Attachment.objects.filter(pk=other), 1)
    assert site.names() == []


def test_what_cannot_be_erased_in_the_store_stays_known_until_it_can(site, s3, stage, settings):
    stage.photo(stage.acceptor)
    store_files()
    Attachment.objects.update(erase_after="2020-01-01T00:00Z")
    right = settings.STORAGES
    settings.STORAGES = s3.storages(settings.STORAGES, bucket="absent")
    assert (erase_past_their_time(), Attachment.objects.count()) == (0, 1)
    settings.STORAGES = right
    assert (erase_past_their_time(), Attachment.objects.count(), site.names()) == (1, 0, [])


def test_all_comes_back_to_the_media_folder(site, stage):
    content = picture()
    alert = alert_with_still(stage, content)
    stage.photo(stage.acceptor)
    store_files()
    tidy_media(stays_seconds=0)
    assert bring_back() == 2
    assert (Path(django_settings.MEDIA_ROOT) / path_of(alert)).read_bytes() == content
    assert (site.names(), Attachment.objects.filter(in_store=True).exists()) == ([], False)


def test_without_a_store_nothing_moves_and_nothing_is_tidied(stage, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    alert = alert_with_still(stage)
    assert (store_files(), tidy_media(stays_seconds=0), bring_back()) == (0, 0, 0)
    assert shown(stage, alert).status_code == 200


def test_a_file_that_was_just_used_again_is_not_tidied_away(site, stage):
    alert = alert_with_still(stage)
    store_files()
    assert tidy_media() == 0
    assert (Path(django_settings.MEDIA_ROOT) / path_of(alert)).is_file()


def test_a_path_that_leads_out_of_the_folder_is_read_from_nowhere(site):
    assert open_file("../../etc/hostname") is None


@pytest.mark.parametrize(
    ("said", "number"),
    [({}, None), ({"bucket": "absent"}, "E004"), ({"secret": "wrong/secret"}, "E003")],
)
def test_a_deploy_check_says_what_is_wrong_and_never_the_secret(s3, settings, caplog, said, number):
    settings.STORAGES = s3.storages(settings.STORAGES, **said)
    with caplog.at_level(logging.INFO):
        found = check_store(None)
    assert [message.id for message in found] == ([f"files.{number}"] if number else [])
    assert all(message.hint for message in found)
    assert not any(secret in f"{found} {caplog.text}" for secret in (s3.secret, "wrong/secret"))


def test_a_store_that_does_not_answer_is_said_by_check_and_by_the_command(db, settings):
    settings.STORAGES = S3Server(free_port(), checks=False).storages(settings.STORAGES)
    assert [message.id for message in check_store(None)] == ["files.E001"]
    with pytest.raises(CommandError, match="does not answer"):
        call_command("attachment_store", "check")


def test_a_store_given_up_with_files_in_it_is_said_by_the_command(stage):
    stage.photo(stage.acceptor)
    Attachment.objects.update(in_store=True)
    with pytest.raises(CommandError, match="bring_back"):
        call_command("attachment_store", "check")
