"""All cameras that are being watched by people: begun when asked for, ended some seconds after nobody asks."""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, InterfaceError, close_old_connections, connections

from video.models import Camera
from video.pipeline.addresses import with_login
from video.pipeline.evidence import Hidden
from video.pipeline.faults import StreamFault
from video.pipeline.plans import CameraPlan
from video.pipeline.remux import Passing, Remuxer
from video.pipeline.sources import address_of
from video.pipeline.stills import LiveStills
from video.pipeline.window import LiveWindow
from video.queries.plans import hidden_of, versions_of
from video.queries.sources import login_of, reach_of
from video.secrets import SecretUnreadable

log = logging.getLogger(__name__)

UNWATCHED_SECONDS = 15.0
_LOOK_EVERY_SECONDS = 5.0
Sources = Callable[[int], str | None]
Key = tuple[int, bool]
"""A camera, and whether it is its sub-stream: each is passed on by itself and counts for one."""
Versions = Callable[[list[int]], Mapping[int, int]]


class TooMany(RuntimeError):
    """As many cameras are passed on as this process may."""


@dataclass(slots=True)
class Watched:
    """One stream of a camera as it is passed on. Where part of it `is_masked` for privacy, only its stills are: passing
    on changes no pixel."""

    window: LiveWindow
    stills: LiveStills
    remuxer: Remuxer
    thread: threading.Thread
    asked: float
    version: int
    is_masked: bool = False


class Viewing:
    """One per process. Safe to call from any thread."""

    def __init__(
        self,
        *,
        capacity: int,
        changed: Callable[[int], None] = lambda _camera: None,
        source_of: Sources | None = None,
        sub_source_of: Sources | None = None,
        versions: Versions = versions_of,
        hidden_of: Callable[[int], Hidden] | None = None,
    ) -> None:
        """`changed` is called from the camera's thread whenever there is more to see."""
        self._capacity = capacity
        self._sources = {False: source_of or source_now, True: sub_source_of or sub_source_now}
        self._versions = versions
        self._hidden_of = hidden_of or hidden_now
        self._changed = changed
        self._watched: dict[Key, Watched] = {}
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._keeper = threading.Thread(target=self._keep, name="viewing-keeper", daemon=True)
        self._keeper.start()

    def find(self, camera_id: int, sub: bool = False) -> Watched | None:
        """The camera, or its sub-stream, if it is passed on; asking keeps it so."""
        with self._lock:
            watched = self._watched.get((camera_id, sub))
            if watched:
                watched.asked = time.monotonic()
            return watched

    def watch(self, camera_id: int, sub: bool = False) -> Watched | None:
        """The same, begun where it is not; None where there is no such stream or the camera is switched off.

        Reads the database. Raises TooMany.
        """
        if found := self.find(camera_id, sub):
            return found
        with self._lock:
            if len(self._watched) >= self._capacity:
                raise TooMany
        key = (camera_id, sub)
        version = self._versions([camera_id]).get(camera_id)
        if version is None or not self._is_wanted(key):
            return None
        hidden = self._hidden_of(camera_id)
        with self._lock:
            if key not in self._watched:
                if len(self._watched) >= self._capacity:
                    raise TooMany
                self._watched[key] = self._begin(key, version, hidden)
            return self._watched[key]

    def details(self) -> Mapping[str, Any]:
        """For the heartbeat."""
        with self._lock:
            states = [watched.remuxer.state.passing for watched in self._watched.values()]
        return {"cameras": len(states), "live": states.count(Passing.LIVE), "capacity": self._capacity}

    def stop(self) -> None:
        self._ended.set()
        with self._lock:
            watched, self._watched = self._watched, {}
        for camera in watched.values():
            camera.remuxer.stop()

    def _begin(self, key: Key, version: int, hidden: Hidden) -> Watched:
        name = f"{key[0]}/sub" if key[1] else str(key[0])

        def changed() -> None:
            self._changed(key[0])

        window, stills = LiveWindow(changed), LiveStills(changed=changed, hidden=hidden)
        remuxer = Remuxer(name, lambda: self._require_source(key), window, stills)
        thread = threading.Thread(target=remuxer.run, name=f"watched-{name}", daemon=True)
        thread.start()
        return Watched(window, stills, remuxer, thread, time.monotonic(), version, bool(hidden))

    def _is_wanted(self, key: Key) -> bool:
        """A camera that cannot be reached is passed on all the same: its tile says why."""
        try:
            return self._source(key) is not None
        except OSError:
            return True

    def _source(self, key: Key) -> str | None:
        return self._sources[key[1]](key[0])

    def _require_source(self, key: Key) -> str:
        """In the camera's own thread, which keeps no connection to the database between two tries."""
        try:
            source = self._source(key)
        except (DatabaseError, InterfaceError) as error:
            raise OSError(None, "its settings cannot be read") from error
        finally:
            connections.close_all()
        if source is None:
            raise OSError(None, "the camera is switched off or gone")
        return source

    def _keep(self) -> None:
        while not self._ended.wait(_LOOK_EVERY_SECONDS):
            self._end_unwatched()
            try:
                close_old_connections()
                self._follow_changes()
            except (DatabaseError, InterfaceError) as error:
                connections.close_all()
                log.warning("changes of cameras cannot be read: %s", error)
            except Exception:  # the keeper must live as long as its cameras
                log.exception("watched cameras could not be looked after")
        connections.close_all()

    def _end_unwatched(self) -> None:
        before = time.monotonic() - UNWATCHED_SECONDS
        with self._lock:
            over = [key for key, camera in self._watched.items() if camera.asked < before]
            for key in over:
                self._watched.pop(key).remuxer.stop()

    def _follow_changes(self) -> None:
        """A camera whose settings changed is begun anew at the next question."""
        with self._lock:
            known = {key: camera.version for key, camera in self._watched.items()}
        if not known:
            return
        versions = self._versions(list({camera_id for camera_id, _ in known}))
        with self._lock:
            for key, version in known.items():
                if versions.get(key[0]) != version and key in self._watched:
                    self._watched.pop(key).remuxer.stop()


def source_now(camera_id: int) -> str | None:
    """The camera's address as it is opened now, which may be asked of its platform; None where it is gone or off.

    Never to be logged or shown. Raises OSError with words that hold no login.
    """
    cameras = Camera.objects.filter(pk=camera_id, enabled=True).select_related("gateway", "reference")
    camera = cameras.first()
    if camera is None:
        return None
    plan = CameraPlan(id=camera.pk, name=camera.name, zones=(), **reach_of(camera))
    try:
        return with_login(*address_of(plan))
    except StreamFault as fault:
        raise OSError(None, fault.detail) from None


def sub_source_now(camera_id: int) -> str | None:
    """The same for the sub-stream, which goes with the camera's own login; None where none is told of."""
    cameras = Camera.objects.filter(pk=camera_id, enabled=True, gateway__isnull=True).exclude(sub_source="")
    camera = cameras.first()
    if camera is None:
        return None
    try:
        return with_login(camera.sub_source, login_of(camera))
    except SecretUnreadable:
        raise OSError(None, "the camera's stored login cannot be read") from None


def hidden_now(camera_id: int) -> Hidden:
    """What of the camera's picture nobody is shown."""
    camera = Camera.objects.filter(pk=camera_id).prefetch_related("masks").first()
    return hidden_of(camera) if camera is not None else ()
