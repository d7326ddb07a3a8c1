"""Two people draw in one draft, two drafts want the same grid, and people look places up while one is published."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from typing import Any

import pytest
from django.db import connection, transaction

from core.actor import Actor
from core.errors import OutsideDivisionTree
from grids.actions.draft_edits import merge_areas, write_on_area
from grids.actions.draft_moves import publish_draft_now, submit_draft
from grids.actions.drafts import open_draft
from grids.errors import DraftConflict, DraftMovedOn
from grids.models import Area, AreaBoundary, BoundaryDraft, DraftArea, DraftEdit
from grids.queries.locate import locate
from grids.queries.place_tree import keep_tree, read_tree
from tests.grids.town import DISTRICT, Town, at, build_town, person

pytestmark = pytest.mark.django_db(transaction=True)
COMMUNITY = f"{DISTRICT}.001.001"
ONE, TWO = f"{COMMUNITY}.g001", f"{COMMUNITY}.g002"


@pytest.fixture
def town() -> Town:
    return build_town()


@pytest.fixture
def admins(town: Town) -> list[Actor]:
    return [person(name, "grid_admin", town[DISTRICT]).as_actor() for name in ("甲", "乙")]


@pytest.fixture
def draft(town: Town, admins: list[Actor]) -> BoundaryDraft:
    return open_draft(root=town[DISTRICT], title="", actor=admins[0])


def at_once(act: Callable[[int], str]) -> list[str]:
    barrier = Barrier(2, timeout=20)

    def run(number: int) -> str:
        try:
            barrier.wait()
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return sorted(future.result() for future in [pool.submit(run, number) for number in range(2)])


def now_of(draft: BoundaryDraft) -> int:
    return BoundaryDraft.objects.get(pk=draft.pk).version


def test_without_the_lock_one_editor_writes_over_the_other(
    town: Town, admins: list[Actor], draft: BoundaryDraft
) -> None:
    read = Barrier(2, timeout=20)

    def write_unlocked(number: int) -> str:
        stale = BoundaryDraft.objects.get(pk=draft.pk)
        read.wait()
        BoundaryDraft.objects.filter(pk=draft.pk).update(version=stale.version + 1, title=str(number))
        return str(stale.version + 1)

    assert at_once(write_unlocked) == ["2", "2"]
    assert now_of(draft) == 2


def test_of_two_editors_in_one_moment_one_is_told_of_the_other(
    town: Town, admins: list[Actor], draft: BoundaryDraft
) -> None:
    def write(number: int) -> str:
        try:
            write_on_area(
                draft_id=draft.pk,
                version=1,
                actor=admins[number],
                ref=f"a{town[ONE].pk}",
                values={"name": f"名{number}"},
            )
        except DraftMovedOn as refusal:
            return f"told: {refusal.extra['current_version']}"
        return "done"

    assert at_once(write) == ["done", "told: 2"]
    assert DraftEdit.objects.filter(draft=draft).count() == 1 and DraftArea.objects.filter(draft=draft).count() == 1


def test_of_two_drafts_for_one_grid_one_is_published_and_the_other_is_a_conflict(
    town: Town, admins: list[Actor]
) -> None:
    drafts = [open_draft(root=town[DISTRICT], title=str(number), actor=admins[number]) for number in range(2)]
    for number, one in enumerate(drafts):
        write_on_area(
            draft_id=one.pk, version=1, actor=admins[number], ref=f"a{town[ONE].pk}", values={"name": f"名{number}"}
        )
        submit_draft(draft_id=one.pk, version=2, actor=admins[number])

    def publish(number: int) -> str:
        try:
            publish_draft_now(draft_id=drafts[number].pk, version=3, actor=admins[1 - number])
        except DraftConflict:
            return "conflict"
        return "published"

    assert at_once(publish) == ["conflict", "published"]
    published = BoundaryDraft.objects.get(state="published")
    assert Area.objects.get(path=ONE).name == f"名{published.title}"
    assert Area.objects.get(path=ONE).version == 2
    assert DraftArea.objects.filter(draft__in=drafts).count() == 2


@pytest.mark.parametrize("in_memory", [False, True])
def test_lookups_during_a_publication_see_the_old_map_or_the_new_one_and_nothing_between(
    town: Town, admins: list[Actor], draft: BoundaryDraft, settings: Any, in_memory: bool
) -> None:
    settings.LOCATE_IN_MEMORY = in_memory
    keep_tree(read_tree() if in_memory else None)
    merge_areas(draft_id=draft.pk, version=1, actor=admins[0], refs=[f"a{town[ONE].pk}", f"a{town[TWO].pk}"])
    submit_draft(draft_id=draft.pk, version=2, actor=admins[0])
    begun, done = Event(), Event()
    seen: list[str] = []

    def look() -> None:
        try:
            while not done.is_set():
                begun.set()
                try:
                    seen.append(locate(*at(1.5, 0.5)).path)
                except OutsideDivisionTree:
                    seen.append("nowhere")
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        looking = pool.submit(look)
        begun.wait(10)
        with transaction.atomic():
            publish_draft_now(draft_id=draft.pk, version=3, actor=admins[1])
            time.sleep(0.2)
            during = len(seen)
        time.sleep(0.3)
        done.set()
        looking.result(20)
    keep_tree(None)
    assert set(seen) == {TWO, ONE}
    assert seen[:during] == [TWO] * during
    assert seen == sorted(seen, key=[TWO, ONE].index)
    assert AreaBoundary.objects.filter(area=town[TWO], validity__endswith=None).count() == 0
