"""Setting limits: the clocks and numbers of the lifecycle, what counts as similar, and the steps of escalation.

Each is one subject of the history, changed by who looked at its present version.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import connection, transaction

from accounts.site_policies import setter_role
from core.actor import Actor
from core.clock import now
from core.errors import Invalid, NotFound, StaleVersion
from core.history.record import append
from core.lifecycle import Change
from events.actions.escalation_steps import steps_changed
from events.errors import UnknownEventType
from events.models import ClockLimit, EscalationPlan, EscalationStep, SimilarityLimit
from events.queries import similar
from events.queries.catalogue import catalogue, forget
from events.queries.limits import LIMIT_KIND, SIMILARITY_KIND, STEPS_KIND, plain_ways
from events.rules.escalation import CLOCKS_OF, Way, default_ways, faults_of_ways
from events.rules.limits import RULE_OF, Fault, faults_of, similarity_faults

LIMITS_LOCK = 7_120_042


@transaction.atomic
def set_limit(*, kind: str, actor: Actor, version: int, measure: str, amount: Decimal) -> ClockLimit:
    """What holds from now on: clocks that run already keep the limit they began with. `version` is the one the
    administrator looked at (0: nobody has set it yet).
    """
    role = setter_role(actor)
    rule = RULE_OF.get(kind)
    if rule is None:
        raise NotFound()
    _lock()
    row = ClockLimit.objects.filter(kind=kind).first()
    _require_seen(version, row)
    _refuse(faults_of(rule, measure, amount))
    before = _plain_limit(row)
    row = row or ClockLimit(kind=kind, version=0)
    row.limit_type, row.limit_amount = measure, amount
    _save(row, actor)
    _remember(row, LIMIT_KIND, actor, role, {"kind": kind, "before": before, "after": _plain_limit(row)})
    forget()
    transaction.on_commit(forget)
    return row


@transaction.atomic
def set_similarity(*, type_code: str, actor: Actor, version: int, metres: int, hours: int) -> SimilarityLimit:
    """Within how many metres and hours two events of a type may be one matter; without a type, of all others."""
    role = setter_role(actor)
    if type_code and type_code not in catalogue().types:
        raise UnknownEventType(type_code=type_code)
    _lock()
    row = SimilarityLimit.objects.filter(type_code=type_code).first()
    _require_seen(version, row)
    _refuse(similarity_faults(metres, hours))
    before = _plain_similarity(row)
    row = row or SimilarityLimit(type_code=type_code, version=0)
    row.metres, row.hours = metres, hours
    _save(row, actor)
    facts = {"type_code": type_code, "before": before, "after": _plain_similarity(row)}
    _remember(row, SIMILARITY_KIND, actor, role, facts)
    _forget_similar()
    return row


@transaction.atomic
def drop_similarity(*, type_code: str, actor: Actor, version: int) -> None:
    """The type has no bounds of its own any more: those of all others hold."""
    role = setter_role(actor)
    _lock()
    row = SimilarityLimit.objects.filter(type_code=type_code).first()
    if row is None or not type_code:
        raise NotFound()
    _require_seen(version, row)
    facts = {"type_code": type_code, "before": _plain_similarity(row), "after": None}
    _remember(row, SIMILARITY_KIND, actor, role, facts, move="drop")
    row.delete()
    _forget_similar()


@transaction.atomic
def set_steps(*, subject_kind: str, clock: str, actor: Actor, version: int, ways: Sequence[Way]) -> EscalationPlan:
    """Who is told of a clock at which part of its limit, and how. Without any the usual steps hold again.

    Running clocks wait for the new steps from now on; what was told already is not told again.
    """
    role = setter_role(actor)
    if clock not in CLOCKS_OF.get(subject_kind, ()):
        raise NotFound()
    _lock()
    plan = EscalationPlan.objects.filter(subject_kind=subject_kind, clock=clock).first()
    _require_seen(version, plan)
    _refuse(faults_of_ways(ways))
    old = EscalationStep.objects.filter(subject_kind=subject_kind, clock=clock)
    before = [Way.of(row) for row in old.order_by("percent")] or list(default_ways(subject_kind, clock))
    old.delete()
    EscalationStep.objects.bulk_create(
        EscalationStep(subject_kind=subject_kind, clock=clock, **way.as_columns()) for way in ways
    )
    plan = plan or EscalationPlan(subject_kind=subject_kind, clock=clock, version=0)
    _save(plan, actor)
    after = plain_ways(ways or default_ways(subject_kind, clock))
    facts = {"subject_kind": subject_kind, "clock": clock, "before": plain_ways(before), "after": after}
    _remember(plan, STEPS_KIND, actor, role, facts)
    steps_changed(subject_kind, clock)
    return plan


def _lock() -> None:
    """One change after the other: they are few, and a limit that nobody has set yet has no row to lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LIMITS_LOCK])


def _require_seen(version: int, row: ClockLimit | SimilarityLimit | EscalationPlan | None) -> None:
    current = row.version if row is not None else 0
    if version != current:
        raise StaleVersion(current_version=current)


def _refuse(faults: Sequence[Fault]) -> None:
    if faults:
        raise Invalid(errors=[fault.as_error() for fault in faults])


def _save(row: ClockLimit | SimilarityLimit | EscalationPlan, actor: Actor) -> None:
    row.version += 1
    row.set_at, row.set_by_id = now(), actor.user_id
    row.save()


def _remember(
    row: ClockLimit | SimilarityLimit | EscalationPlan,
    subject_kind: str,
    actor: Actor,
    role: str,
    facts: dict[str, Any],
    *,
    move: str = "set",
) -> None:
    append(
        subject_kind=subject_kind,
        subject_id=row.pk,
        actor=actor,
        change=Change(move=move, from_state="", to_state=f"v{row.version}", role=role),
        at=row.set_at if move == "set" else now(),
        facts={"version": row.version, **facts},
    )


def _plain_limit(row: ClockLimit | None) -> dict[str, str] | None:
    return {"measure": row.limit_type, "amount": str(row.limit_amount)} if row is not None else None


def _plain_similarity(row: SimilarityLimit | None) -> dict[str, int] | None:
    return {"metres": row.metres, "hours": row.hours} if row is not None else None


def _forget_similar() -> None:
    similar.forget()
    transaction.on_commit(similar.forget)
