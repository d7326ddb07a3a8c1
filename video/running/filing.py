"""A worker on a machine of its own takes its evidence to the site's store itself: nobody else sees its media folder."""

import logging
import threading

from django.db import DatabaseError, InterfaceError, close_old_connections, connections

from core.files import store
from events.actions.file_store import store_files

log = logging.getLogger(__name__)

_EVERY_SECONDS = 5.0
_PAUSE_SECONDS = 0.2


class Filing:
    """A thread where the site has a store, nothing at all where it has none."""

    def __init__(self) -> None:
        self._asked, self._ended = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None
        if store() is not None:
            self._thread = threading.Thread(target=self._file, name="evidence-filing", daemon=True)
            self._thread.start()

    def nudge(self) -> None:
        """Evidence was just written down."""
        self._asked.set()

    def close(self) -> None:
        """What is not in the store by now goes there when a worker runs on this machine again."""
        self._ended.set()
        self._asked.set()
        if self._thread is not None:
            self._thread.join(2.0)

    def _file(self) -> None:
        while not self._ended.is_set():
            self._asked.wait(_EVERY_SECONDS)
            self._asked.clear()
            try:
                close_old_connections()
                store_files()
            except (DatabaseError, InterfaceError) as error:
                connections.close_all()
                log.warning("evidence is not taken to the store: %s", error)
            except Exception:  # the watching of cameras goes on
                log.exception("evidence is not taken to the store")
            self._ended.wait(_PAUSE_SECONDS)
        connections.close_all()
