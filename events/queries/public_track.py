"""The public page of one report: six stages with their times, no names of officers, nothing of the inside."""

from datetime import datetime, timedelta
from typing import Any

from core.clock import now
from core.models import HistoryRow
from events.errors import UnknownReceipt
from events.lifecycle import PUBLIC_STAGES
from events.models import Event, HeldReport, Reporter
from events.models.event import SUBJECT_KIND
from events.moves import Clock, Move
from events.queries.catalogue import limit_of
from events.queries.followers import leading
from events.receipts import shown_receipt
from events.rules.limits import REOPENING

STAGES = ("reported", "filed", "dispatched", "handling", "handled", "closed")
"""The codes of the six public stages, in order; what people read is `PUBLIC_STAGES` of the same state."""
_STAGE_OF = {PUBLIC_STAGES[code]: code for code in STAGES}
SIDE_ENDS = {"suspended": "suspended", "rejected": "rejected", "cancelled": "cancelled"}
STANDS_AT = {"suspended": "handling"}
ANSWERS = (Move.CLOSE, Move.REJECT)
"""Moves whose words are meant for the reporter."""


def stage_of(event: Event) -> str:
    """The code of the public stage the event stands in; a side end is one of `SIDE_ENDS`."""
    return SIDE_ENDS.get(event.state) or _STAGE_OF.get(PUBLIC_STAGES[event.state], "reported")


def window() -> timedelta:
    return limit_of(Clock.RATING).length


def window_ends(event: Event) -> datetime | None:
    """Until when the citizen may rate; None for an event that has no such window now."""
    return event.ended_at + window() if event.state in ("closed", "rejected") and event.ended_at else None


def may_reopen_until(event: Event) -> datetime | None:
    """Until when the citizen may ask again; None for an event that has no such window now."""
    within = limit_of(REOPENING).length
    return event.ended_at + within if event.state in ("closed", "rejected") and event.ended_at else None


def track(receipt: str) -> dict[str, Any]:
    """What the holder of the receipt may see. UnknownReceipt where there is none."""
    reporter = Reporter.objects.select_related("event__type", "event__main_event__type").filter(receipt=receipt).first()
    if reporter is not None:
        return _of_event(reporter)
    held = HeldReport.objects.filter(receipt=receipt).first() if receipt else None
    if held is None:
        raise UnknownReceipt()
    return _of_held(held)


def _of_event(reporter: Reporter) -> dict[str, Any]:
    own, event = reporter.event, leading(reporter.event)
    rows = HistoryRow.objects.filter(subject_kind=SUBJECT_KIND, subject_id=event.pk).order_by("seq")
    history = list(rows.only("at", "move", "from_state", "to_state", "personal"))
    stage, ends = stage_of(event), window_ends(event)
    is_open_window = ends is not None and ends > now()
    again_until = may_reopen_until(event)
    return {
        "receipt": shown_receipt(reporter.receipt),
        "number": own.number,
        "kind": own.type.name,
        "address": own.address,
        "area": _street_and_community(own),
        "reported_at": reporter.created_at,
        "stage": stage,
        "stages": _times(history, stage),
        "is_merged": own.state == "merged",
        "suspended_until": event.suspended_until if stage == "suspended" else None,
        "answer": _answer(history) if not event.is_open else "",
        "run": event.run,
        "rating": reporter.rating if reporter.rated_run == event.run else None,
        "may_rate": is_open_window and event.state == "closed",
        "may_reopen": again_until is not None and again_until > now(),
        "window_ends": ends if is_open_window else None,
    }


def _street_and_community(event: Event) -> str:
    """Down to the community: grids are a matter of the inside."""
    return " ".join(event.area_label.split(" ")[:2])


def _times(history: list[HistoryRow], stage: str) -> list[dict[str, Any]]:
    """When each stage was first reached since the last beginning; the one it stands in, and those before, are past."""
    run = _present_run(history)
    reached: dict[str, datetime] = {}
    for row in run:
        code = _STAGE_OF.get(PUBLIC_STAGES.get(row.to_state, ""))
        if code is not None:
            reached.setdefault(code, row.at)
    if run:
        reached.setdefault("reported", run[0].at)
    here = len(STAGES) if stage in ("rejected", "cancelled") else STAGES.index(STANDS_AT.get(stage, stage))
    return [{"code": code, "at": reached.get(code) if place <= here else None} for place, code in enumerate(STAGES)]


def _present_run(history: list[HistoryRow]) -> list[HistoryRow]:
    """What happened since the report, or since it was last taken up again."""
    begins = max((i for i, row in enumerate(history) if row.move in (Move.REPORT, Move.REOPEN)), default=0)
    return history[begins:]


def _answer(history: list[HistoryRow]) -> str:
    """The reply of the closing, or why it was not taken; nothing of a run before, which was no answer to this one."""
    last = next((row for row in reversed(_present_run(history)) if row.move in ANSWERS), None)
    personal = (last.personal or {}) if last else {}
    return str(personal.get("note") or personal.get("reason") or "")


def _of_held(held: HeldReport) -> dict[str, Any]:
    rejected = held.state == HeldReport.State.REJECTED
    return {
        "receipt": shown_receipt(held.receipt),
        "number": "",
        "kind": "",
        "address": held.address,
        "area": " ".join(held.area_label.split(" ")[:2]),
        "reported_at": held.created_at,
        "stage": "rejected" if rejected else "reported",
        "stages": [{"code": code, "at": held.created_at if code == "reported" else None} for code in STAGES],
        "is_merged": False,
        "suspended_until": None,
        "answer": held.decision if rejected else "",
        "run": 1,
        "rating": None,
        "may_rate": False,
        "may_reopen": False,
        "window_ends": None,
    }
