"""The moves of a draft: submitted, taken back, returned, approved for a time, published, withdrawn."""

from datetime import datetime

from django.db import transaction

from accounts.scope import roles_over
from core.actor import SYSTEM, Actor
from core.clock import now
from core.errors import Invalid
from core.history.record import append
from core.lifecycle import Change
from grids.actions.drafts import lock_draft
from grids.actions.publication import Published, put_in_force, require_publishable
from grids.errors import DraftBlocked, DraftConflict, NothingDrafted, OwnDraft
from grids.lifecycle import BOUNDARY_DRAFT, DraftMove
from grids.live import publish_draft
from grids.models import BoundaryDraft, DraftState
from grids.policies import TREE_ROLES


@transaction.atomic
def submit_draft(*, draft_id: int, version: int, actor: Actor) -> BoundaryDraft:
    """Hand the draft to a colleague. What blocks publishing blocks this already."""
    draft, _ = lock_draft(draft_id, version, actor)
    if not draft.areas.exists():
        raise NothingDrafted()
    BOUNDARY_DRAFT.require(DraftMove.SUBMIT, draft, actor=actor, roles=_roles(draft, actor))
    require_publishable(draft)
    draft.submitted_by_id, draft.reason = actor.user_id, ""
    return _moved(draft, DraftMove.SUBMIT, actor)


@transaction.atomic
def take_back_draft(*, draft_id: int, version: int, actor: Actor) -> BoundaryDraft:
    """Draw on in one's own draft."""
    draft, _ = lock_draft(draft_id, version, actor)
    return _moved(draft, DraftMove.TAKE_BACK, actor)


@transaction.atomic
def return_draft(*, draft_id: int, version: int, actor: Actor, reason: str) -> BoundaryDraft:
    """Back to drawing, with what has to be different."""
    draft, _ = lock_draft(draft_id, version, actor)
    draft.reason, draft.effective_at = _reason(reason), None
    return _moved(draft, DraftMove.RETURN, actor)


@transaction.atomic
def publish_draft_now(
    *, draft_id: int, version: int, actor: Actor, effective_at: datetime | None = None
) -> tuple[BoundaryDraft, Published | None]:
    """In force at once, or approved for a time to come (then the second value is None).

    Raises OwnDraft (a colleague looks at it, not who submitted it), DraftConflict, DraftBlocked.
    """
    draft, role = lock_draft(draft_id, version, actor)
    later = effective_at is not None and effective_at > now()
    move = DraftMove.APPROVE if later else DraftMove.PUBLISH
    BOUNDARY_DRAFT.require(move, draft, actor=actor, roles=_roles(draft, actor))
    if draft.submitted_by_id is not None and draft.submitted_by_id == actor.user_id:
        raise OwnDraft()
    if later:
        require_publishable(draft)
        draft.effective_at = effective_at
        return _moved(draft, move, actor), None
    published = put_in_force(draft, actor=actor, role=role)
    draft.published_at = now()
    return _moved(draft, move, actor, published), published


@transaction.atomic
def withdraw_draft(*, draft_id: int, version: int, actor: Actor, reason: str) -> BoundaryDraft:
    """Give the draft up. It stays readable."""
    draft, _ = lock_draft(draft_id, version, actor)
    draft.reason = _reason(reason)
    return _moved(draft, DraftMove.WITHDRAW, actor)


def bring_into_force() -> list[int]:
    """Publish every approved draft whose time has come; returns their numbers.

    One whose ground went on meanwhile, or which a check now stops, goes back to drawing with the reason: the published
    tree is never half changed, and nobody has to find out by its silence.
    """
    due = BoundaryDraft.objects.filter(state=DraftState.APPROVED, effective_at__lte=now()).order_by(
        "effective_at", "pk"
    )
    return [pk for pk in due.values_list("pk", flat=True) if _into_force(pk)]


def _into_force(draft_id: int) -> bool:
    with transaction.atomic():
        draft = (
            BoundaryDraft.objects.select_for_update(of=("self",), skip_locked=True)
            .select_related("root")
            .filter(pk=draft_id, state=DraftState.APPROVED, effective_at__lte=now())
            .first()
        )
        if draft is None:
            return False
        try:
            with transaction.atomic():
                published = put_in_force(draft, actor=SYSTEM, role="system")
        except (DraftConflict, DraftBlocked) as refusal:
            draft.reason, draft.effective_at = refusal.detail("zh")[:200], None
            _moved(draft, DraftMove.RETURN, SYSTEM)
            return False
        draft.published_at = now()
        _moved(draft, DraftMove.COME_INTO_FORCE, SYSTEM, published)
    return True


def _moved(draft: BoundaryDraft, move: DraftMove, actor: Actor, published: Published | None = None) -> BoundaryDraft:
    """The move, its history and the screens. The caller has set what else is different on the locked draft."""
    change: Change = BOUNDARY_DRAFT.apply(move, draft, actor=actor, roles=_roles(draft, actor))
    draft.changed_at, draft.changed_by_id = now(), actor.user_id
    draft.save()
    facts = {"version": draft.version, "reason": draft.reason}
    if draft.effective_at is not None:
        facts["effective_at"] = draft.effective_at.isoformat()
    if published is not None:
        facts |= {"added": published.added, "closed": published.closed, "changed": len(published.changed)}
    append(subject_kind="boundary_draft", subject_id=draft.pk, actor=actor, change=change, facts=facts)
    publish_draft(draft, actor, move)
    return draft


def _roles(draft: BoundaryDraft, actor: Actor) -> frozenset[str]:
    return roles_over(actor, draft.root.path) & TREE_ROLES


def _reason(text: str) -> str:
    if not text.strip():
        raise Invalid(
            errors=[
                {"field": "reason", "code": "required", "message_zh": "请填写理由。", "message_en": "Give a reason."}
            ]
        )
    return text.strip()[:200]
