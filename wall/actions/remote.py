"""What a remote control does to a wall. The wall has it within a second; who did it stays in the wall's history."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

from accounts.rules.site_settings import fault
from accounts.scope import covers
from analytics.queries.alerts import wall_alerts
from analytics.queries.scope import WallScope
from core.actor import Actor
from core.errors import Invalid, NotFound
from core.history.record import append
from core.lifecycle import Change
from core.masking import without_numbers
from events.models import Alert, Event
from wall.actions.locking import lock_wall
from wall.errors import NoAlarmWaits, NotOnThisWall
from wall.live import publish_wall
from wall.models import Scene, WallDevice
from wall.policies import require_controller, require_manager
from wall.queries.devices import DEVICE_KIND, wall_rows
from wall.queries.scope import scope_at
from wall.rules import view as views

COMMANDS = (
    "scene", "auto", "overview", "hold", "release", "next_alarm", "show_alert", "show_event", "drill", "close_drill",
    "calibrate", "end_calibration", "reload",
)  # fmt: skip
SIMPLE: dict[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    "auto": views.with_auto,
    "overview": views.with_overview,
    "hold": lambda view: views.with_hold(view, held=True),
    "release": lambda view: views.with_hold(view, held=False),
    "close_drill": lambda view: views.with_drill(view, None, ""),
    "calibrate": lambda view: views.with_calibration(view, on=True),
    "end_calibration": lambda view: views.with_calibration(view, on=False),
    "reload": dict,
}
"""Commands that need nothing but the view they change."""
SETTINGS = ("name", "theme", "arrangement", "height_m", "farthest_m", "smallest_px", "aspect")


@transaction.atomic
def command_wall(*, wall_id: int, actor: Actor, do: str, given: Mapping[str, Any]) -> WallDevice:
    """Point the wall at something. The last word counts: two remote controls may disagree."""
    wall = lock_wall(wall_id, actor, None)
    role = require_controller(actor, wall.area_path)
    before = wall.view
    facts = _obey(wall, actor, do, given)
    return _keep(wall, do, actor, role, {"before": _short(before), **facts})


def _obey(wall: WallDevice, actor: Actor, do: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Change the wall's scene or view; what the history says of it."""
    if do == "scene":
        scene = Scene.objects.filter(code=given.get("scene", "")).first()
        if scene is None:
            raise Invalid(
                errors=[fault("scene", "unknown", "没有这个场景，请从列表中选择。", "No such scene; choose one.")]
            )
        wall.scene = scene
        return {"scene": scene.code}
    if do == "show_event":
        event = _event_for(wall, actor, given.get("id"))
        wall.view = views.with_event(wall.view, event)
        return {"event_id": event["id"], "number": event["number"]}
    if do in ("next_alarm", "show_alert"):
        alert_id = _alert_for(wall, do, given.get("id"))
        wall.view = views.with_alert(wall.view, alert_id)
        return {"alert_id": alert_id}
    if do == "drill":
        figure, key = given.get("figure", ""), given.get("key", "")
        if figure not in views.FIGURES or (figure in views.KEYED) != bool(key):
            raise Invalid(
                errors=[fault("figure", "unknown", "请选择大屏上的一个数字。", "Choose a number of the wall.")]
            )
        wall.view = views.with_drill(wall.view, figure, key)
        return {"figure": figure, "key": key}
    wall.view = SIMPLE[do](wall.view)
    return {}


def _short(view: Mapping[str, Any]) -> dict[str, Any]:
    event = view.get("event") or {}
    return {"camera": view.get("camera", "auto"), "alert_id": view.get("alert_id"), "event_id": event.get("id")}


def _event_for(wall: WallDevice, actor: Actor, event_id: int | None) -> dict[str, Any]:
    """An event that its sender may see and that happened where the wall looks; without people's names."""
    event = Event.objects.visible_to(actor).filter(pk=event_id or 0).first()
    if event is None:
        raise NotFound()
    if not covers(wall.area_path, event.area_path):
        raise NotOnThisWall()
    return {
        "id": event.pk,
        "number": event.number,
        "level": event.level,
        "title": without_numbers(event.title),
        "area_label": event.area_label,
        "lng": event.lng,
        "lat": event.lat,
        "reported_at": event.reported_at.isoformat(),
    }


def _alert_for(wall: WallDevice, do: str, alert_id: int | None) -> int:
    scope: WallScope = scope_at(wall.area_path)
    if do == "show_alert":
        if not Alert.objects.filter(scope.within, pk=alert_id or 0).exists():
            raise NotFound()
        return int(alert_id or 0)
    found = views.next_alert([alert.id for alert in wall_alerts(scope).items], wall.view.get("alert_id"))
    if found is None:
        raise NoAlarmWaits()
    return found


@transaction.atomic
def set_wall(*, wall_id: int, actor: Actor, version: int, values: Mapping[str, Any]) -> WallDevice:
    """Its name, how high it is and how far away people sit, its theme and proportions."""
    wall = lock_wall(wall_id, actor, version)
    role = require_manager(actor, wall.area_path)
    changed = {}
    for name in SETTINGS:
        if name in values and getattr(wall, name) != values[name]:
            changed[name] = [getattr(wall, name), values[name]]
            setattr(wall, name, values[name])
    return _keep(wall, "set", actor, role, changed)


def _keep(wall: WallDevice, move: str, actor: Actor, role: str, facts: Mapping[str, Any]) -> WallDevice:
    wall.version += 1
    wall.save()
    change = Change(move=move, from_state=wall.state, to_state=wall.state, role=role)
    append(subject_kind=DEVICE_KIND, subject_id=wall.pk, actor=actor, change=change, facts=facts)
    publish_wall(wall, move, wall_rows([wall])[0])
    return wall
