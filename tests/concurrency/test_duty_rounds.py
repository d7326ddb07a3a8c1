"""Two beats make the rounds of the lists at the same moment: nobody is sent twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

import pytest
from django.db import connection

from core.clock import CITY_ZONE
from dispatch.actions import duty_rounds
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
