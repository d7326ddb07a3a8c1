"""Two administrators change the catalogue at the same moment."""

from dataclasses import replace
from threading import Barrier

import pytest
from django.db import IntegrityError, transaction

from accounts.roles import Role
from core.errors import StaleVersion
from core.history.record import of_subject
from events.actions.event_types import change_type
from events.actions.type_versions import Planned, write_versions
from events.models import EventType, MainClass
from events.queries.event_types import content_of, last_versions
from events.rules.type_content import TypeContent
from tests.concurrency.test_two_dispatchers import at_once, stage
from tests.events.stage import Stage
from tests.factories import person_with

__all__ = ["stage"]
pytestmark = pytest.mark.django_db(transaction=True)


def numbered(stage: Stage) -> TypeContent:
    MainClass.objects.get_or_create(category="event", code="05", defaults={"name": "街面秩序"})
    EventType.objects.filter(pk=stage.kind.pk).update(sub_code="99")
    return content_of(last_versions()[stage.kind.code])


def test_without_the_lock_both_write_the_same_version_and_the_database_stops_one(stage: Stage) -> None:
    content = numbered(stage)
    actor = person_with(Role.SYSTEM_ADMIN, area=stage.district).as_actor()

    def write_unlocked(number: int, barrier: Barrier) -> str:
        try:
            with transaction.atomic():
                previous = last_versions()[content.code]
                barrier.wait()
                plan = [Planned(previous, replace(content, name=f"第{number}种叫法"))]
                return write_versions(plan, actor=actor, role=Role.SYSTEM_ADMIN)[0].name[:1]
        except IntegrityError:
            return "stopped"

    assert at_once(write_unlocked) == ["stopped", "第"]


def test_with_the_lock_one_changes_it_and_the_other_is_told_that_it_is_stale(stage: Stage) -> None:
    content = numbered(stage)
    actors = [person_with(Role.SYSTEM_ADMIN, area=stage.district).as_actor() for _ in range(2)]

    def change(number: int, barrier: Barrier) -> str:
        barrier.wait()
        try:
            mine = replace(content, name=f"第{number}种叫法")
            return f"v{change_type(content=mine, version=1, actor=actors[number]).version}"
        except StaleVersion as refusal:
            return refusal.code

    assert at_once(change) == ["stale_version", "v2"]
    assert EventType.objects.filter(code=content.code, is_current=True).count() == 1
    assert [row.move for row in of_subject("event_type", stage.kind.pk)] == ["change"]
