"""A task is pushed to exactly those who may fetch it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.audience import keys_of
from core.actor import SYSTEM, Actor, ActorGrant
from dispatch.live import audience_of
from dispatch.models import FieldTask
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
