"""A task is pushed to exactly those who may fetch it."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.audience import keys_of
from core.actor import SYSTEM, Actor, ActorGrant
from core.clock import now
from dispatch.live import audience_of, publish_position
from dispatch.models import FieldTask, Responder
from dispatch.rules.geofence import Fix
from tests.dispatch import factories
from tests.dispatch.factories import GRID

paths = st.sampled_from(["c", "c.d", "c.d.s1", "c.d.s1.m1", GRID, "c.d.s1.m1.g10", "c.d.s2", "c.e", "c.d.s"])
area_grants = st.builds(ActorGrant, role=st.sampled_from(["dispatcher", "grid_worker"]), area_path=paths)
unit_grants = st.builds(ActorGrant, role=st.just("department_desk"), unit_id=st.integers(1, 3))
grants = st.lists(area_grants | unit_grants, max_size=3).map(tuple)


class ScopeOfTasks(TestCase):
    @settings(max_examples=60, deadline=None)
    @given(held=grants, is_holder=st.booleans())
    def test_the_audience_of_a_task_is_who_may_see_it(self, held: tuple[ActorGrant, ...], is_holder: bool) -> None:
        task = factories.task()
        actor = Actor(task.assignee_user_id if is_holder else -1, "x", held)
        is_visible = FieldTask.objects.visible_to(actor).filter(pk=task.pk).exists()
        assert is_visible == bool(keys_of(actor) & audience_of(task))


@pytest.mark.django_db
def test_the_platform_sees_every_task() -> None:
    assert factories.task() in FieldTask.objects.visible_to(SYSTEM)


@pytest.mark.parametrize(("role", "is_told"), [("dispatcher", True), ("wall_operator", True), ("collector", False)])
def test_positions_are_told_only_to_who_watches_over_the_area(
    monkeypatch: pytest.MonkeyPatch, role: str, is_told: bool
) -> None:
    told: list[Any] = []
    monkeypatch.setattr("dispatch.live.publish_latest", lambda *values: told.append(values[-1]))
    publish_position(Responder(pk=1, area_path="c.d.s", unit_id=4, user_id=9), Fix(118.0, 32.0), now())
    assert bool(keys_of(Actor(1, "x", (ActorGrant(role, area_path="c.d"),))) & told[0]) is is_told
    assert keys_of(Actor(9, "x")) & told[0]
