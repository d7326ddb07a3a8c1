"""The loop's own camera and zone: made for one run, taken away after it."""

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

from simulator.loop.cast import Cast
from simulator.loop.client import Browser, Json
from simulator.loop.problems import LoopFailed, Refused, no_alert

CODE_PREFIX = "LOOP-"
NAME = "闭环演示摄像机"
TYPE_CODE = RULE = "restricted_area_presence"
ZONE: Json = {
    "name": "闭环演示区域",
    "polygon": [[0.02, 0.05], [0.98, 0.05], [0.98, 0.98], [0.02, 0.98]],
    "algorithm": RULE,
    "parameters": {"mode": "presence", "seconds": 1, "at_least": 1, "confidence": 0.45},
    "type_code": TYPE_CODE,
}
LOOK_EVERY = 1.0
SAY_EVERY = 10.0
STILL_SECONDS = 30


def place_in(browser: Browser, grid_path: str) -> tuple[float, float]:
    """A point inside the grid: where its label stands on the map."""
    features: list[dict[str, Any]] = browser.get("/areas/geojson", level="grid", under=grid_path)["features"]
    found = next((f["properties"]["label"] for f in features if f["properties"]["path"] == grid_path), None)
    if found is None:
        raise LoopFailed(f"The grid {grid_path} has no outline.", "Run `python manage.py generate_district`.")
    return float(found[0]), float(found[1])


def set_up(cast: Cast, stream_url: str) -> Json:
    """A camera on the demo stream, in the worker's grid, with a zone that watches for people."""
    admin = cast.administrator
    lng, lat = place_in(admin, cast.worker_grid())
    camera = admin.post(
        "/cameras",
        code=f"{CODE_PREFIX}{int(time.time())}",
        name=NAME,
        stream_url=stream_url,
        lng=lng,
        lat=lat,
    )
    try:
        admin.post(f"/cameras/{camera['id']}/zones", **ZONE)
    except LoopFailed:
        take_away(admin, camera["id"])
        raise
    return camera


def take_away(admin: Browser, camera_id: int) -> None:
    """Delete the camera; one that cannot go is switched off. What fails here is left for the next run to settle."""
    try:
        admin.delete(f"/cameras/{camera_id}")
    except Refused as refusal:
        if refusal.status != 404:
            with suppress(LoopFailed):
                admin.patch(f"/cameras/{camera_id}", enabled=False)


def wait_for_alert(wall: Browser, camera_id: int, since: datetime, seconds: int, murmur: Callable[[str], None]) -> Json:
    """The alert of this camera that the detector raised after `since`, as it appears on the wall's list."""
    until = time.monotonic() + seconds
    shown, say_again = "", 0.0
    while True:
        for row in wall.get("/alerts", state="open", limit=50)["items"]:
            if row["camera_id"] == camera_id and datetime.fromisoformat(row["found_at"]) >= since:
                alert: Json = row
                return alert
        camera = wall.get(f"/cameras/{camera_id}")
        state = f"{camera['state']}, {camera['fps']:.1f} pictures/s" if camera["fps"] else camera["state"]
        if camera["state"] != shown or time.monotonic() > say_again:
            murmur(f"  camera {state}")
            shown, say_again = camera["state"], time.monotonic() + SAY_EVERY
        if time.monotonic() > until:
            raise no_alert(seconds, camera["state"], camera["state_detail"] or "")
        time.sleep(LOOK_EVERY)


def still_of(browser: Browser, camera_id: int) -> bytes:
    """The camera's newest picture; waits for the first one."""
    until = time.monotonic() + STILL_SECONDS
    while True:
        try:
            return browser.download(f"/api/v1/cameras/{camera_id}/still.jpg")
        except Refused as refusal:
            if refusal.status != 404 or time.monotonic() > until:
                raise
        time.sleep(LOOK_EVERY)
