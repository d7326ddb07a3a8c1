"""Asking that people be told: one row in the transaction of the change."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.actor import Actor
from core.clock import now
from core.insert import insert
from notify.addressees import Word
from notify.models import Notice


def post_notice(
    kind: str,
    *,
    to: Sequence[Word],
    subject: tuple[str, int],
    values: Mapping[str, Any] | None = None,
    actor: Actor | None = None,
    is_urgent: bool = False,
) -> None:
    """Tell the people behind `to` about the subject (kind, id); it leaves only if the transaction commits.

    One statement, whoever is told. The actor is left out when it is sent.
    """
    if to:
        insert(
            Notice(
                kind=kind,
                subject_kind=subject[0],
                subject_id=subject[1],
                addressees=[list(word) for word in to],
                values=dict(values or {}),
                is_urgent=is_urgent,
                actor_id=actor.user_id if actor else None,
                created_at=now(),
            )
        )
