import json
from datetime import timedelta
from typing import Any

import pytest
from shapely.geometry import LineString, Polygon
from shapely.geometry import box as rectangle

from accounts.models import Grant
from core.actor import Actor
from core.clock import as_of, now
from core.errors import Forbidden, MoveNotAllowed, OutsideDivisionTree
from core.history.record import of_subject
from core.models import OutboxMessage
from grids.actions.boundaries import change_boundary
from grids.actions.draft_edits import (
    draw_area,
    forget_change,
    give_up_area,
    merge_areas,
    move_border,
    renumber,
    split_area,
    write_on_area,
)
from grids.actions.draft_moves import bring_into_force, publish_draft_now, return_draft, submit_draft, withdraw_draft
from grids.actions.draft_undo import choose_side, undo_step
from grids.actions.drafts import open_draft
from grids.errors import (
    CannotDrawThis,
    DraftBlocked,
    DraftConflict,
    DraftMovedOn,
    DraftNotOpen,
    NothingDrafted,
    NothingToUndo,
    OwnDraft,
    UndoOfAnother,
)
from grids.models import Area, AreaBoundary, AreaSuccession, BoundaryDraft, DraftArea, MapDataset
from grids.queries.draft_checks import check_draft
from grids.queries.locate import locate, location_of
from tests.grids.town import DISTRICT, SIDE, SOUTH, WEST, Town, actor, at, box, person

COMMUNITY = f"{DISTRICT}.001.001"
ONE, TWO = f"{COMMUNITY}.g001", f"{COMMUNITY}.g002"
CODE = "329905001001"


def ref(town: Town, path: str) -> str:
    return f"a{town[path].pk}"


def line(*points: tuple[float, float]) -> LineString:
    return LineString([at(u, v) for u, v in points])


def square(west: float, south: float, east: float, north: float) -> Polygon:
    return rectangle(*at(west, south), *at(east, north))


def fresh(draft: BoundaryDraft) -> BoundaryDraft:
    return BoundaryDraft.objects.select_related("root").get(pk=draft.pk)


def step(draft: BoundaryDraft, actor: Actor) -> dict[str, Any]:
    """What every tool asks for: the draft as it now is, and who."""
    return {"draft_id": draft.pk, "version": fresh(draft).version, "actor": actor}


def publish(draft: BoundaryDraft, editor: Actor, reviewer: Actor) -> None:
    submit_draft(**step(draft, editor))
    publish_draft_now(**step(draft, reviewer))


def blocking(draft: BoundaryDraft) -> set[str]:
    return {one.kind for one in check_draft(fresh(draft)) if one.severity == "blocks"}


# --- drawing ---------------------------------------------------------------------------------------------------------


def test_nothing_of_a_draft_is_in_force(town: Town, draft: BoundaryDraft, editor: Actor) -> None:
    stamp = MapDataset.objects.get(name="areas").stamp
    split_area(**step(draft, editor), ref=ref(town, ONE), line=line((0.5, -0.1), (0.5, 1.1)))
    assert locate(*at(0.75, 0.5)).path == ONE
    assert Area.objects.filter(level="grid").count() == 8
    assert MapDataset.objects.get(name="areas").stamp == stamp


def test_a_split_is_in_force_when_it_is_published(
    town: Town, draft: BoundaryDraft, editor: Actor, reviewer: Actor
) -> None:
    filed = now()
    split_area(**step(draft, editor), ref=ref(town, ONE), line=line((0.7, -0.1), (0.7, 1.1)))
    publish(draft, editor, reviewer)
    new = locate(*at(0.85, 0.5))
    assert (new.path, new.label) == (f"{COMMUNITY}.g003", "莫澜湖街道 荷花社区 1号网格-2")
    assert locate(*at(0.3, 0.5)).path == ONE
    assert locate(*at(0.85, 0.5), at=filed).path == ONE
    assert new.keys["grid_id"] == Area.objects.get(path=new.path).pk
    assert [Area.objects.get(path=path).households for path in (ONE, new.path)] == [210, 90]
    assert [row.move for row in of_subject("area", town[ONE].pk)] == ["create", "publish"]
    assert [row.move for row in of_subject("boundary_draft", draft.pk)] == ["open", "split", "submit", "publish"]
    told = set(OutboxMessage.objects.values_list("type", flat=True))
    assert {"boundary_draft.changed", "areas.changed"} <= told


