"""A rule with a past: a scenario for the stage's type, and findings that people judged."""

from datetime import timedelta
from typing import Any

from accounts.models import User
from accounts.roles import Role
from core.actor import Actor
from core.clock import now
from events.actions.automation import AutomationContent, switch_automation, write_automation
from events.models import Alert, Automation, Event, Scenario
from events.queries.catalogue import forget
from events.queries.settling import forget_routing_figures
from tests.events.stage import Stage
from tests.factories import person_with

SOURCE, RULE = "video", "presence"
PRESENCE = AutomationContent(
    confirms=True, files=False, min_precision=0.9, min_sample=20, window_days=90, audit_percent=1
)


def scenario_of(stage: Stage, *, about_person: bool = False, files: bool = True, **fields: Any) -> Scenario:
    """A procedure whose findings may be filed under the stage's condition."""
    rule = {"source": SOURCE, "rule": RULE, "condition": stage.condition.code, "precision_above": 0.92}
    definition = {
        "event_type": stage.kind.code,
        "also_types": [],
        "triggers": [{"source": SOURCE, "rule": RULE, "text": "区域内有人"}],
        "auto_file": {
            "allowed": files,
            "decides_about_person": about_person,
            "reason": "只涉及物",
            "rules": [rule] if files else [],
        },
    } | fields
    scenario = Scenario.objects.create(
        code="measured", number=1, name="测得准的场景", definition=definition, digest="0" * 64
    )
    forget()
    forget_routing_figures()
    return scenario


def judged(stage: Stage, *, confirmed: int, dismissed: int = 0, subject: int = 900, days_ago: float = 5) -> None:
    """Findings of the past that people judged so."""
    event = stage.report(title="过去的案件")
    judged_like(event, (SOURCE, RULE), confirmed=confirmed, dismissed=dismissed, subject=subject, days_ago=days_ago)


def judged_like(
    event: Event, pair: tuple[str, str], *, confirmed: int, dismissed: int, subject: int, days_ago: float
) -> None:
    """Made at once, at the place and of the type of the event: what counts is that they are there."""
    found = now() - timedelta(days=days_ago)
    like = {
        "source": pair[0],
        "rule": pair[1],
        "subject_kind": "zone",
        "version": 2,
        "settled_version": 2,
        "level": 3,
        "type_code": event.type_code,
        "type_name": event.type.name,
        "title": "过去的告警",
        "last_seen_at": found,
        "due_at": found,
        "decided_at": found + timedelta(minutes=3),
        "point": event.point,
        "area_path": event.area_path,
        "area_label": event.area_label,
        "street_path": event.street_path,
        "district_id": event.district_id,
        "street_id": event.street_id,
        "community_id": event.community_id,
        "grid_id": event.grid_id,
    }
    Alert.objects.bulk_create(
        Alert(
            **like,
            found_at=found + timedelta(seconds=number),
            subject_id=subject,
            state="confirmed" if number < confirmed else "dismissed",
            event=event if number < confirmed else None,
        )
        for number in range(confirmed + dismissed)
    )


def chief(stage: Stage) -> Actor:
    return stage.chief.as_actor()


def administrator(stage: Stage, **fields: Any) -> User:
    return person_with(Role.SYSTEM_ADMIN, area=stage.district, **fields)


def automation(stage: Stage, *, version: int = 0, **fields: Any) -> Automation:
    content = AutomationContent(**{**vars(PRESENCE), **fields})
    return write_automation(source=SOURCE, rule=RULE, actor=chief(stage), version=version, content=content)


def in_force(stage: Stage, **fields: Any) -> Automation:
    """Switched on by the duty chief, with a past that allows it."""
    judged(stage, confirmed=100)
    written = automation(stage, **fields)
    return switch_automation(source=SOURCE, rule=RULE, actor=chief(stage), version=written.version, on=True)


def open_alert(stage: Stage, subject: int = 7, **fields: Any) -> Alert:
    alert = stage.alert(subject_id=subject, **fields)
    assert alert is not None
    return alert


def born_of(alert: Alert) -> Event:
    return Event.objects.get(alerts=alert)
