"""`manage.py relay`: moves committed live updates to the stream until it is told to stop."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand

from core import health
from core.live.relay import Relay


class Command(BaseCommand):
    help = "Move committed live updates from the outbox to the stream. A second relay stands by."

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        relay = Relay(stop)
        health.start_heartbeat("relay", lambda: {"state": relay.state, "moved": relay.moved})
        self.stdout.write("relay is up")
        relay.run()
        self.stdout.write("relay stopped")
