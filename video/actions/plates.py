"""Asking for a vehicle's plate: for enforcement only, with a purpose, and written down who asked.

The plate itself goes to the one who asked and is kept nowhere: not in the alert, not in the log.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import transaction

from accounts.roles import ROLE_NAMES
from accounts.scope import roles_over
from core.actor import Actor
from core.errors import Forbidden, NotFound
from core.files import open_file
from core.history.record import append
from core.lifecycle import Change
from events.models import Alert
from video.detectors.plates import Plate
from video.detectors.protocol import is_vehicle
from video.detectors.store import PLATE_TEXT, TEXT_BOXES, MissingModel, model_path
from video.errors import ModelMissing, PlatesNotAsked, invalid
from video.queries.plates import asks_for_plates
from video.rules.plate_asking import read_plate_asking

SUBJECT_KIND = "alert"
_LEAST_PURPOSE = 4


def ask_plate(*, alert_id: int, purpose: str, actor: Actor) -> tuple[Plate, bool]:
    """The plate of the vehicle of an alert, and whether there is a vehicle at all.

    Raises NotFound, Forbidden, PlatesNotAsked (no enforcement scenario asks), Invalid (no purpose), ModelMissing.
    """
    alert = Alert.objects.visible_to(actor).select_related("still").filter(pk=alert_id).first()
    if alert is None:
        raise NotFound()
    role = _require(actor, alert)
    if len(purpose.strip()) < _LEAST_PURPOSE:
        raise invalid("purpose", "required", "请写明用途（至少 4 个字）。", "Say what it is for, in a few words.")
    folder = Path(settings.MODEL_DIR)
    try:
        for name in (TEXT_BOXES, PLATE_TEXT):
            model_path(name, folder)
    except MissingModel as missing:
        raise ModelMissing(detail_text=str(missing)) from missing
    _note(alert, actor, role, purpose.strip())
    vehicles = [box["box"] for box in alert.boxes if is_vehicle(str(box.get("label", "")))]
    still = open_file(alert.still.path) if alert.still and vehicles else None
    if still is None:
        return Plate("", 0.0, "no_text"), False
    with still, tempfile.NamedTemporaryFile(suffix=".jpg") as picture:
        shutil.copyfileobj(still, picture)
        picture.flush()
        return _read_apart(folder, Path(picture.name), vehicles), True


def _require(actor: Actor, alert: Alert) -> str:
    asking = read_plate_asking()
    if not asks_for_plates(alert.type_code):
        raise PlatesNotAsked(kind=alert.type_name)
    held = roles_over(actor, alert.area_path) & asking.roles
    if not held:
        raise Forbidden(roles="、".join(ROLE_NAMES[role] for role in sorted(asking.roles)))
    return min(held)


@transaction.atomic
def _note(alert: Alert, actor: Actor, role: str, purpose: str) -> None:
    """Written before anything is read: an asking that then fails was an asking all the same."""
    Alert.objects.select_for_update().get(pk=alert.pk)
    change = Change("ask_plate", alert.state, alert.state, role)
    append(subject_kind=SUBJECT_KIND, subject_id=alert.pk, actor=actor, change=change, personal={"reason": purpose})


def _read_apart(folder: Path, still: Path, vehicles: list[list[float]]) -> Plate:
    """In a process of its own: web processes carry no inference engine."""
    job = json.dumps({"model_dir": str(folder), "picture": str(still), "vehicles": vehicles})
    done = subprocess.run(
        [sys.executable, "-m", "video.pipeline.plate_reading"],
        input=job + "\n",
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
        cwd=settings.BASE_DIR,
    )
    return Plate(**json.loads(done.stdout))
