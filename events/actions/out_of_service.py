"""停用: an administrator takes a source out, looks at it every month, and puts it back."""

from typing import Any

from django.db import IntegrityError, transaction

from accounts.scope import roles_over
from core.actor import Actor
from core.clock import local, now
from core.errors import Forbidden, NotFound
from core.history.record import append
from core.lifecycle import Change
from events.actions.alert_moving import begin, end, finish
from events.actions.alerts import hold_source, source_of
from events.actions.freshness import require_fresh
from events.errors import AlreadyOutOfService
from events.lifecycle import ALARM_ADMINS, NAMES, NEW, OUT_OF_SERVICE
from events.live import publish_alert, publish_out_of_service
from events.models import Alert, OutOfService
from events.models.located import Located
from events.models.out_of_service import CAMERA, SUBJECT_KIND
from events.moves import AlertMove, OutOfServiceMove

KEY = ("source", "rule", "subject_kind", "subject_id")
PLACE = tuple(field.attname for field in Located._meta.get_fields() if hasattr(field, "attname"))


@transaction.atomic
def take_out_of_service(*, alert_id: int, actor: Actor, reason: str, version: int | None = None) -> OutOfService:
    """停用: the source behind this alert raises no more until it is put back; its open alerts leave the lists.

    The source is the rule at the alert's camera where it has one, else at its subject. Whoever takes it out at the same
    moment, and its findings, wait. Raises AlreadyOutOfService.
    """
    key = Alert.objects.visible_to(actor).filter(pk=alert_id).values(*KEY, "camera_id").first()
    if key is None:
        raise NotFound()
    source = source_of(key, key["camera_id"])
    hold_source(source, alone=True)
    alert = begin(alert_id, AlertMove.TAKE_OUT, actor, version)
    if actor.user_id is None:
        raise Forbidden(roles="、".join(NAMES[role] for role in ALARM_ADMINS))
    at = now()
    _source, _rule, kind, subject_id = source
    out = OutOfService(
        **{name: getattr(alert, name) for name in PLACE},
        source=alert.source,
        rule=alert.rule,
        subject_kind=kind,
        subject_id=subject_id,
        label=(alert.camera_name or alert.title)[:120],
        rule_name=alert.title.split(" · ")[0][:120],
        state=NEW,
        version=0,
        reason=reason[:200],
        taken_out_at=at,
        taken_out_by_id=actor.user_id,
    )
    change = OUT_OF_SERVICE.apply(OutOfServiceMove.TAKE_OUT, out, actor=actor, roles=roles_over(actor, alert.area_path))
    _insert(out)
    _write_history(out, change, actor, reason=reason, facts={"source": [out.source, out.rule, kind, subject_id]})
    publish_out_of_service(out, "taken_out")
    for one in {alert.pk: alert, **{row.pk: row for row in _open_alerts_of(out)}}.values():
        if one.state == "open":
            end(one, at)
        finish(one, AlertMove.TAKE_OUT, actor, facts={"out_of_service": out.pk}, reason=reason)
        publish_alert(one, "taken_out")
    return out


def _insert(out: OutOfService) -> None:
    """Stored, or AlreadyOutOfService where somebody was faster."""
    try:
        with transaction.atomic():
            out.save(force_insert=True)
    except IntegrityError as error:
        key = {name: getattr(out, name) for name in KEY}
        held = OutOfService.objects.out().select_related("taken_out_by").filter(**key).first()
        if held is None:
            raise
        since = f"{local(held.taken_out_at):%Y-%m-%d %H:%M}"
        raise AlreadyOutOfService(by=held.taken_out_by.name, since=since) from error


def _open_alerts_of(out: OutOfService) -> list[Alert]:
    """In the order of their ids, as everybody locks them."""
    alerts = Alert.objects.open().filter(source=out.source, rule=out.rule)
    of_it = (
        alerts.filter(camera_id=out.subject_id)
        if out.subject_kind == CAMERA
        else alerts.filter(subject_kind=out.subject_kind, subject_id=out.subject_id)
    )
    return list(of_it.select_for_update(of=("self",)).select_related("acknowledged_by").order_by("pk"))


@transaction.atomic
def review_out_of_service(*, out_id: int, actor: Actor, version: int | None = None, note: str = "") -> OutOfService:
    """复核: it was looked at and has to stay out; the next review is due a month later."""
    out = _begin(out_id, OutOfServiceMove.REVIEW, actor, version)
    out.reviewed_at, out.reviewed_by_id, out.review_note = now(), actor.user_id, note[:200]
    return _finish(out, OutOfServiceMove.REVIEW, actor, note=note)


@transaction.atomic
def put_back(*, out_id: int, actor: Actor, version: int | None = None, note: str = "") -> OutOfService:
    """恢复使用: its findings raise alerts again."""
    out = _begin(out_id, OutOfServiceMove.PUT_BACK, actor, version)
    out.put_back_at, out.put_back_by_id, out.put_back_note = now(), actor.user_id, note[:200]
    return _finish(out, OutOfServiceMove.PUT_BACK, actor, note=note)


def _begin(out_id: int, move: str, actor: Actor, version: int | None) -> OutOfService:
    """The visible row, locked and fresh, on which the actor may make the move."""
    visible = OutOfService.objects.visible_to(actor).select_for_update(of=("self",))
    out = visible.select_related("taken_out_by", "reviewed_by", "put_back_by").filter(pk=out_id).first()
    if out is None:
        raise NotFound()
    if version is not None and version != out.version:
        require_fresh(SUBJECT_KIND, out.pk, move, actor, seen=version, current=out.version)
    OUT_OF_SERVICE.require(move, out, actor=actor, roles=roles_over(actor, out.area_path))
    return out


def _finish(out: OutOfService, move: str, actor: Actor, *, note: str) -> OutOfService:
    change = OUT_OF_SERVICE.apply(move, out, actor=actor, roles=roles_over(actor, out.area_path))
    # Findings are counted by a statement of their own, which must not be undone by an older number.
    out.save(update_fields=[name for name in _written(out) if name not in ("finding_count", "last_finding_at")])
    _write_history(out, change, actor, note=note, facts={"finding_count": out.finding_count})
    publish_out_of_service(out, {OutOfServiceMove.REVIEW: "reviewed", OutOfServiceMove.PUT_BACK: "put_back"}[move])
    return out


def _written(out: OutOfService) -> list[str]:
    return [field.name for field in out._meta.concrete_fields if not field.primary_key]


def _write_history(
    out: OutOfService, change: Change, actor: Actor, *, facts: dict[str, Any], reason: str = "", note: str = ""
) -> None:
    personal = {key: value for key, value in {"reason": reason, "note": note}.items() if value}
    append(
        subject_kind=SUBJECT_KIND,
        subject_id=out.pk,
        actor=actor,
        change=change,
        facts={"version": out.version, **facts},
        personal=personal,
        first=change.move == OutOfServiceMove.TAKE_OUT,
    )
