"""Who is told what about events: a table over the moves, the legs they touch, and the signals of this app.

A notice is one row in the transaction of the move; who the addressed people are is found out when it is sent. Reporting
an event tells nobody: the desks see it at once, and the receipt is the citizen's answer.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db.models import Q

from accounts.roles import Role
from core.actor import SYSTEM, Actor
from core.clock import local
from core.prepared import prepared
from events.actions.moving import Moving
from events.lifecycle import ASSIGNEE
from events.models import Alert, Event, HeldReport, Reminder, Reporter, Request
from events.models.event import SUBJECT_KIND
from events.moves import Move, OrderMove, RequestMove
from events.queries.catalogue import number_of, owning_centre
from events.queries.reporters import recipient_of
from events.receipts import shown_receipt
from events.rules.escalation import Addressed, Step, calls_out
from events.rules.limits import CHIEF_FROM_RETURN
from events.rules.requests import LADDERS, LEG_EXTENSION
from events.rules.returns import chief_decides
from notify.actions.post import post_notice
from notify.addressees import Recipient, Word, post, unit, user

REPORTERS: Final = "reporters"
URGENT_UP_TO: Final = 2
"""特急 and 紧急 events reach people whatever hour it is."""
SEATS = frozenset({Role.ACCEPTOR, Role.DISPATCHER, Role.DUTY_CHIEF, Role.LEADER, Role.ASSESSOR})

# --- moves

To = Callable[[Moving], list[Word]]


def _seat(role: str) -> To:
    """The post at the owning centre."""
    return lambda moving: [post(role, moving.event.owner_unit_id, moving.event.area_path)]


def _returned_to(moving: Moving) -> list[Word]:
    """The dispatcher decides on the first return, the duty chief on the next."""
    by_chief = chief_decides(moving.event.return_count, chief_from=number_of(CHIEF_FROM_RETURN))
    return _seat(Role.DUTY_CHIEF if by_chief else Role.DISPATCHER)(moving)


def _lead_desk(moving: Moving) -> list[Word]:
    return [_desk_of_lead(moving.event)]


def _asked_office(moving: Moving) -> list[Word]:
    return _office(moving.event.asked_unit_id)


def _office(asked: int | None) -> list[Word]:
    return [unit(asked, Role.DEPARTMENT_DESK), unit(asked, Role.HANDLER)] if asked is not None else []


def _is_called_off(moving: Moving) -> bool:
    """Was an office to verify that need not any more, without having done it?"""
    did_it = moving.change is not None and moving.change.role == ASSIGNEE
    return moving.office_before is not None and moving.event.asked_unit_id is None and not did_it


def _who_goes_on(moving: Moving) -> list[Word]:
    """A reopened event begins again at the seat its state waits for."""
    return _seat(Role.ACCEPTOR if moving.event.state == "reported" else Role.DISPATCHER)(moving)


def _reporters(moving: Moving) -> list[Word]:
    return [(REPORTERS, moving.event.pk)]


def _own(moving: Moving) -> list[Word]:
    return [user(moving.event.reporter_id)] if moving.event.reporter_id is not None else []


_REPORTED = prepared(
    "SELECT DISTINCT reporter_id FROM events_event WHERE (id = $1 OR main_event_id = $1) AND reporter_id IS NOT NULL "
    "ORDER BY 1",
    count=1,
    types=("bigint",),
)


def _own_of_all(moving: Moving) -> list[Word]:
    """Whoever reported the event, or one that follows it, with an account: each once."""
    return [user(reporter_id) for (reporter_id,) in _REPORTED.fetch_all([moving.event.pk])]


@dataclass(frozen=True)
class Rule:
    kind: str
    to: To


_ENDED = (Rule("report_closed", _reporters), Rule("own_report_ended", _own_of_all))
TABLE: Final[dict[str, tuple[Rule, ...]]] = {
    Move.ASK_VERIFICATION: (Rule("verification_asked", _asked_office),),
    Move.RETURN: (Rule("event_returned", _returned_to),),
    Move.RETURN_LEG: (Rule("leg_returned", _lead_desk),),
    Move.RESUME: (Rule("event_resumed", _lead_desk),),
    Move.ESCALATE_UP: (Rule("event_handed_over", _seat(Role.ACCEPTOR)),),
    Move.SKIP_LEVEL: (Rule("event_handed_over", _seat(Role.ACCEPTOR)),),
    Move.ASSIGN_DOWN: (Rule("event_handed_over", _seat(Role.ACCEPTOR)),),
    Move.REOPEN: (Rule("event_reopened", _who_goes_on),),
    Move.REJECT: (Rule("report_rejected", _reporters), Rule("own_report_ended", _own_of_all)),
    Move.MERGE: (Rule("report_merged", _reporters), Rule("own_report_ended", _own)),
    Move.CLOSE: _ENDED,
    Move.FORCE_CLOSE: _ENDED,
    Move.SELF_HANDLE: _ENDED,
    Move.CANCEL: (Rule("report_cancelled", _reporters), Rule("own_report_ended", _own_of_all)),
}
LEGS: Final = {
    OrderMove.ISSUE: "order_issued",
    OrderMove.REISSUE: "order_issued",
    OrderMove.REWORK: "order_rework",
    OrderMove.WITHDRAW: "order_withdrawn",
    OrderMove.WAIVE: "order_withdrawn",
    OrderMove.GIVE_BACK: "order_given_back",
}
"""What a department's desk is told when its leg was touched."""
STATES_EN: Final = {"closed": "closed", "rejected": "not taken", "merged": "merged", "cancelled": "cancelled"}


