import threading
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.actor import Actor
from core.clock import as_of, now
from core.errors import OutsideDivisionTree
from grids.actions.draft_edits import split_area
from grids.models import Area, BoundaryDraft
from grids.queries import place_tree
from grids.queries.locate import locate, locate_many
from grids.queries.place_tree import keep_tree, read_tree
from tests.grids.test_drafts import ONE, line, publish, ref, step
from tests.grids.town import DISTRICT, Town, at, build_town


@pytest.fixture
def in_memory(town: Town, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The town's outlines in memory; the list tells of every newer reading that was begun beside the callers."""
    begun: list[str] = []
    monkeypatch.setattr(place_tree._kept, "read_beside", lambda: begun.append("begun"))
    settings.LOCATE_IN_MEMORY = True
    keep_tree(read_tree())
    yield begun
    keep_tree(None)


@pytest.fixture
def both(in_memory: list[str], settings: Any) -> Any:
    """A point's place by memory and by the database."""

    def ask(u: float, v: float) -> tuple[str, str]:
        answers = []
        for held in (True, False):
            settings.LOCATE_IN_MEMORY = held
            try:
                answers.append(locate(*at(u, v)).path)
            except OutsideDivisionTree:
                answers.append("outside")
        return answers[0], answers[1]

    return ask


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(u=st.floats(-0.2, 4.2), v=st.floats(-0.2, 2.2))
def test_memory_and_database_give_the_same_place(both: Any, u: float, v: float) -> None:
    one, other = both(u, v)
    assert one == other


@pytest.mark.parametrize(("u", "v"), [(1, 0.5), (2, 0.5), (2, 1), (0.5, 1), (4, 2), (0, 0), (3, 1)])
def test_a_border_belongs_to_the_lowest_code_in_memory_too(both: Any, u: float, v: float) -> None:
    one, other = both(u, v)
    assert one == other and one.startswith(DISTRICT)


def test_what_a_place_is_called_is_the_same(in_memory: list[str], settings: Any) -> None:
    held = locate(*at(2.5, 0.5))
    settings.LOCATE_IN_MEMORY = False
    assert held == locate(*at(2.5, 0.5))


def test_one_lookup_asks_the_database_one_thing(in_memory: list[str], django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1) as asked:
        locate(*at(0.5, 0.5))
    assert "grids_map_dataset" in asked.captured_queries[0]["sql"] or "EXECUTE" in asked.captured_queries[0]["sql"]


def test_a_publication_is_seen_by_the_next_lookup(
    town: Town, in_memory: list[str], draft: BoundaryDraft, editor: Actor, reviewer: Actor
) -> None:
    assert locate(*at(0.85, 0.5)).path == ONE
    split_area(**step(draft, editor), ref=ref(town, ONE), line=line((0.7, -0.1), (0.7, 1.1)))
    publish(draft, editor, reviewer)
    assert locate(*at(0.85, 0.5)).path == f"{DISTRICT}.001.001.g003"
    assert in_memory == ["begun"]
    keep_tree(read_tree())
    assert locate(*at(0.85, 0.5)).path == f"{DISTRICT}.001.001.g003"
    assert in_memory == ["begun"]


def test_an_earlier_moment_is_asked_of_the_database(
    town: Town, in_memory: list[str], draft: BoundaryDraft, editor: Actor, reviewer: Actor
) -> None:
    before = now()
    split_area(**step(draft, editor), ref=ref(town, ONE), line=line((0.7, -0.1), (0.7, 1.1)))
    publish(draft, editor, reviewer)
    keep_tree(read_tree())
    assert locate(*at(0.85, 0.5), at=before).path == ONE
    with as_of(before):
        assert locate(*at(0.85, 0.5)).path == ONE


def test_many_points_keep_their_order_and_say_where_they_are_outside(in_memory: list[str], settings: Any) -> None:
    points = [at(0.5, 0.5), (0.0, 0.0), at(3.5, 1.5), (200.0, 95.0), (float("nan"), 32.0), at(1, 0.5)]
    held = locate_many(points)
    settings.LOCATE_IN_MEMORY = False
    assert held == locate_many(points)
    named = [place.path.removeprefix(DISTRICT) if place else None for place in held]
    assert named == [".001.001.g001", None, ".002.002.g002", None, None, ".001.001.g001"]
    assert locate_many([]) == []


def test_where_no_grid_is_the_community_answers(town: Town, in_memory: list[str]) -> None:
    tree = read_tree()
    outside_grids = [layer for layer in tree.layers if tree.locations[layer.first].level != "grid"]
    assert [tree.locations[layer.first].level for layer in outside_grids] == ["community", "street", "district"]
    bare = place_tree.PlaceTree(tree.stamp, tree.since, tuple(outside_grids), tree.locations)
    keep_tree(bare)
    assert locate(*at(0.5, 0.5)).path == f"{DISTRICT}.001.001"
    assert Area.objects.filter(level="grid").exists()


@pytest.mark.django_db(transaction=True)
def test_a_process_reads_the_outlines_by_itself(settings: Any) -> None:
    build_town()
    settings.LOCATE_IN_MEMORY = True
    keep_tree(None)
    assert locate(*at(0.5, 0.5)).path == ONE
    for thread in threading.enumerate():
        if thread.name == "place-tree":
            thread.join(10)
    assert place_tree._kept.tree is not None
    assert place_tree._kept.tree.stamp == place_tree.present_stamp()
    keep_tree(None)
