"""What the people of a play do, each thing once: every one of them is a real action of the platform."""

from collections.abc import Sequence
from typing import Any

from core.actor import SYSTEM, Actor
from dispatch.actions import task_moves
from dispatch.actions.task_moves import Outcome
from dispatch.models import FieldTask, Responder
from dispatch.rules.geofence import Fix
from events.actions.alert_decisions import confirm_alert
from events.actions.alert_recovery import alert_recovered
from events.actions.alerts import AlertEvidence, raise_alert
from events.actions.perform import perform
from events.actions.report import report_event
from events.actions.settle import settle_automatically
from events.models import Alert, Event, WorkOrder
from events.models.event import SUBJECT_KIND
from events.moves import Move
from simulator.life import photos as pictures
from simulator.life.cast import Cast, Place
from simulator.life.problems import PlayFailed

ACCURACY_M = 8.0
PLAYED = "play"
"""The subject of alerts that a play raises: one for each play, so that none joins another's event."""


class Hands:
    """The moves of one event. `seed` decides what its drawn photos look like; without `photos` none are taken."""

    def __init__(self, cast: Cast, place: Place, *, seed: int, photos: bool = True) -> None:
        self.cast, self.place, self.seed, self.photos = cast, place, seed, photos
        self.event_id = 0
        self.finding: Alert | None = None

    # the beginning

    def raise_alert(self, *, source: str, rule: str, type_code: str, title: str, subject: int) -> Alert:
        """The machine finds something, with a still."""
        still = pictures.photo(SYSTEM, self.seed, "alert").path if self.photos else None
        alert = raise_alert(
            source=source,
            rule=rule,
            subject_kind=PLAYED,
            subject_id=subject,
            type_code=type_code,
            title=title,
            lng=self.place.lng,
            lat=self.place.lat,
            confidence=0.9,
            address=self.place.address,
            evidence=AlertEvidence(still_path=still),
        )
        if alert is None:
            raise PlayFailed("The finding was passed over: the same subject was decided a moment ago.", "Play again.")
        self.finding = alert
        return alert

    def settled(self, alert: Alert, *, look: bool = False) -> Event | None:
        """What the platform made of it by itself, where an administrator has allowed that; None where people decide.
        With `look` it looks at this alert now, and does not wait for the next sweep.
        """
        if look:
            settle_automatically(alert.pk)
        alert.refresh_from_db()
        if alert.state != "confirmed" or alert.event is None:
            return None
        self.event_id = alert.event.pk
        return alert.event

    def confirm(self, alert: Alert, by: Actor, note: str) -> Event:
        confirmed = confirm_alert(alert_id=alert.pk, actor=by, note=note)
        if confirmed.event is None:
            raise PlayFailed(f"The alert {alert.pk} led to no event.", "Look at the alert in the wall's list.")
        self.event_id = confirmed.event.pk
        return confirmed.event

    def report(self, by: Actor, *, type_code: str, source: str, title: str = "", description: str = "") -> Event:
        event = report_event(
            actor=by,
            type_code=type_code,
            lng=self.place.lng,
            lat=self.place.lat,
            address=self.place.address,
            title=title,
            description=description,
            source=source,
            attachment_ids=self.photo(by, "report"),
        ).event
        self.event_id = event.pk
        return event

    # the moves

    def move(self, move: str, by: Actor, **inputs: Any) -> Event:
        return perform(self.event_id, move, by, **inputs)

    def finish(self, by: Actor, note: str) -> Event:
        """The place is as it should be: the machine that found it sees nothing more, and says so."""
        event = self.move(Move.FINISH, by, note=note, attachment_ids=self.photo(by, "after"))
        if (found := self.finding) is not None:
            alert_recovered(
                source=found.source, rule=found.rule, subject_kind=found.subject_kind, subject_id=found.subject_id
            )
        return event

    def finish_leg(self, by: Actor, order: WorkOrder, note: str) -> Event:
        return self.move(Move.FINISH_LEG, by, order_id=order.pk, note=note)

    def check(self, passed: bool, by: Actor, note: str) -> Event:
        """By video or by calling back, from the centre."""
        move, word = (Move.CHECK_PASS, "note") if passed else (Move.CHECK_FAIL, "reason")
        return self.move(move, by, **{word: note})

    # the field

    def task(self, kind: str) -> FieldTask:
        """The open task about the event."""
        tasks = FieldTask.objects.open().filter(subject_kind=SUBJECT_KIND, subject_id=self.event_id, kind=kind)
        found = tasks.select_related("assignee__user").order_by("-id").first()
        if found is None:
            raise PlayFailed(f"The event has no open task to {kind}.", "Look at the event's tasks on the desk.")
        return found

    def accept_task(self, kind: str) -> Responder:
        task = self.task(kind)
        task_moves.accept(task_id=task.pk, version=task.version, actor=self.cast.actor_of(task.assignee))
        return task.assignee

    def arrive(self, kind: str) -> Responder:
        task = self.task(kind)
        task_moves.arrive(
            task_id=task.pk, version=task.version, actor=self.cast.actor_of(task.assignee), fix=self._here(task)
        )
        return task.assignee

    def hand_in(self, kind: str, *, passed: bool, note: str) -> Responder:
        """The task is done: the event moves with it."""
        task = self.task(kind)
        who = self.cast.actor_of(task.assignee)
        outcome = Outcome(passed=passed, note=note, attachment_ids=self.photo(who, kind), fix=self._here(task))
        task_moves.done(task_id=task.pk, version=task.version, actor=who, outcome=outcome)
        return task.assignee

    # what is there

    def event(self) -> Event:
        return Event.objects.select_related("type", "scenario", "lead_unit").get(pk=self.event_id)

    def legs(self, role: str) -> Sequence[WorkOrder]:
        """The legs of the present run, in the order in which they were opened."""
        event = Event.objects.only("run").get(pk=self.event_id)
        legs = WorkOrder.objects.filter(event_id=self.event_id, role=role, run=event.run).select_related("unit")
        return list(legs.order_by("id"))

    def _here(self, task: FieldTask) -> Fix:
        return Fix(task.point.x, task.point.y, ACCURACY_M)

    def photo(self, by: Actor, caption: str) -> list[int]:
        """An upload of theirs, to hand in with the next move."""
        self.seed += 1
        return [pictures.photo(by, self.seed, caption).pk] if self.photos else []
