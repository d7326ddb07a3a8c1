"""One export of the benchmark, in a process of its own: fills the board, or writes one form and says what it cost."""

import json
import os
import sys
import tempfile
import threading
from importlib import import_module
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

import django
import psutil

from benchmarks.board import MANY_PER_OPEN, fill, person, prepare

SAMPLE = 1000
STEP = 20_000


class Memory:
    """The largest resident size of this process from here on, above what it has now."""

    def __init__(self) -> None:
        self._process, self._done = psutil.Process(), False
        self.before = self.peak = self._process.memory_info().rss
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._done:
            self.peak = max(self.peak, self._process.memory_info().rss)
            sleep(0.02)

    def grown(self) -> int:
        self._done = True
        self._thread.join()
        return int(max(0, self.peak - self.before))


def fill_board(rows: int) -> None:
    connection = import_module("django.db").connection
    with connection.cursor() as cursor:
        pattern, leg = prepare(cursor)
        for first in range(1, rows + 1, STEP):
            fill(cursor, pattern, leg, first, min(rows, first + STEP - 1), MANY_PER_OPEN)


def run(form: str, rows: int) -> dict[str, float]:
    """The job as the worker does it, then the writer alone over the same rows again and again."""
    running = import_module("events.actions.run_export")
    ask = import_module("events.actions.exports").ask_export
    actor = person("dispatcher", "district").user.as_actor()
    job = ask(actor=actor, kind="events", format=form, filters={"order": "newest"})
    memory, begun = Memory(), perf_counter()
    if not running.run_export(job.pk):
        raise SystemExit(f"export: the {form} was not written")
    seconds, grown = perf_counter() - begun, memory.grown()
    job.refresh_from_db()
    if job.written != rows:
        raise SystemExit(f"export: {job.written} rows were written instead of {rows}")
    return {"seconds": seconds, "grown": grown, "size": job.size or 0, "writer": writer_alone(form, job, actor, rows)}


def writer_alone(form: str, job: Any, actor: Any, rows: int) -> float:
    running = import_module("events.actions.run_export")
    queries = import_module("events.queries.exports")
    sheet = queries.sheet_of(job, actor)
    shown = [queries.row_of(job, found) for found in queries.listed(job, actor)[:SAMPLE]]
    values = [[column.read(row, sheet.language) for column in sheet.columns] for row in shown]
    with tempfile.TemporaryDirectory() as folder:
        begun = perf_counter()
        writer = running.WRITERS[form](Path(folder) / f"rows.{form}", sheet)
        for place in range(rows):
            writer.add(values[place % len(values)])
        writer.finish("")
        return perf_counter() - begun


def main() -> None:
    os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings.base", "DEBUG": "0", "PROCESS_NAME": "bench"}
    django.setup()
    what, rows = sys.argv[1], int(sys.argv[2])
    if what == "fill":
        fill_board(rows)
    else:
        print(json.dumps(run(what, rows)))


if __name__ == "__main__":
    main()