def test_the_desks_of_streets_and_communities_that_changed_are_told_as_the_district_is(
    town: Town, draft: BoundaryDraft, editor: Actor, reviewer: Actor
) -> None:
    split_area(**step(draft, editor), ref=ref(town, ONE), line=line((0.7, -0.1), (0.7, 1.1)))
    publish(draft, editor, reviewer)
    told = set(OutboxMessage.objects.get(type="areas.changed").after)
    assert {f"area:{DISTRICT}", f"area:{DISTRICT}.001", f"area:{COMMUNITY}", f"area:{ONE}"} <= told
    assert f"area:{DISTRICT}.002" not in told


def test_of_two_drafts_the_later_publication_is_the_newer_one_however_short_its_draft(
    town: Town, draft: BoundaryDraft, editor: Actor, reviewer: Actor
) -> None:
    for households in (280, 290, 270):
        write_on_area(**step(draft, editor), ref=ref(town, ONE), values={"households": households})
    publish(draft, editor, reviewer)
    short = open_draft(root=town[DISTRICT], title="", actor=editor)
    write_on_area(**step(short, editor), ref=ref(town, TWO), values={"households": 280})
    publish(short, editor, reviewer)
    rows = OutboxMessage.objects.filter(type="areas.changed").order_by("pk").values_list("payload", flat=True)
    first, second = [payload if isinstance(payload, dict) else json.loads(payload) for payload in rows]
    assert (first["id"], first["version"] < second["version"]) == (second["id"], True)


def test_a_merged_area_is_closed_and_stays_as_the_past(
    town: Town, draft: BoundaryDraft, editor: Actor, reviewer: Actor
) -> None:
    worker = person("two", "grid_worker", town[TWO])
    merge_areas(**step(draft, editor), refs=[ref(town, ONE), ref(town, TWO)])
    publish(draft, editor, reviewer)
    assert locate(*at(1.5, 0.5)).path == ONE
    closed = Area.objects.get(path=TWO)
    assert closed.closed_at is not None
    assert not AreaBoundary.objects.filter(area=closed, validity__endswith=None).exists()
    assert location_of(TWO).path == TWO
    assert Area.objects.get(path=ONE).households == 600
    held = set(Grant.objects.filter(user=worker).values_list("area_path", flat=True))
    assert held == {ONE, TWO}
    heirs = AreaSuccession.objects.filter(old=closed).values_list("new__path", "share")
    assert [(path, round(share, 6)) for path, share in heirs] == [(ONE, 1.0)]


def test_split_then_merged_grids_hold_the_old_ground(
    town: Town, draft: BoundaryDraft, editor: Actor, reviewer: Actor
) -> None:
    before = AreaBoundary.objects.get(area=town[ONE]).geometry
    pieces = split_area(**step(draft, editor), ref=ref(town, ONE), line=line((0.31, -0.1), (0.77, 1.1)))
    merge_areas(**step(draft, editor), refs=pieces)
    publish(draft, editor, reviewer)
    after = AreaBoundary.objects.get(area=town[ONE], validity__endswith=None).geometry
    assert before.sym_difference(after).area < 1e-14
    assert Area.objects.filter(level="grid", closed_at=None).count() == 8


def test_a_border_moves_between_two_neighbours(
    town: Town, draft: BoundaryDraft, editor: Actor, reviewer: Actor
) -> None:
    move_border(**step(draft, editor), refs=[ref(town, ONE), ref(town, TWO)], line=line((1.4, 0), (1.2, 1)))
    publish(draft, editor, reviewer)
    assert locate(*at(1.2, 0.2)).path == ONE
    assert locate(*at(1.35, 0.9)).path == TWO
    shares = AreaSuccession.objects.filter(old=town[TWO]).order_by("-share").values_list("new__path", "share")
    assert [(path, round(share, 2)) for path, share in shares] == [(TWO, 0.7), (ONE, 0.3)]