def _values(event: Event, **more: Any) -> dict[str, Any]:
    """Facts of the event that every text may use; `type` is joined."""
    place = event.address or event.area_label
    return {"number": event.number, "title": event.title, "place": place, "kind": event.type.name, **more}


def on_event_moved(*, moving: Moving, personal: dict[str, Any] | None = None, **_: Any) -> None:
    """One notice for each rule of the move, and one for each department whose leg it touched. A leg is given back by
    its team, which tells the desk, or taken from the team by what befalls the event, which tells the team.
    """
    said = personal or {}
    reason = str(said.get("reason") or said.get("note") or "")
    event, about, urgent = moving.event, (SUBJECT_KIND, moving.event.pk), moving.event.level <= URGENT_UP_TO
    by = Actor(moving.brought_about_by, "") if moving.brought_about_by is not None else moving.actor
    for order in moving.orders:
        touched = moving.touched.get(order.pk, "")
        kind = LEGS.get(touched) if touched != OrderMove.GIVE_BACK or moving.move == Move.TEAM_REPORT else None
        if kind is not None:
            values = _values(event, unit=order.unit.name, reason=reason)
            to = [unit(order.unit_id, Role.DEPARTMENT_DESK)]
            post_notice(kind, to=to, subject=("order", order.pk), values=values, actor=by, is_urgent=urgent)
    if _is_called_off(moving):
        office = _office(moving.office_before)
        post_notice("verification_off", to=office, subject=about, values=_values(event), actor=moving.actor)
    for rule in TABLE.get(moving.move, ()):
        is_public = rule.to is _reporters
        if is_public and not event.has_citizen:
            continue
        state = {"state": event.get_state_display(), "state_en": STATES_EN.get(event.state, event.state)}
        values = _values(event, unit=event.lead_unit.name if event.lead_unit else "", **state)
        if not is_public:
            values["reason"] = reason  # the public reads it under the receipt, not in a text message
        post_notice(rule.kind, to=rule.to(moving), subject=about, values=values, actor=moving.actor, is_urgent=urgent)


