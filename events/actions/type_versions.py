"""Writing versions of types, many at a time: one steps back, the next takes force, and history says who did it."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import NamedTuple

from django.db import connection, transaction

from core.actor import Actor
from core.clock import now
from core.history.chain import row_hash
from core.history.record import append
from core.lifecycle import Change
from events.actions.part_classes import tell_register
from events.models import Condition, EventType, MainClass
from events.queries.catalogue import forget
from events.queries.event_types import SUBJECT_KIND, first_ids
from events.rules.type_content import TypeContent, as_plain

CATALOGUE_LOCK = 7120024
NOBODY_IN_FORCE = "retired"


class Planned(NamedTuple):
    """A version to be written, and the one that it follows (None for a type nobody knew)."""

    previous: EventType | None
    content: TypeContent


def lock_catalogue() -> None:
    """One change of the catalogue after the other: they are few, and numbers and codes belong to all of them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CATALOGUE_LOCK])


def digest_of(content: TypeContent) -> str:
    return row_hash("", as_plain(content))


def write_versions(
    plan: Sequence[Planned], *, actor: Actor, role: str, note: str = "", starting: bool = False
) -> list[EventType]:
    """Every version of the plan takes force at once. The caller holds the catalogue's lock."""
    at = now()
    old = [planned.previous.pk for planned in plan if planned.previous is not None and planned.previous.is_current]
    EventType.objects.filter(pk__in=old).update(is_current=False)
    digits = {(row.category, row.name): row.code for row in MainClass.objects.current()}
    rows = EventType.objects.bulk_create(
        _row(planned, digits, at=at, by=actor.name, note=note, starting=starting) for planned in plan
    )
    Condition.objects.bulk_create(
        condition for row, planned in zip(rows, plan, strict=True) for condition in _conditions(row, planned.content)
    )
    _record(list(zip(rows, plan, strict=True)), actor=actor, role=role, note=note, at=at)
    _read_again()
    return rows


def _row(
    planned: Planned, digits: dict[tuple[str, str], str], *, at: datetime, by: str, note: str, starting: bool
) -> EventType:
    previous, content = planned
    values = {name: value for name, value in vars(content).items() if name != "conditions"}
    return EventType(
        **values,
        main_code=digits.get((content.category, content.main_class), ""),
        version=previous.version + 1 if previous else 1,
        is_starting_set=starting,
        made_at=at,
        made_by=by,
        note=note,
        digest=digest_of(content),
    )


def _conditions(row: EventType, content: TypeContent) -> list[Condition]:
    return [
        Condition(
            type=row,
            code=one.code,
            text=one.text,
            closing_standard=one.closing_standard,
            limit_type=one.limit_type,
            limit_amount=one.limit_amount,
            position=position,
        )
        for position, one in enumerate(content.conditions)
    ]


def _record(written: list[tuple[EventType, Planned]], *, actor: Actor, role: str, note: str, at: datetime) -> None:
    firsts = first_ids(row.code for row, planned in written if planned.previous is not None)
    for row, (previous, _content) in written:
        came = "create" if previous is None else ("change" if previous.is_current else "restore")
        before = "" if previous is None else _state(previous)
        append(
            subject_kind=SUBJECT_KIND,
            subject_id=firsts.get(row.code, row.pk),
            actor=actor,
            change=Change(move=came, from_state=before, to_state=_state(row), role=role),
            at=at,
            facts={"code": row.code, "version": row.version, "digest": row.digest},
            personal={"note": note},
            first=previous is None,
        )


def _state(row: EventType) -> str:
    return f"v{row.version}" if row.is_current else NOBODY_IN_FORCE


def retire_rows(rows: Sequence[EventType], *, actor: Actor, role: str, reason: str) -> None:
    """The types leave force without a successor. The caller holds the catalogue's lock."""
    at = now()
    firsts = first_ids(row.code for row in rows)
    EventType.objects.filter(pk__in=[row.pk for row in rows]).update(is_current=False)
    for row in rows:
        change = Change(move="retire", from_state=_state(row), to_state=NOBODY_IN_FORCE, role=role)
        row.is_current = False
        append(
            subject_kind=SUBJECT_KIND,
            subject_id=firsts[row.code],
            actor=actor,
            change=change,
            at=at,
            facts={"code": row.code, "version": row.version},
            personal={"reason": reason},
        )
    _read_again()


def _read_again() -> None:
    """Rows written many at a time send no signals of their own; the register of components follows."""
    tell_register()
    forget()
    transaction.on_commit(partial(forget))
