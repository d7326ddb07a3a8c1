"""Publishing a live update: a row in the outbox, inside the transaction of the change it tells about."""

from functools import lru_cache
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict

from core.clock import now
from core.insert import JsonText, insert, new
from core.models import OutboxMessage

Audience = frozenset[str]
NOBODY: Audience = frozenset()
IN_PUBLIC = "in-public"
"""Held among its keys by a screen that stands in public view: it is told what `LiveUpdate.masked` leaves."""

REGISTRY: dict[str, type["LiveUpdate"]] = {}


class LiveUpdate(BaseModel):
    """The base of every update. `type` names it on the wire, `subject_kind` what it is about.

    Defining a subclass registers it; a type that is not registered reaches nobody.
    """

    model_config = ConfigDict(extra="forbid")
    type: ClassVar[str] = ""
    subject_kind: ClassVar[str] = ""

    id: int
    version: int

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.type:
            REGISTRY[cls.type] = cls

    @classmethod
    def masked(cls, payload: dict[str, Any]) -> dict[str, Any] | None:
        """The payload as a screen in public view may have it; None, as usual, where it may not have it at all."""
        return None


def publish(update: LiveUpdate, *, before: Audience = NOBODY, after: Audience = NOBODY) -> None:
    """Send `update` to who may see the subject after the change; who could only before is told it is gone.

    No audience means nobody. It leaves only if the surrounding transaction commits.
    """
    insert(
        new(
            OutboxMessage,
            type=update.type,
            subject_kind=update.subject_kind,
            subject_id=update.id,
            payload=JsonText(update.model_dump_json()),
            before=sorted(before),
            after=sorted(after),
            created_at=now(),
        )
    )


@lru_cache(maxsize=4096)
def area_audience(path: str) -> Audience:
    """Keys of everybody whose area grant covers `path`: one for the area and for each of its ancestors."""
    labels = path.split(".")
    return frozenset(f"area:{'.'.join(labels[: depth + 1])}" for depth in range(len(labels))) if path else NOBODY


def unit_audience(*unit_ids: int | None) -> Audience:
    return frozenset(f"unit:{unit_id}" for unit_id in unit_ids if unit_id is not None)


def user_audience(*user_ids: int | None) -> Audience:
    return frozenset(f"user:{user_id}" for user_id in user_ids if user_id is not None)