def reporters_to_tell(event_id: int) -> list[Recipient]:
    """Everybody who left a phone with a report of the event, or of one merged into it."""
    theirs = Reporter.objects.filter(Q(event_id=event_id) | Q(event__main_event_id=event_id))
    return [
        Recipient(
            key=recipient_of(reporter),
            phone=reporter.contact_phone,
            values={"receipt": shown_receipt(reporter.receipt), "link": link_of(reporter.receipt)},
        )
        for reporter in theirs.exclude(contact_phone="").order_by("pk")
    ]


def link_of(receipt: str) -> str:
    return f"{settings.PUBLIC_BASE}/report/{shown_receipt(receipt)}"


# --- requests, reminders, clocks

REQUEST_RESULTS: Final = {
    RequestMove.GRANT: ("已批准", "was granted"),
    RequestMove.REFUSE: ("未获同意", "was refused"),
    RequestMove.LAPSE: ("已失效", "has lapsed"),
}


def on_request_moved(*, request: Request, event: Event, move: str, actor: Actor = SYSTEM, **_: Any) -> None:
    """Who decides next is told what waits, and who asked is told what became of it; `actor` made it void."""
    if move in REQUEST_RESULTS:
        decider = Actor(request.decided_by_id, "") if request.decided_by_id else actor
        _tell_of_decision(request, event, move, decider)
    elif move in (RequestMove.ASK, RequestMove.ENDORSE):
        by = request.endorsed_by_id if move == RequestMove.ENDORSE else request.asked_by_id
        kind = "request_asked"
        to: list[Word] = [_decider(request, event)]
        if _is_of_a_helper(request):
            kind = "leg_extension_asked"
            to.append(_desk_of_lead(event))
        values = _request_values(request, event, reason=request.reason)
        about = ("request", request.pk)
        post_notice(kind, to=to, subject=about, values=values, actor=Actor(by, "") if by else SYSTEM)


def _tell_of_decision(request: Request, event: Event, move: str, decider: Actor) -> None:
    """Who asked; of more time for a helping department that department's desk and the lead's too, in one notice, so
    that who is both hears it once.
    """
    result, result_en = REQUEST_RESULTS[move]
    kind = "request_decided"
    to: list[Word] = [user(request.asked_by_id)]
    if _is_of_a_helper(request) and move != RequestMove.LAPSE:
        kind = "leg_extension_decided"
        to += [unit(request.unit_id, Role.DEPARTMENT_DESK), _desk_of_lead(event)]
    values = _request_values(request, event, result=result, result_en=result_en)
    post_notice(kind, to=to, subject=("request", request.pk), values=values, actor=decider)


def _is_of_a_helper(request: Request) -> bool:
    """Does a helping department ask, and not only one of its people whose own desk has not said yes to it?"""
    return request.kind == LEG_EXTENSION and request.endorsed_at is not None


def _desk_of_lead(event: Event) -> Word:
    return unit(event.lead_unit_id, Role.DEPARTMENT_DESK)


def _request_values(request: Request, event: Event, **more: Any) -> dict[str, Any]:
    unit_name = request.unit.name if request.unit is not None else ""
    return _values(event, what=request.get_kind_display(), unit=unit_name, **more)


def _decider(request: Request, event: Event) -> Word:
    """The desk of the asking department first, where the ladder says so; then the post that grants."""
    if request.state == "requested":
        return unit(request.unit_id, Role.DEPARTMENT_DESK)
    role = LADDERS[request.kind].granted_by
    at_centre = role in (Role.ACCEPTOR, Role.DISPATCHER, Role.DUTY_CHIEF)
    return post(role, event.owner_unit_id if at_centre else None, event.area_path)


def _word(one: Addressed, event_path: str) -> Word:
    if one.user_id is not None:
        return user(one.user_id)
    if one.role in SEATS:
        return post(one.role, one.unit_id, one.area_path or event_path)
    return unit(one.unit_id, one.role) if one.unit_id is not None else post(one.role, None, one.area_path)