def test_a_drawn_grid_takes_its_ground_from_its_neighbours(
    town: Town, draft: BoundaryDraft, editor: Actor, reviewer: Actor
) -> None:
    draw_area(
        **step(draft, editor),
        parent=ref(town, COMMUNITY),
        outline=square(0.5, 0.5, 1.5, 3),
        name="市场专属网格",
    )
    publish(draft, editor, reviewer)
    assert locate(*at(1, 0.75)).grid is not None and locate(*at(1, 0.75)).label.endswith("市场专属网格")
    assert locate(*at(1, 1.5)).path.startswith(f"{DISTRICT}.001.002")


def test_codes_go_round_by_the_rule_and_paths_stay(
    town: Town, draft: BoundaryDraft, editor: Actor, reviewer: Actor
) -> None:
    split_area(**step(draft, editor), ref=ref(town, ONE), line=line((0.7, -0.1), (0.7, 1.1)))
    changed = renumber(**step(draft, editor), parent=ref(town, COMMUNITY))
    assert sorted(changed.values()) == [f"{CODE}G002", f"{CODE}G003"]
    publish(draft, editor, reviewer)
    named = {area.code[-3:]: area.path for area in Area.objects.filter(parent=town[COMMUNITY])}
    assert named == {"001": ONE, "002": f"{COMMUNITY}.g002x2", "003": TWO}


def test_numbers_of_closed_grids_are_not_given_again(
    town: Town, draft: BoundaryDraft, editor: Actor, reviewer: Actor
) -> None:
    merge_areas(**step(draft, editor), refs=[ref(town, ONE), ref(town, TWO)])
    publish(draft, editor, reviewer)
    again = open_draft(root=town[DISTRICT], title="再拆", actor=editor)
    split_area(**step(again, editor), ref=ref(town, ONE), line=line((1, -0.1), (1, 1.1)))
    assert DraftArea.objects.get(draft=again, change="add").code == f"{CODE}G003"
    assert again.number == 2


def test_a_name_and_a_household_count_are_published_without_a_new_outline(
    town: Town, draft: BoundaryDraft, editor: Actor, reviewer: Actor
) -> None:
    write_on_area(**step(draft, editor), ref=ref(town, ONE), values={"name": "滨江网格", "households": 280})
    publish(draft, editor, reviewer)
    assert locate(*at(0.5, 0.5)).label == "莫澜湖街道 荷花社区 滨江网格"
    assert AreaBoundary.objects.filter(area=town[ONE]).count() == 1
    assert not AreaSuccession.objects.exists()


@pytest.mark.parametrize(
    ("refs", "reason"),
    [
        ((ONE,), "two_needed"),
        ((ONE, f"{DISTRICT}.002.001.g001"), "different_parents"),
        ((COMMUNITY, f"{DISTRICT}.001.002"), "has_parts"),
    ],
)
def test_what_cannot_be_merged_is_refused_with_its_reason(
    town: Town, draft: BoundaryDraft, editor: Actor, refs: tuple[str, ...], reason: str
) -> None:
    with pytest.raises(CannotDrawThis) as refusal:
        merge_areas(**step(draft, editor), refs=[ref(town, path) for path in refs])
    assert refusal.value.extra["reason"] == reason
    assert fresh(draft).version == 1


def test_undoing_takes_back_one_step_after_the_other(town: Town, draft: BoundaryDraft, editor: Actor) -> None:
    split_area(**step(draft, editor), ref=ref(town, ONE), line=line((0.5, -0.1), (0.5, 1.1)))
    before = list(draft.areas.order_by("pk").values_list("pk", "change", "name", "households"))
    pieces = [f"a{row.area_id}" if row.area_id else f"n{row.pk}" for row in draft.areas.order_by("pk")]
    merge_areas(**step(draft, editor), refs=[*pieces, ref(town, TWO)])
    assert undo_step(**step(draft, editor)) == "merge"
    assert list(draft.areas.order_by("pk").values_list("pk", "change", "name", "households")) == before
    assert undo_step(**step(draft, editor)) == "split"
    assert not draft.areas.exists()
    with pytest.raises(NothingToUndo):
        undo_step(**step(draft, editor))


