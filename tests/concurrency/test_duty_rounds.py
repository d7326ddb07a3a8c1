"""Two beats make the rounds of the lists at the same moment, or a line is switched off meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from datetime import datetime
from threading import Barrier, Event

import pytest
from django.db import connection, transaction

from core.actor import SYSTEM
from core.clock import CITY_ZONE
from dispatch.actions import duty_rounds
from dispatch.actions.grid_teams import EntryContent, edit_entry
from dispatch.models import DutyEntry, DutyRound, FieldTask
from dispatch.queries.round_people import candidates
from tests.dispatch import factories
from tests.grids.town import DISTRICT, build_town

pytestmark = pytest.mark.django_db(transaction=True)
GRID = f"{DISTRICT}.001.001.g001"


def test_a_round_that_two_make_at_once_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have read that nobody was asked yet before either asks."""
    build_town()
    at = datetime(2026, 3, 4, 9, 30, tzinfo=CITY_ZONE)
    factories.shift(factories.responder(area_path=GRID, on_duty=False), starts_at=at, hours=8)
    DutyEntry.objects.create(
        area_path=GRID, level="grid", kind="task", title="巡查", post="full_time", per="day", makes_tasks=True
    )
    both_have_read = Barrier(2)

    def waiting(*args: object) -> object:
        found = candidates(*args)  # type: ignore[arg-type]
        both_have_read.wait(10)
        return found

    monkeypatch.setattr(duty_rounds, "candidates", waiting)

    def make() -> int:
        try:
            return duty_rounds.make_due_rounds(at=at)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        made = [one.result() for one in [pool.submit(make), pool.submit(make)]]
    assert (sorted(made), DutyRound.objects.count(), FieldTask.objects.count()) == ([0, 1], 1, 1)


def test_nobody_is_sent_for_a_line_that_is_switched_off_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    """The line is read while it still asks for patrols, and before anybody is asked it does so no more."""
    build_town()
    at = datetime(2026, 3, 4, 9, 30, tzinfo=CITY_ZONE)
    factories.shift(factories.responder(area_path=GRID, on_duty=False), starts_at=at, hours=8)
    content = EntryContent(area_path=GRID, level="grid", kind="task", title="巡查", post="full_time", per="day")
    entry = DutyEntry.objects.create(**asdict(replace(content, makes_tasks=True)))
    has_read = Event()

    def reading(*args: object) -> object:
        found = candidates(*args)  # type: ignore[arg-type]
        has_read.set()
        return found

    monkeypatch.setattr(duty_rounds, "candidates", reading)

    def make() -> int:
        try:
            return duty_rounds.make_due_rounds(at=at)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            edit_entry(entry_id=entry.pk, version=1, content=content, actor=SYSTEM)
            making = pool.submit(make)
            assert has_read.wait(10)
        made = making.result()
    assert (made, DutyRound.objects.count(), FieldTask.objects.count()) == (0, 0, 0)
