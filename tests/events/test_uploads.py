"""Photos: sniffed, drawn anew, and shown to those who see what they belong to."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from PIL import Image

from core.clock import now
from events.actions.retention import erase_past_their_time
from events.models import Attachment
from events.shapes import Upload
from tests.events.stage import Stage, browser, picture, upload_of


def test_a_photo_is_drawn_anew_without_what_the_phone_wrote_into_it(stage: Stage) -> None:
    exif = Image.Exif()
    exif[0x010E] = "王芳的家"
    answer = browser(stage.acceptor).post("/api/v1/uploads", {"file": upload_of(picture(exif=exif))})
    shown = Upload.model_validate(answer.json())
    stored = (Path(settings.MEDIA_ROOT) / Attachment.objects.get().path).read_bytes()
    assert (answer.status_code, shown.width) == (201, 40)
    assert "王芳".encode() not in stored
    assert not Image.open(BytesIO(stored)).getexif()


def test_a_large_photo_is_made_smaller_and_gets_a_thumbnail(stage: Stage) -> None:
    answer = browser(stage.acceptor).post("/api/v1/uploads", {"file": upload_of(picture(3000, "PNG"))}).json()
    assert answer["width"] == 2560
    thumb = b"".join(browser(stage.acceptor).get(answer["thumb_url"]).streaming_content)  # type: ignore[attr-defined]
    assert Image.open(BytesIO(thumb)).width == 320


@pytest.mark.parametrize("content", [b"just a text", b"", b"\xff\xd8\xff\xe0broken", b"<svg/>"])
def test_what_is_no_picture_is_refused_whatever_its_name(stage: Stage, content: bytes) -> None:
    answer = browser(stage.acceptor).post("/api/v1/uploads", {"file": upload_of(content, "photo.jpg")})
    assert answer.status_code == 422
    assert answer.json()["code"] in {"not_an_image", "invalid"}
    assert not Attachment.objects.exists()


def test_a_photo_of_fifty_megabytes_is_refused_before_it_is_read(stage: Stage) -> None:
    content = upload_of(b"\0" * 50 * 1024 * 1024)
    answer = browser(stage.acceptor).post("/api/v1/uploads", {"file": content})
    assert (answer.status_code, answer.json()["code"]) == (413, "file_too_large")
    assert "15 MB" in answer.json()["detail"]


def test_an_upload_without_a_file_is_invalid(stage: Stage) -> None:
    answer = browser(stage.acceptor).post("/api/v1/uploads", {})
    assert answer.json()["errors"][0]["field"] == "file"


def test_an_unattached_photo_is_its_uploaders_only(stage: Stage) -> None:
    url = browser(stage.acceptor).post("/api/v1/uploads", {"file": upload_of(picture())}).json()["url"]
    assert browser(stage.acceptor).get(url).status_code == 200
    assert browser(stage.chief).get(url).status_code == 404
    assert browser(None).get(url).status_code == 401


def test_an_attached_photo_follows_its_event(stage: Stage) -> None:
    photo = stage.photo(stage.acceptor)
    event = stage.report(attachment_ids=[photo])
    url = f"/media/attachments/{photo}"
    assert browser(stage.chief).get(url).status_code == 200
    assert browser(stage.desk).get(url).status_code == 404
    shown = browser(stage.chief).get(f"/api/v1/events/{event.pk}").json()["attachments"]
    assert [(row["purpose"], row["by"]) for row in shown] == [("report", "李受理")]


def test_another_persons_photo_cannot_be_attached(stage: Stage) -> None:
    photo = stage.photo(stage.chief)
    body = {
        "type_code": stage.kind.code,
        "description": "占道",
        "lng": 118.025,
        "lat": 32.005,
        "attachment_ids": [photo],
    }
    answer = browser(stage.acceptor).post("/api/v1/events", body, format="json")
    assert (answer.status_code, answer.json()["code"]) == (422, "unknown_attachment")


def test_a_part_of_a_file_is_sent_when_a_range_is_asked(stage: Stage) -> None:
    url = f"/media/attachments/{stage.photo(stage.acceptor)}"
    client = browser(stage.acceptor)
    part = client.get(url, headers={"Range": "bytes=0-9"})
    assert (part.status_code, len(part.content)) == (206, 10)
    assert part["Content-Range"].startswith("bytes 0-9/")
    assert client.get(url, headers={"Range": "bytes=99999999-"}).status_code == 416


def test_the_front_sends_the_file_where_there_is_one(stage: Stage, settings: object) -> None:
    settings.FRONT_ACCEL = True  # type: ignore[attr-defined]
    answer = browser(stage.acceptor).get(f"/media/attachments/{stage.photo(stage.acceptor)}")
    assert answer["X-Accel-Redirect"].startswith("/_media/attachments/")
    assert answer.content == b""


def test_photos_that_no_event_took_are_erased_with_their_files(stage: Stage) -> None:
    taken, left = stage.photo(stage.acceptor), None
    stage.report(attachment_ids=[taken])
    answer = browser(stage.chief).post("/api/v1/uploads", {"file": upload_of(picture(50))}).json()
    left = Attachment.objects.get(pk=answer["id"])
    with time_machine.travel(now() + timedelta(days=2)):
        assert erase_past_their_time() == 1
    assert not (Path(settings.MEDIA_ROOT) / left.path).exists()
    assert Attachment.objects.get().pk == taken