def test_nobody_undoes_the_step_of_a_colleague(
    town: Town, draft: BoundaryDraft, editor: Actor, reviewer: Actor
) -> None:
    write_on_area(**step(draft, editor), ref=ref(town, ONE), values={"name": "滨江网格"})
    with pytest.raises(UndoOfAnother):
        undo_step(**step(draft, reviewer))


def test_a_change_can_be_dropped_from_the_draft(town: Town, draft: BoundaryDraft, editor: Actor) -> None:
    write_on_area(**step(draft, editor), ref=ref(town, ONE), values={"name": "滨江网格"})
    forget_change(**step(draft, editor), ref=ref(town, ONE))
    assert not draft.areas.exists()


# --- two editors -----------------------------------------------------------------------------------------------------


def test_a_step_on_a_draft_somebody_drew_in_meanwhile_is_refused(
    town: Town, draft: BoundaryDraft, editor: Actor, reviewer: Actor
) -> None:
    write_on_area(draft_id=draft.pk, version=1, actor=reviewer, ref=ref(town, TWO), values={"name": "乙"})
    with pytest.raises(DraftMovedOn) as refusal:
        write_on_area(draft_id=draft.pk, version=1, actor=editor, ref=ref(town, ONE), values={"name": "甲"})
    assert refusal.value.extra == {"current_version": 2, "by": "reviewer"}
    assert [row.name for row in draft.areas.all()] == ["乙"]


def test_publishing_over_a_newer_version_is_a_conflict_and_loses_nothing(
    town: Town, draft: BoundaryDraft, editor: Actor, reviewer: Actor
) -> None:
    other = open_draft(root=town[DISTRICT], title="另一份", actor=reviewer)
    split_area(**step(draft, editor), ref=ref(town, ONE), line=line((0.5, -0.1), (0.5, 1.1)))
    write_on_area(**step(other, reviewer), ref=ref(town, ONE), values={"name": "先发布的名字"})
    submit_draft(**step(draft, editor))
    publish(other, reviewer, editor)
    with pytest.raises(DraftConflict) as refusal:
        publish_draft_now(**step(draft, reviewer))
    assert refusal.value.extra["conflicts"] == [{"ref": ref(town, ONE), "name": "1号网格"}]
    assert Area.objects.get(path=ONE).name == "先发布的名字"
    assert draft.areas.count() == 2 and locate(*at(0.75, 0.5)).path == ONE


@pytest.mark.parametrize(("mine", "name", "pieces"), [(True, "1号网格", 3), (False, "先发布的名字", 2)])
def test_a_conflict_is_settled_by_choosing_a_side(
    town: Town, draft: BoundaryDraft, editor: Actor, reviewer: Actor, mine: bool, name: str, pieces: int
) -> None:
    other = open_draft(root=town[DISTRICT], title="另一份", actor=reviewer)
    new = split_area(**step(draft, editor), ref=ref(town, ONE), line=line((0.5, -0.1), (0.5, 1.1)))[1]
    write_on_area(**step(other, reviewer), ref=ref(town, ONE), values={"name": "先发布的名字"})
    publish(other, reviewer, editor)
    choose_side(**step(draft, editor), ref=ref(town, ONE), mine=mine)
    for dropped in [new][int(mine) :]:
        forget_change(**step(draft, editor), ref=dropped)
    write_on_area(**step(draft, editor), ref=ref(town, TWO), values={"households": 10})
    publish(draft, editor, reviewer)
    assert Area.objects.get(path=ONE).name == name
    assert Area.objects.filter(parent=town[COMMUNITY], closed_at=None).count() == pieces


def test_an_area_closed_meanwhile_is_a_conflict_too(
    town: Town, draft: BoundaryDraft, editor: Actor, reviewer: Actor
) -> None:
    other = open_draft(root=town[DISTRICT], title="合并", actor=reviewer)
    write_on_area(**step(draft, editor), ref=ref(town, TWO), values={"name": "改名"})
    merge_areas(**step(other, reviewer), refs=[ref(town, ONE), ref(town, TWO)])
    publish(other, reviewer, editor)
    assert "changed_meanwhile" in blocking(draft)
    with pytest.raises(DraftConflict):
        submit_draft(**step(draft, editor))


