"""A worker takes its evidence to the site's store itself, and is not held up where the store is away."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from events.models import Alert, Attachment
from tests.events.s3_server import S3Server, free_port
from tests.events.stage import build_stage, picture
from tests.video import factories
from tests.video.test_leases import finding
from tests.video.test_worker import wait_until
from video.actions.leases import claim
from video.pipeline.plans import Evidence, Finding
from video.running.filing import Filing
from video.running.writer import Writer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("s3")]


@pytest.fixture
def s3(settings, tmp_path: Path) -> Iterator[S3Server]:
    server = S3Server(free_port(), checks=False)
    settings.MEDIA_ROOT, settings.STORAGES = tmp_path, server.storages(settings.STORAGES)
    yield server
    server.kill()


@pytest.fixture
def found(s3, tmp_path: Path) -> Finding:
    """What a camera of worker "a" has found, its still on disk."""
    stage = build_stage()
    zone = factories.zone(factories.camera(), stage.kind.code)
    generation = claim(holder="a", room=1)[zone.camera_id]
    still = tmp_path / "evidence" / "ab" / "still.jpg"
    still.parent.mkdir(parents=True)
    still.write_bytes(picture())
    return replace(finding(zone, generation), evidence=Evidence("evidence/ab/still.jpg", ("heads",)))


def test_a_still_is_in_the_store_soon_after_its_alert(s3, found):
    s3.start()
    filing = Filing()
    writer = Writer("a", filing.nudge)
    writer.take(found)
    wait_until(lambda: Attachment.objects.filter(in_store=True).exists(), 10)
    writer.close(5)
    filing.close()
    assert s3.names() == ["city/evidence/ab/still.jpg"]


def test_an_alert_is_raised_while_the_store_is_away_and_its_still_goes_when_it_is_back(s3, found):
    filing = Filing()
    writer = Writer("a", filing.nudge)
    writer.take(found)
    wait_until(Alert.objects.exists, 5)
    alert = Alert.objects.get()
    s3.start()
    filing.nudge()
    wait_until(lambda: Attachment.objects.filter(pk=alert.still_id or 0, in_store=True).exists(), 20)
    writer.close(5)
    filing.close()
    assert (len(s3.names()), Alert.objects.count(), Attachment.objects.count()) == (1, 1, 1)
