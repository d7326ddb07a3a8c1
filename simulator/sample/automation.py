"""A rule that is automatic in the sample district, with the past by which it was allowed: vehicles in a fire lane.

What a camera finds there is about a lane that is blocked, never about a person. Three weeks of its findings are looked
at by the sample people as anybody would, one of them is not true, and every event is handled and closed. Then the duty
chief switches it on: from there on the platform measures it as it measures every other.
"""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from core.actor import Actor
from core.clock import as_of, local
from events.actions.alert_decisions import acknowledge_alert, confirm_alert, dismiss_alert
from events.actions.alerts import AlertEvidence, raise_alert
from events.actions.automation import AutomationContent, switch_automation, write_automation
from events.actions.perform import perform
from events.models import Alert, Automation, CheckMode, Condition
from events.moves import Move
from events.queries.automation import measure
from events.queries.catalogue import type_of
from simulator.life import photos
from video.models import Zone

SOURCE, RULE = "video", "fire_lane_blocked"
CONDITION = "vehicle"
DAYS = 24
HOURS = (8, 15)
"""One finding in the morning and one in the afternoon: each is over before the next begins."""
UNTRUE = 17
"""Which of them, counted from 0, shows an engine at work."""
ASKED = AutomationContent(
    confirms=True, files=False, min_precision=0.85, min_sample=40, window_days=60, audit_percent=10
)
"""The bound of 47 right among 48 is 89 %: two more may be wrong before it switches itself off."""


@dataclass(frozen=True)
class Step:
    move: str
    who: str
    minutes: tuple[float, float]


STEPS = (
    Step(Move.FILE, "acceptor", (2, 9)),
    Step(Move.DISPATCH, "dispatcher", (1, 8)),
    Step(Move.SIGN, "desk", (2, 9)),
    Step(Move.FINISH, "desk", (20, 70)),
    Step(Move.ASK_CHECK, "acceptor", (1, 9)),
    Step(Move.CHECK_PASS, "acceptor", (3, 15)),
    Step(Move.CLOSE, "acceptor", (2, 15)),
)


class Findings:
    """Plays the findings of one zone before `until`. The same seed gives the same ones."""

    def __init__(self, zone: Zone, *, seed: int, until: datetime) -> None:
        self.zone, self.until, self.seed = zone, until, seed
        self.chance = random.Random(seed)
        self.kind = type_of(RULE)
        self.condition = Condition.objects.get(type=self.kind, code=CONDITION)
        names = ("wall", "acceptor", "dispatcher", self.kind.default_unit_code)
        users = {user.username: user for user in User.objects.filter(username__in=names).select_related("unit")}
        self.people: dict[str, Actor] = {name: users[name].as_actor() for name in names}
        self.people["desk"] = self.people[self.kind.default_unit_code]
        self.unit_id = users[self.kind.default_unit_code].unit_id

    def play(self) -> int:
        """How many there were."""
        midnight = local(self.until).replace(hour=0, minute=0, second=0, microsecond=0)
        moments = [
            midnight - timedelta(days=day) + timedelta(hours=hour, minutes=self.chance.uniform(0, 150))
            for day in range(DAYS, 0, -1)
            for hour in HOURS
        ]
        for number, moment in enumerate(moments):
            self._one(number, moment)
        return len(moments)

    def _one(self, number: int, moment: datetime) -> None:
        alert = self._found(moment)
        moment += timedelta(minutes=self.chance.uniform(0.3, 3))
        watch = self.people["wall"]
        with as_of(moment):
            acknowledge_alert(alert_id=alert.pk, actor=watch)
            if number == UNTRUE:
                dismiss_alert(alert_id=alert.pk, actor=watch, reason="消防车正在作业，不是占用。")
                return
            event = confirm_alert(alert_id=alert.pk, actor=watch, note="画面属实。").event
        assert event is not None
        for step in STEPS:
            moment += timedelta(minutes=self.chance.uniform(*step.minutes))
            with as_of(moment):
                who = self.people[step.who]
                perform(event.pk, step.move, who, **self._inputs(step.move, who, number))

    def _found(self, moment: datetime) -> Alert:
        camera = self.zone.camera
        with as_of(moment):
            alert = raise_alert(
                source=SOURCE,
                rule=RULE,
                subject_kind="zone",
                subject_id=self.zone.pk,
                type_code=RULE,
                title=f"{self.kind.name} · {camera.name}",
                lng=camera.lng,
                lat=camera.lat,
                confidence=round(self.chance.uniform(0.5, 0.9), 2),
                evidence=AlertEvidence(camera_id=camera.pk, camera_name=camera.name, zone_polygon=self.zone.polygon),
            )
        assert alert is not None
        return alert

    def _inputs(self, move: str, who: Actor, number: int) -> dict[str, Any]:
        match move:
            case Move.FILE:
                return {"condition_id": self.condition.pk}
            case Move.DISPATCH:
                return {"unit_id": self.unit_id}
            case Move.FINISH:
                picture = photos.photo(who, self.seed * 1000 + number, "after")
                return {"note": "车辆已移离，通道畅通。", "attachment_ids": [picture.pk]}
            case Move.ASK_CHECK:
                return {"mode": CheckMode.VIDEO}
            case Move.CLOSE:
                return {"reply": "车辆已移离，通道畅通。"}
        return {}


def write_automation_of_sample(*, seed: int, until: datetime) -> dict[str, Any]:
    """Only where a sample camera watches a fire lane, and nobody wrote an automation yet; what it was measured at."""
    zone = Zone.objects.filter(algorithm=RULE, enabled=True).select_related("camera").order_by("pk").first()
    if zone is None or Automation.objects.exists():
        return {}
    count = Findings(zone, seed=seed, until=until).play()
    chief = User.objects.get(username="chief").as_actor()
    written = write_automation(source=SOURCE, rule=RULE, actor=chief, version=0, content=ASKED)
    switch_automation(source=SOURCE, rule=RULE, actor=chief, version=written.version, on=True)
    figure = measure({(SOURCE, RULE): until - timedelta(days=ASKED.window_days)})[SOURCE, RULE]
    return {"findings": count, "lower": figure.lower}
