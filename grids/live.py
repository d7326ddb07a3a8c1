"""What the division tree tells the screens, and whom."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

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
    """The published tree below an area (`id`) changed with the draft of that number: maps fetch their outlines anew.

    `version` is the moment in milliseconds: drafts of one area are published in any order, and none is older for that.
    """

    type: ClassVar[str] = "areas.changed"
    subject_kind: ClassVar[str] = "area"

    path: str
    draft_id: int

    @classmethod
    def masked(cls, payload: dict[str, Any]) -> dict[str, Any] | None:
        """A wall draws boundaries too, and nobody is named here."""
        return payload


def publish_draft(draft: BoundaryDraft, actor: Actor, change: str) -> None:
    """To those who may change the tree there: the same rule as `BoundaryDraft.objects.visible_to`."""
    update = BoundaryDraftChanged(
        id=draft.pk, version=draft.version, change=change, state=draft.state, by=actor.name, by_id=actor.user_id
    )
    labels = draft.root.path.split(".")
    above = [".".join(labels[: depth + 1]) for depth in range(len(labels))]
    admins = Grant.objects.filter(role__in=TREE_ROLES, area_path__in=above)
    publish(update, after=user_audience(*admins.values_list("user_id", flat=True)))


def publish_areas(draft: BoundaryDraft, at: datetime, paths: Iterable[str]) -> None:
    """To everybody who watches over the root, or over one of the areas that changed (`paths`), for which there may be
    a desk of a street or a community.
    """
    update = AreasChanged(id=draft.root_id, version=int(at.timestamp() * 1000), path=draft.root.path, draft_id=draft.pk)
    publish(update, after=area_audience(draft.root.path).union(*(area_audience(path) for path in paths)))