def test_an_outline_changed_past_the_drafts_is_a_conflict_as_well(
    town: Town, draft: BoundaryDraft, editor: Actor
) -> None:
    write_on_area(**step(draft, editor), ref=ref(town, ONE), values={"name": "改名"})
    change_boundary(area_id=town[ONE].pk, version=1, boundary=box(0, 0, 0.9, 1), actor=editor)
    assert "changed_meanwhile" in blocking(draft)


# --- the life of a draft ---------------------------------------------------------------------------------------------


def test_who_submitted_a_draft_does_not_publish_it(town: Town, draft: BoundaryDraft, editor: Actor) -> None:
    write_on_area(**step(draft, editor), ref=ref(town, ONE), values={"name": "甲"})
    submit_draft(**step(draft, editor))
    with pytest.raises(OwnDraft):
        publish_draft_now(**step(draft, editor))


def test_a_draft_in_review_is_not_drawn_in(town: Town, draft: BoundaryDraft, editor: Actor, reviewer: Actor) -> None:
    write_on_area(**step(draft, editor), ref=ref(town, ONE), values={"name": "甲"})
    submit_draft(**step(draft, editor))
    with pytest.raises(DraftNotOpen):
        write_on_area(**step(draft, editor), ref=ref(town, ONE), values={"name": "乙"})
    return_draft(**step(draft, reviewer), reason="名称请按路名")
    write_on_area(**step(draft, editor), ref=ref(town, ONE), values={"name": "乙"})
    assert fresh(draft).reason == "名称请按路名"


def test_an_empty_draft_is_not_submitted(town: Town, draft: BoundaryDraft, editor: Actor) -> None:
    with pytest.raises(NothingDrafted):
        submit_draft(**step(draft, editor))


def test_a_published_draft_does_not_move_again(
    town: Town, draft: BoundaryDraft, editor: Actor, reviewer: Actor
) -> None:
    write_on_area(**step(draft, editor), ref=ref(town, ONE), values={"name": "甲"})
    publish(draft, editor, reviewer)
    with pytest.raises(MoveNotAllowed):
        publish_draft_now(**step(draft, reviewer))
    with pytest.raises(MoveNotAllowed):
        withdraw_draft(**step(draft, editor), reason="不再需要")


def test_an_approved_draft_comes_into_force_at_its_time(
    town: Town, draft: BoundaryDraft, editor: Actor, reviewer: Actor
) -> None:
    merge_areas(**step(draft, editor), refs=[ref(town, ONE), ref(town, TWO)])
    submit_draft(**step(draft, editor))
    publish_draft_now(**step(draft, reviewer), effective_at=now() + timedelta(days=9))
    assert bring_into_force() == [] and locate(*at(1.5, 0.5)).path == TWO
    with as_of(now() + timedelta(days=9, minutes=1)):
        assert bring_into_force() == [draft.pk]
        assert locate(*at(1.5, 0.5)).path == ONE
        assert bring_into_force() == []
    assert fresh(draft).state == "published"


def test_an_approved_draft_that_was_overtaken_goes_back_with_the_reason(
    town: Town, draft: BoundaryDraft, editor: Actor, reviewer: Actor
) -> None:
    write_on_area(**step(draft, editor), ref=ref(town, ONE), values={"name": "甲"})
    submit_draft(**step(draft, editor))
    publish_draft_now(**step(draft, reviewer), effective_at=now() + timedelta(days=1))
    change_boundary(area_id=town[ONE].pk, version=1, boundary=box(0, 0, 0.9, 1), actor=editor)
    with as_of(now() + timedelta(days=2)):
        assert bring_into_force() == []
    assert fresh(draft).state == "draft" and "1 个区域" in fresh(draft).reason


def test_a_dispatcher_neither_opens_nor_draws(town: Town, draft: BoundaryDraft) -> None:
    dispatcher = actor("dispatcher", town[DISTRICT])
    with pytest.raises(Forbidden):
        open_draft(root=town[DISTRICT], title="", actor=dispatcher)
    with pytest.raises(Forbidden):
        write_on_area(draft_id=draft.pk, version=1, actor=dispatcher, ref=ref(town, ONE), values={"name": "甲"})


# --- checks ----------------------------------------------------------------------------------------------------------


