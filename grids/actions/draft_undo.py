"""Taking back a step of drawing, and choosing a side where the published tree went on."""

from django.db import transaction

from core.actor import Actor
from core.errors import NotFound
from grids.actions.drafts import drawing, lock_draft, require_open, restored, written
from grids.errors import NothingToUndo, UndoOfAnother
from grids.models import DraftArea, DraftEdit
from grids.queries.draft_plan import plan_of


@transaction.atomic
def undo_step(*, draft_id: int, version: int, actor: Actor) -> str:
    """The newest step that was not undone yet is as if it had not been; returns which tool it was.

    Only who made a step undoes it: a colleague's work never vanishes by a key.
    """
    draft, role = lock_draft(draft_id, version, actor)
    require_open(draft)
    last = DraftEdit.objects.filter(draft=draft, undone=False).select_related("by").order_by("-version").first()
    if last is None:
        raise NothingToUndo()
    if last.by_id != actor.user_id:
        raise UndoOfAnother(by=last.by.name if last.by else "系统")
    before = {values["id"]: values for values in last.before}
    DraftArea.objects.filter(draft=draft, pk__in=[pk for pk in last.touched if pk not in before]).delete()
    for values in sorted(before.values(), key=lambda values: int(values["id"])):
        restored(values, draft).save()
    last.undone = True
    last.save(update_fields=["undone"])
    draft.version += 1
    written(draft, actor, role, "undo", {"operation": last.operation, "of": last.version})
    return last.operation


def choose_side(*, draft_id: int, version: int, ref: str, mine: bool, actor: Actor) -> None:
    """Settle a conflict: an area was changed in the published tree after the draft took it up.

    Mine: what the draft says holds, now in full knowledge of the newer state. Otherwise the draft's change is dropped
    and the published one stays. Where the area was closed meanwhile, `mine` brings its ground back as a new area.
    """
    with drawing(draft_id=draft_id, version=version, actor=actor, operation="choose") as step:
        row = step.draft.areas.filter(area_id=int(ref[1:])).first() if ref[:1] == "a" and ref[1:].isdigit() else None
        if row is None:
            raise NotFound()
        step.facts = {"ref": ref, "mine": mine}
        present = plan_of(step.draft, under=[]).by_ref.get(ref)
        if not mine:
            step.drop(row)
        elif present is not None:
            step.change(present, base_version=present.version, change=row.change)
        else:
            step.drop(row)
            step.add(
                DraftArea(
                    level=row.level,
                    parent_id=row.parent_id,
                    code="",
                    name=row.name,
                    households=row.households,
                    outline=row.outline,
                    origins=row.origins,
                )
            )
