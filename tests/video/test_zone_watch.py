"""When a zone tells that a finding is over."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from core.clock import now
from events.models import Alert
from tests.events.stage import Stage
from tests.video import factories
from tests.video.test_leases import finding
from video.actions.leases import claim
from video.actions.watching import write_finding, write_over
from video.pipeline.plans import FindingOver, ZonePlan
from video.pipeline.tracker import Track
from video.pipeline.zones import ZoneWatch
from video.rules.algorithms import read_algorithms
from video.running.writer import Writer

SQUARE = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
PERSON = Track(1, "person", 0.9, np.array([0.4, 0.4, 0.5, 0.9], np.float32), 0.0, 0.0)


def watch(**parameters: Any) -> ZoneWatch:
    plan = ZonePlan(1, "院内", SQUARE, "restricted_area_presence", {"seconds": 3, **parameters})
    algorithm = read_algorithms()["restricted_area_presence"]
    return ZoneWatch(plan, algorithm, repeat_seconds=60.0, calm_seconds=20.0)


def seen(looking: ZoneWatch, begin: int, end: int, *, people: bool) -> list[str]:
    """What is told from one second to another, a picture each."""
    told = []
    for at in range(begin, end):
        due = looking.see(float(at), [PERSON] if people else [])
        told += [f"found at {at}"] if due else []
        told += [f"over at {at}"] if due is None and looking.is_over(float(at)) else []
    return told


def test_a_finding_is_over_once_when_the_zone_has_been_calm() -> None:
    looking = watch()
    assert seen(looking, 0, 10, people=True) == ["found at 3"]
    assert seen(looking, 10, 100, people=False) == ["over at 30"]


def test_a_short_absence_ends_nothing() -> None:
    looking = watch()
    seen(looking, 0, 10, people=True)
    assert seen(looking, 10, 25, people=False) == []
    assert seen(looking, 25, 60, people=True) == []


def test_what_comes_back_is_found_anew_and_is_over_anew() -> None:
    looking = watch()
    seen(looking, 0, 10, people=True)
    seen(looking, 10, 40, people=False)
    assert seen(looking, 40, 50, people=True) == ["found at 43"]
    assert seen(looking, 50, 90, people=False) == ["over at 70"]


def test_a_watch_that_begins_tells_once_that_nothing_is_there_when_the_rule_has_had_its_time() -> None:
    assert seen(watch(seconds=10), 0, 200, people=False) == ["over at 31"]


def test_while_it_goes_on_nothing_is_over() -> None:
    assert seen(watch(), 0, 59, people=True) == ["found at 3"]


def test_a_lost_stream_is_no_end_the_rule_gets_its_time_anew() -> None:
    looking = watch()
    seen(looking, 0, 10, people=True)
    assert seen(looking, 310, 360, people=False) == ["over at 334"]


@pytest.mark.django_db
def test_the_end_of_a_finding_is_noted_on_its_alert_once(stage: Stage) -> None:
    zone = factories.zone(factories.camera(), stage.kind.code)
    generation = claim(holder="a", room=1)[zone.camera_id]
    write_finding(finding(zone, generation), holder="a")
    over = FindingOver(zone.camera_id, generation, finding(zone, generation).zone, now())
    assert write_over(replace(over, generation=generation + 1), holder="a") is None
    recovered = write_over(over, holder="a")
    assert recovered is not None and recovered.recovered_at == over.at
    assert write_over(over, holder="a") is None


@pytest.mark.django_db
def test_evidence_that_took_longer_than_the_finding_leaves_it_over(stage: Stage) -> None:
    zone = factories.zone(factories.camera(), stage.kind.code)
    generation = claim(holder="a", room=1)[zone.camera_id]
    found = finding(zone, generation)
    writer = Writer("a")
    writer.close(5)
    writer._write(FindingOver(zone.camera_id, generation, found.zone, found.found_at + timedelta(seconds=25)))
    assert not Alert.objects.exists()
    writer._write(found)
    assert Alert.objects.get().recovered_at is not None