def test_a_sound_draft_has_nothing_that_blocks(town: Town, draft: BoundaryDraft, editor: Actor) -> None:
    split_area(**step(draft, editor), ref=ref(town, ONE), line=line((0.5, -0.1), (0.5, 1.1)))
    assert blocking(draft) == set()


def test_the_ground_nobody_has_is_told_with_its_place(town: Town, draft: BoundaryDraft, editor: Actor) -> None:
    give_up_area(**step(draft, editor), ref=ref(town, TWO))
    gap = next(one for one in check_draft(fresh(draft)) if one.kind == "gap")
    assert gap.severity == "blocks" and gap.names == ("荷花社区",)
    assert gap.as_json()["bounds"] == pytest.approx([*at(1, 0), *at(2, 1)])
    with pytest.raises(DraftBlocked) as refusal:
        submit_draft(**step(draft, editor))
    assert refusal.value.extra["findings"] == {"gap": 1}


OUTLINES = {
    "overlap": square(0, 0, 1.2, 1),
    "outside_parent": square(-0.2, 0, 1, 1),
    "gap": square(0.1, 0, 1, 1),
    "invalid_ring": Polygon([at(0, 0), at(1, 1), at(1, 0), at(0, 1)]),
    "sliver": square(0, 0, 0.001, 0.001),
}


@pytest.mark.parametrize("kind", OUTLINES)
def test_an_outline_that_is_wrong_is_told_by_its_check(
    town: Town, draft: BoundaryDraft, editor: Actor, kind: str
) -> None:
    write_on_area(**step(draft, editor), ref=ref(town, ONE), values={"outline": OUTLINES[kind]})
    assert kind in blocking(draft)
    json.dumps([one.as_json() for one in check_draft(fresh(draft))])


def test_what_was_wrong_before_is_a_warning(town: Town, draft: BoundaryDraft, editor: Actor) -> None:
    change_boundary(area_id=town[ONE].pk, version=1, boundary=box(0, 0, 0.9, 1), actor=editor)
    write_on_area(**step(draft, editor), ref=ref(town, TWO), values={"name": "乙"})
    found = {one.kind: one.severity for one in check_draft(fresh(draft))}
    assert found["gap"] == "warns"


def test_words_that_are_taken_or_wrong_block(town: Town, draft: BoundaryDraft, editor: Actor) -> None:
    write_on_area(**step(draft, editor), ref=ref(town, ONE), values={"code": f"{CODE}G002", "name": "2号网格"})
    assert {"duplicate_code", "duplicate_name"} <= blocking(draft)
    write_on_area(**step(draft, editor), ref=ref(town, ONE), values={"code": "329905002001G001"})
    assert "duplicate_code" in blocking(draft)


def test_a_grid_with_too_many_households_is_a_warning(town: Town, draft: BoundaryDraft, editor: Actor) -> None:
    write_on_area(**step(draft, editor), ref=ref(town, ONE), values={"households": 301})
    found = {one.kind: (one.severity, one.value) for one in check_draft(fresh(draft))}
    assert found["households"] == ("warns", 301.0)


def test_every_point_is_in_exactly_one_grid_after_a_round_of_changes(
    town: Town, draft: BoundaryDraft, editor: Actor, reviewer: Actor
) -> None:
    split_area(**step(draft, editor), ref=ref(town, ONE), line=line((0.13, -0.1), (0.91, 1.1)))
    move_border(
        **step(draft, editor),
        refs=[ref(town, f"{DISTRICT}.002.002.g001"), ref(town, f"{DISTRICT}.002.002.g002")],
        line=line((3.2, 0.9), (2.8, 2.1)),
    )
    draw_area(**step(draft, editor), parent=ref(town, f"{DISTRICT}.001.002"), outline=square(0.4, 1.2, 1.3, 1.7))
    publish(draft, editor, reviewer)
    outlines = AreaBoundary.objects.filter(validity__endswith=None, area__level="grid")
    for number in range(1, 400):
        u, v = (number * 0.618034) % 1 * 4, (number * 0.414214) % 1 * 2
        place = f"POINT({WEST + u * SIDE} {SOUTH + v * SIDE})"
        assert outlines.filter(geometry__contains=f"SRID=4326;{place}").count() == 1
    with pytest.raises(OutsideDivisionTree):
        locate(*at(4.1, 1))
