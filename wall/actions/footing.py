"""Changing the footing of an area: asked in one post, confirmed in another, ticked off step by step."""

from typing import Any

from django.db import transaction

from accounts.models import User
from accounts.roles import ROLE_NAMES
from accounts.rules.site_settings import fault
from accounts.scope import covers, roles_over
from core.actor import Actor
from core.clock import now
from core.errors import Forbidden, Invalid, NotFound, StaleVersion
from core.history.record import append
from core.lifecycle import Change
from grids.models import Area
from wall.errors import NeedsTheOtherPost
from wall.lifecycle import FOOTING, FOOTING_ROLES
from wall.live import publish_footing
from wall.models import Footing
from wall.queries.footing import footing_shape
from wall.queries.plans import plans

SUBJECT_KIND = "footing"


def _locked(area_path: str, actor: Actor, version: int) -> Footing:
    if not any(grant.area_path and covers(grant.area_path, area_path) for grant in actor.grants):
        raise NotFound()
    if not Area.objects.filter(path=area_path).exists():
        raise NotFound()
    Footing.objects.get_or_create(area_path=area_path, defaults={"version": 0})
    row = Footing.objects.select_for_update(of=("self",)).select_related("asked_by").get(area_path=area_path)
    if row.version != version:
        raise StaleVersion(current_version=row.version)
    return row


def _keep(row: Footing, change: Change, actor: Actor, **facts: Any) -> Footing:
    row.save()
    append(subject_kind=SUBJECT_KIND, subject_id=row.pk, actor=actor, change=change, facts={"plan": row.plan, **facts})
    publish_footing(row, change.move, footing_shape(row))
    return row


@transaction.atomic
def ask_footing(*, area_path: str, actor: Actor, version: int, plan: str = "") -> Footing:
    """Ask for the emergency by a plan, or to stand down from it. Nothing changes until another post confirms."""
    row = _locked(area_path, actor, version)
    move = "ask_war" if row.state in ("peace", "war_asked") else "ask_peace"
    change = FOOTING.apply(move, row, actor=actor, roles=roles_over(actor, area_path))
    if move == "ask_war":
        if plan not in plans():
            raise Invalid(errors=[fault("plan", "unknown", "请从列表中选择预案。", "Choose a plan of the list.")])
        row.plan = plan
    row.asked_by = User.objects.get(pk=actor.user_id or 0)
    row.asked_role, row.asked_at = change.role, now()
    return _keep(row, change, actor)


@transaction.atomic
def confirm_footing(*, area_path: str, actor: Actor, version: int) -> Footing:
    """The other post agrees: from now on the area works, and its walls show, by the plan; or as on any day again."""
    row = _locked(area_path, actor, version)
    FOOTING.require("confirm", row, actor=actor, roles=roles_over(actor, area_path))
    others = (roles_over(actor, area_path) & FOOTING_ROLES) - {row.asked_role}
    if actor.user_id == row.asked_by_id or not others:
        wanted = FOOTING_ROLES - {row.asked_role}
        raise NeedsTheOtherPost(roles="、".join(ROLE_NAMES[role] for role in sorted(wanted)))
    change = FOOTING.apply("confirm", row, actor=actor, roles=others)
    asked_by = row.asked_by_id
    if row.state == "war":
        row.checklist = [
            {"code": step.code, "zh": step.zh, "en": step.en, "done_at": None, "done_by": ""}
            for step in plans()[row.plan].steps
        ]
    done = sum(step["done_at"] is not None for step in row.checklist)
    facts = {"asked_by": asked_by, "asked_role": row.asked_role, "steps": len(row.checklist), "done": done}
    if row.state == "peace":
        row.checklist = []
    row.asked_by, row.asked_role, row.asked_at, row.since = None, "", None, now()
    return _keep(row, change, actor, **facts)


@transaction.atomic
def refuse_footing(*, area_path: str, actor: Actor, version: int) -> Footing:
    """Not agreed, or taken back by who asked: the footing stays as it was."""
    row = _locked(area_path, actor, version)
    change = FOOTING.apply("refuse", row, actor=actor, roles=roles_over(actor, area_path))
    row.asked_by, row.asked_role, row.asked_at = None, "", None
    return _keep(row, change, actor)


@transaction.atomic
def tick_step(*, area_path: str, actor: Actor, version: int, code: str, done: bool) -> Footing:
    """A step of the plan is done, or was ticked by mistake."""
    row = _locked(area_path, actor, version)
    change = FOOTING.apply("tick" if done else "untick", row, actor=actor, roles=roles_over(actor, area_path))
    step = next((one for one in row.checklist if one["code"] == code), None)
    if step is None:
        raise NotFound()
    step["done_at"] = now().isoformat() if done else None
    step["done_by"] = actor.name if done else ""
    return _keep(row, change, actor, step=code)


def require_footing_reader(actor: Actor) -> None:
    if not any(grant.area_path for grant in actor.grants):
        raise Forbidden(roles="、".join(ROLE_NAMES[role] for role in sorted(FOOTING_ROLES)))
