"""What shapes are made of: references, attachments, history, the words of states."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

AlertState = Literal["open", "confirmed", "dismissed", "expired"]
EventState = Literal[
    "reported", "verifying", "filed", "dispatched", "returned", "handling", "suspended", "handled", "checking",
    "checked", "closed", "evaluated", "rejected", "merged", "cancelled",
]  # fmt: skip
Stage = Literal["discover", "verify", "dispatch", "handle", "feedback", "evaluate", "ended"]
OrderState = Literal["issued", "signed", "assigned", "done", "returned", "waived", "withdrawn"]
OutOfServiceState = Literal["out", "back"]
LimitTypeName = Literal["urgent_hours", "working_hours", "working_days", "calendar_days"]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class UnitRef(Shape):
    id: int
    name: str


class PersonRef(Shape):
    id: int
    name: str


class AttachmentShape(Shape):
    id: int
    url: str
    thumb_url: str
    kind: Literal["photo", "still", "clip", "document"]
    purpose: Literal["", "evidence", "report", "verification", "before", "after", "check", "basis"]
    blurred: bool
    created_at: datetime
    by: str | None


class AllowedMove(Shape):
    """A button: `available` is False where the move is declared but refused, with the code of the refusal."""

    move: str
    label: str
    needs: list[str]
    available: bool
    refusal_code: str | None


CallOutcome = Literal["", "connecting", "by_hand", "not_connected", "reached", "no_answer", "wrong_number"]


class HistoryEntry(Shape):
    seq: int
    at: datetime
    actor_name: str
    role: str
    move: str
    from_state: str
    to_state: str
    reason: str
    note: str
    position: dict[str, Any] | None
    attachment_ids: list[int]
    unit: str
    """The departments that a dispatch went to, or the one whose leg the move was about."""
    outcome: Literal["", "reached", "not_reached", "wrong_number"]
    """Of a contact with the citizen who reported; `solved` and `satisfied` are what the call-back heard."""
    solved: bool | None
    satisfied: bool | None
    called: str
    """Of a telephone call to a responder: who was called, and how it went."""
    call: CallOutcome
    clock: str
    """Of a crossed threshold: which clock, at how many percent of its limit, and the posts that were told."""
    threshold: int | None
    addressed: list[str]
    readings: list[dict[str, Any]]
    hash: str


Supervision = Literal["", "ordinary", "yellow", "red"]


class LimitShape(Shape):
    type: LimitTypeName
    amount: float


class Upload(Shape):
    id: int
    url: str
    thumb_url: str
    width: int
    height: int
    sha256: str
