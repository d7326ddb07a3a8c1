"""What the division tree tells the screens, and whom."""

from typing import ClassVar

from accounts.models import Grant
from core.actor import Actor
from core.live.publish import LiveUpdate, area_audience, publish, user_audience
from grids.models import BoundaryDraft
from grids.policies import TREE_ROLES


class BoundaryDraftChanged(LiveUpdate):
    """A draft was drawn in or moved; `change` is the step or the move, `by` who did it. Editors fetch it anew."""

    type: ClassVar[str] = "boundary_draft.changed"
    subject_kind: ClassVar[str] = "boundary_draft"

    change: str
    state: str
    by: str
    by_id: int | None


class AreasChanged(LiveUpdate):
    """The published tree below an area (`id`) changed with the draft of that number: maps fetch their outlines anew."""

    type: ClassVar[str] = "areas.changed"
    subject_kind: ClassVar[str] = "area"

    path: str
    draft_id: int


def publish_draft(draft: BoundaryDraft, actor: Actor, change: str) -> None:
    """To those who may change the tree there: the same rule as `BoundaryDraft.objects.visible_to`."""
    update = BoundaryDraftChanged(
        id=draft.pk, version=draft.version, change=change, state=draft.state, by=actor.name, by_id=actor.user_id
    )
    labels = draft.root.path.split(".")
    above = [".".join(labels[: depth + 1]) for depth in range(len(labels))]
    admins = Grant.objects.filter(role__in=TREE_ROLES, area_path__in=above)
    publish(update, after=user_audience(*admins.values_list("user_id", flat=True)))


def publish_areas(draft: BoundaryDraft, version: int) -> None:
    """To everybody who watches over the root."""
    update = AreasChanged(id=draft.root_id, version=version, path=draft.root.path, draft_id=draft.pk)
    publish(update, after=area_audience(draft.root.path))
