"""The shapes of deadlines with their ledger."""

from datetime import datetime
from typing import Literal

from pydantic import ConfigDict, Field

from dispatch.shapes import Light
from events.shapes.base import LimitShape, Shape, UnitRef


class DeadlineInterval(Shape):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)
    start: datetime = Field(alias="from")
    to: datetime | None
    kind: Literal["run", "pause"]
    reason: str
    """Why the clock stood still: verifying, returned, suspended, merged; empty while it ran."""


class DeadlineExtension(Shape):
    """More time that was granted, in the measure of the limit; `limit` of the reading holds it already."""

    at: datetime
    amount: float
    reason: str


class DeadlineReading(Shape):
    kind: str
    limit: LimitShape
    state: str
    started_at: datetime
    due_at: datetime
    stopped_at: datetime | None
    elapsed_seconds: int
    overdue_seconds: int
    running: bool
    light: Light
    intervals: list[DeadlineInterval]
    extensions: list[DeadlineExtension]
    unit: UnitRef | None = None
    """The co-handling department whose own clock it is; none for the clocks of the event."""