def on_escalated(
    *,
    subject_kind: str,
    subject_id: int,
    event: Event | None,
    clock: str,
    threshold: int,
    step: Step,
    urgent: bool,
    addressees: Sequence[Addressed],
    alert: Alert | None = None,
    **_: Any,
) -> None:
    """Thresholds: urgent as the step is set, usually from the duty chief's on."""
    names = {"clock": CLOCK_NAMES.get(clock, clock), "clock_en": clock, "threshold": threshold}
    if alert is not None:
        _tell_of_alert(alert, names, step, addressees, urgent=urgent)
        return
    post_notice(
        "escalated",
        to=[_word(one, event.area_path if event else "") for one in addressees],
        subject=(SUBJECT_KIND, event.pk) if event is not None else (subject_kind, subject_id),
        values=_values(event, **names) if event is not None else names,
        is_urgent=urgent,
    )


def _tell_of_alert(
    alert: Alert, names: dict[str, Any], step: Step, addressees: Sequence[Addressed], *, urgent: bool
) -> None:
    """An alert nobody has acknowledged. Of a red one the last step goes out by telephone and text message."""
    post_notice(
        "alert_called" if calls_out(alert.level, step) else "alert_escalated",
        to=[_word(one, alert.area_path) for one in addressees],
        subject=("alert", alert.pk),
        values={**names, "title": alert.title, "place": alert.address or alert.area_label},
        is_urgent=urgent,
    )


CLOCK_NAMES: Final = {
    "accept": "受理",
    "verify": "核实",
    "dispatch": "派遣",
    "sign": "签收",
    "handling": "处置",
    "check": "核查",
    "close": "结案",
    "reply": "回复",
    "alert": "核实",
    "first_contact": "首次联系",
    "answer": "答复诉求人",
    "call_back": "回访",
}


def on_reminded(*, reminder: Reminder, event: Event, addressees: Sequence[Addressed], at: datetime, **_: Any) -> None:
    what = reminder.get_colour_display() if reminder.colour else reminder.get_kind_display()
    values = _values(event, what=what, due=f"{local(reminder.reply_due_at):%m-%d %H:%M}", note=reminder.note)
    post_notice(
        "reminded",
        to=[_word(one, event.area_path) for one in addressees],
        subject=(SUBJECT_KIND, event.pk),
        values=values,
        actor=Actor(reminder.issued_by_id, "") if reminder.issued_by_id else SYSTEM,
        is_urgent=reminder.colour in (Reminder.Colour.YELLOW, Reminder.Colour.RED),
    )


def on_reminder_replied(*, reminder: Reminder, event: Event, addressees: Sequence[Addressed], **_: Any) -> None:
    values = _values(event, what=reminder.get_kind_display(), unit=reminder.unit.name)
    post_notice(
        "reminder_replied",
        to=[_word(one, event.area_path) for one in addressees],
        subject=(SUBJECT_KIND, event.pk),
        values=values,
        actor=Actor(reminder.replied_by_id, "") if reminder.replied_by_id else SYSTEM,
    )


# --- reports that are no events yet


def tell_held(held: HeldReport) -> None:
    """The acceptors of the centre that would own it."""
    centre = owning_centre(held.area_path)
    post_notice(
        "report_held",
        to=[post(Role.ACCEPTOR, centre.pk, held.area_path)],
        subject=("held_report", held.pk),
        values={"place": held.area_label or held.address},
    )


def tell_reporter_of_refusal(held: HeldReport) -> None:
    if held.contact_phone:
        post_notice("report_rejected", to=[("held", held.pk)], subject=("held_report", held.pk))


def held_to_tell(held_id: int) -> list[Recipient]:
    held = HeldReport.objects.filter(pk=held_id).exclude(contact_phone="").first()
    if held is None:
        return []
    values = {"receipt": shown_receipt(held.receipt), "link": link_of(held.receipt)}
    return [Recipient(key=f"held:{held.pk}", phone=held.contact_phone, values=values)]
