"""What happens in the city during a journey: a camera of its own in the sample worker's grid, and what it sees."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from deploy.local.place import ROOT, Place
from deploy.local.settings_file import child_environment
from simulator.loop.accounts import Account
from simulator.loop.camera import ZONE, place_in, still_of, take_away
from simulator.loop.cast import Cast
from simulator.loop.client import Browser, Json
from tests.journeys.running_stack import RunningStack

CLIP = "/courtyard"
TYPE_CODE = "exposed_rubbish"
CODE_PREFIX = "JOURNEY-"
NAME = "荷花社区 护栏缺口"


def place_of(stack: RunningStack) -> Place:
    return Place(root=ROOT, var=stack.var)


def setting(stack: RunningStack, name: str) -> str:
    """A setting of the running stack, as set-up wrote it."""
    lines = place_of(stack).env_file.read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)[name]


def environment(stack: RunningStack) -> dict[str, str]:
    """For a command that belongs to the running stack: its settings file, and none of the tests' own settings."""
    own = child_environment(place_of(stack), "journey")
    given = {"DATABASE_URL", "REDIS_URL", "REDIS_PREFIX", "VAR_DIR", "SECRET_KEY", "DEBUG"}
    return {name: value for name, value in own.items() if name not in given}


@dataclass
class Scene:
    """The camera and the people who act beside the browser."""

    cast: Cast
    camera: Json
    lng: float
    lat: float

    def still(self) -> bytes:
        """A real picture of the place."""
        return still_of(self.cast.administrator, self.camera["id"])

    def rest(self) -> None:
        """The camera has shown what it had to: no further finding disturbs the journey."""
        self.cast.administrator.patch(f"/cameras/{self.camera['id']}", enabled=False)


@contextmanager
def people(stack: RunningStack) -> Iterator[Cast]:
    """The sample users over HTTP, beside the pages of a test."""
    yield stack.cast


@contextmanager
def watched_place(stack: RunningStack) -> Iterator[Scene]:
    """A camera on the demonstration stream; its zone makes whoever is seen an alert of the highest level."""
    with people(stack) as cast:
        admin = cast.administrator
        for old in admin.all("/cameras", q=CODE_PREFIX):
            take_away(admin, old["id"])
        lng, lat = place_in(admin, cast.worker_grid())
        camera = admin.post(
            "/cameras",
            code=f"{CODE_PREFIX}{int(time.time())}",
            name=NAME,
            stream_url=setting(stack, "RTSP_BASE") + CLIP,
            lng=lng,
            lat=lat,
        )
        try:
            admin.post(f"/cameras/{camera['id']}/zones", **ZONE, level=1)
            yield Scene(cast, camera, lng, lat)
        finally:
            take_away(admin, camera["id"])


@contextmanager
def person(stack: RunningStack, username: str) -> Iterator[Browser]:
    """One sample user over HTTP."""
    row = stack.accounts[username]
    account = Account(username, row["password"], row["name"], row["role"], row.get("unit", ""))
    with Browser(stack.address, account) as opened:
        yield opened


def report(reporter: Browser, description: str = "路边堆放建筑垃圾，影响通行。") -> Json:
    """An event that a grid worker found in the own grid."""
    grid = next(grant["area"]["path"] for grant in reporter.me["grants"] if grant["area"])
    lng, lat = place_in(reporter, grid)
    return reporter.post("/events", type_code=TYPE_CODE, description=description, lng=lng, lat=lat)


def filed(cast: Cast, event: Json) -> Json:
    """The event accepted, under the first condition of its type."""
    kinds = cast.acceptor.get("/event-types")["items"]
    condition = next(kind["conditions"][0]["id"] for kind in kinds if kind["code"] == event["type_code"])
    return move(cast.acceptor, event, "file", condition_id=condition)


def dispatched(cast: Cast, event: Json) -> Json:
    """The event sent to the department that its type names."""
    kinds = cast.dispatcher.get("/event-types")["items"]
    unit = next(kind["default_unit"]["id"] for kind in kinds if kind["code"] == event["type_code"])
    return move(cast.dispatcher, event, "dispatch", unit_id=unit)


def cancelled(cast: Cast, event: Json) -> None:
    """What a test began is taken off the screens again."""
    now = cast.dispatcher.get(f"/events/{event['id']}")
    asked = move(cast.dispatcher, now, "ask_cancel", reason="演练结束。")["requests"][-1]
    cast.chief.post(f"/requests/{asked['id']}/moves/grant", version=asked["version"])


def move(who: Browser, event: Json, name: str, **body: object) -> Json:
    return who.post(f"/events/{event['id']}/moves/{name}", version=event["version"], **body)


def closed(cast: Cast, event: Json) -> None:
    """What a department has handled is checked from a seat, and closed."""
    now = cast.acceptor.get(f"/events/{event['id']}")
    checking = move(cast.acceptor, now, "ask_check", mode="video")
    checked = move(cast.acceptor, checking, "check_pass", note="视频核查通过。")
    move(cast.acceptor, checked, "close", reply="已清运完毕，感谢您的反映。")


def photo() -> bytes:
    """A picture as a phone takes it."""
    made = BytesIO()
    Image.new("RGB", (640, 480), (96, 128, 88)).save(made, "JPEG")
    return made.getvalue()


# An administrator does this at /admin; the sample district has one person at each post of its centre.
_COLLEAGUE = """
from accounts.actions.grants import give_grant
from accounts.models import User
first = User.objects.get(username={first!r})
second, _ = User.objects.get_or_create(username={second!r}, defaults=dict(name={name!r}, unit=first.unit))
second.set_password({password!r})
second.save()
for held in first.grants.all():
    give_grant(user=second, role=held.role, unit=held.unit, area_path=held.area_path, area_level=held.area_level,
               area_key=held.area_key)
"""


def colleague_of(stack: RunningStack, first: str, name: str) -> str:
    """Somebody else with the same post, who can sign in; the user name."""
    held = stack.accounts[first]
    second = f"{first}2"
    subprocess.run(
        [
            str(place_of(stack).python),
            "manage.py",
            "shell",
            "--command",
            _COLLEAGUE.format(first=first, second=second, name=name, password=held["password"]),
        ],
        cwd=ROOT,
        env=environment(stack),
        check=True,
        capture_output=True,
        timeout=180,
    )
    stack.passes.pop(second, None)  # a new password ends what was open with the old one
    stack.accounts[second] = {**held, "username": second, "name": name}
    return second
