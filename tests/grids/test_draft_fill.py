import pytest
from django.contrib.gis.geos import MultiPolygon, Polygon

from core.actor import Actor
from core.errors import Forbidden
from core.history.record import of_subject
from grids.actions.draft_fill import Outline, fill_draft
from grids.errors import DraftMovedOn
from grids.models import BoundaryDraft, DraftArea
from tests.grids.town import DISTRICT, Town, actor, bow_tie, box

COMMUNITY = f"{DISTRICT}.001.001"
CODE = "329905001001"


def test_outlines_are_matched_by_code_and_the_rest_is_new(town: Town, editor: Actor, draft: BoundaryDraft) -> None:
    filled = fill_draft(
        draft_id=draft.pk,
        version=1,
        actor=editor,
        outlines=[
            Outline("grid", f"{CODE}G001", box(0, 0, 0.5, 1), name="1号网格"),
            Outline("grid", f"{CODE}G002", box(1, 0, 2, 1)),
            Outline("grid", f"{CODE}G003", box(0.5, 0, 1, 1), name="3号网格", households=120),
        ],
    )
    assert (filled.changed, filled.unchanged, filled.added) == ([f"{CODE}G001"], [f"{CODE}G002"], [f"{CODE}G003"])
    new = DraftArea.objects.get(draft=draft, code=f"{CODE}G003")
    assert (new.change, new.parent_id, new.households) == ("add", town[COMMUNITY].pk, 120)
    assert [row.move for row in of_subject("boundary_draft", draft.pk)] == ["open", "fill"]


def test_a_new_area_may_stand_below_a_new_area_of_the_same_file(
    town: Town, editor: Actor, draft: BoundaryDraft
) -> None:
    filled = fill_draft(
        draft_id=draft.pk,
        version=1,
        actor=editor,
        outlines=[
            Outline("grid", "329905001009G001", box(0, 0, 1, 1), name="新网格"),
            Outline("community", "329905001009", box(0, 0, 1, 1), name="新社区"),
        ],
    )
    assert filled.added == ["329905001009", "329905001009G001"]
    new = DraftArea.objects.get(draft=draft, code="329905001009G001")
    assert new.parent_draft is not None and new.parent_draft.code == "329905001009"


def test_what_a_complete_file_lacks_is_closed(town: Town, editor: Actor, draft: BoundaryDraft) -> None:
    kept = [f"329905{street}{community}G{grid:03d}" for street, community, grid in (
        ("001", "001", 1), ("001", "002", 1), ("001", "002", 2), ("002", "001", 1), ("002", "001", 2),
        ("002", "002", 1), ("002", "002", 2),
    )]  # fmt: skip
    filled = fill_draft(
        draft_id=draft.pk,
        version=1,
        actor=editor,
        outlines=[Outline("grid", code, box(0, 0, 1, 1)) for code in kept],
        close_missing=["grid"],
    )
    assert filled.closed == [f"{CODE}G002"]


def test_what_cannot_be_taken_is_told_by_code_and_reason(town: Town, editor: Actor, draft: BoundaryDraft) -> None:
    line = Polygon()
    filled = fill_draft(
        draft_id=draft.pk,
        version=1,
        actor=editor,
        outlines=[
            Outline("grid", "329905009009G001", box(0, 0, 1, 1)),
            Outline("community", f"{CODE}G001", box(0, 0, 1, 1)),
            Outline("grid", f"{CODE}G002", MultiPolygon(line, srid=4326)),
            Outline("planet", "1", box(0, 0, 1, 1)),
            Outline("grid", f"{CODE}G004", bow_tie(), name="待修"),
        ],
    )
    assert dict(filled.refused) == {
        "329905009009G001": "no_parent",
        f"{CODE}G001": "other_level",
        f"{CODE}G002": "not_a_polygon",
        "1": "unknown_level",
    }
    assert filled.added == [f"{CODE}G004"]


def test_filling_a_draft_somebody_changed_meanwhile_writes_nothing(
    town: Town, editor: Actor, draft: BoundaryDraft
) -> None:
    one = [Outline("grid", f"{CODE}G001", box(0, 0, 0.5, 1))]
    fill_draft(draft_id=draft.pk, version=1, actor=editor, outlines=one)
    with pytest.raises(DraftMovedOn):
        fill_draft(
            draft_id=draft.pk, version=1, actor=editor, outlines=[Outline("grid", f"{CODE}G002", box(1, 0, 3, 1))]
        )
    assert DraftArea.objects.filter(draft=draft).count() == 1


def test_a_dispatcher_does_not_fill_drafts(town: Town, draft: BoundaryDraft) -> None:
    with pytest.raises(Forbidden):
        fill_draft(draft_id=draft.pk, version=1, actor=actor("dispatcher", town[DISTRICT]), outlines=[])
