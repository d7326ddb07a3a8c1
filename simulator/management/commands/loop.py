"""`manage.py loop`: the main job once over HTTP, from a camera's picture to an evaluated event."""

import logging
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from simulator.loop.listener import Heard
from simulator.loop.play import play
from simulator.loop.problems import LoopFailed
from simulator.loop.report import Report, wall_figures

CLIP = "/courtyard"


class Command(BaseCommand):
    help = "Plays the main job once against the running platform; exit 0 only when its event ended evaluated."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the steps as JSON, progress on stderr")
        parser.add_argument("--base", default=settings.PUBLIC_BASE, help="address of the platform")
        parser.add_argument("--stream", default=settings.RTSP_BASE + CLIP, help="the clip's address")
        parser.add_argument("--timeout", type=int, default=120, help="seconds to wait for the detector's alert")

    def handle(self, *args: Any, json: bool, base: str, stream: str, timeout: int, **options: Any) -> None:
        logging.getLogger("httpx").setLevel(logging.WARNING)
        report = Report(say=self._to_stderr if json else self._to_stdout, murmur=self._to_stderr)
        heard: list[Heard] = []
        try:
            heard = play(
                base=base.rstrip("/"),
                accounts=Path(settings.VAR_DIR) / "sample-accounts.json",
                stream_url=stream,
                alert_seconds=timeout,
                report=report,
            )
        except LoopFailed as problem:
            report.failure = report.failure or {"step": "", "what": problem.what, "remedy": problem.remedy}
        except KeyboardInterrupt:
            report.failure = {"step": "", "what": "Interrupted.", "remedy": "Run it again: it settles what is left."}
        if json:
            self._to_stdout(report.as_json(heard))
        else:
            self._to_stdout(summary(report, heard))
        if not report.ok:
            sys.exit(1)

    def _to_stdout(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()

    def _to_stderr(self, text: str) -> None:
        self.stderr.write(text, self.style.NOTICE if self.stderr.isatty() else None)
        self.stderr.flush()


def summary(report: Report, heard: list[Heard]) -> str:
    """The last lines: the event, what the wall heard, or what failed and what to do."""
    if report.failure:
        return f"\nFAILED: {report.failure['what']}\nTo do:  {report.failure['remedy']}"
    wall = wall_figures(heard)
    return (
        f"\nEvent {report.event['number']} ({report.event['type']}, {report.event['area']}) was raised by the detector "
        f"and ended {report.event['state']}.\nThe wall heard {wall['updates']} updates: median "
        f"{wall['median_seconds']:.2f} s, slowest {wall['slowest_seconds']:.2f} s "
        f"(goal {wall['goal_seconds']:.0f} s {'met' if wall['met'] else 'short'})."
    )
