"""A busy district: what happens follows the day, the week and the rain; what people do with it is real."""

from collections import Counter
from datetime import datetime, timedelta
from io import StringIO
from itertools import islice, takewhile

import pytest
from django.core.management import call_command

from core.clock import CITY_ZONE
from events.models import Alert, Event, Reminder, Request, WorkOrder
from simulator.city.arrivals import HOURLY, MIX, PER_DAY, Arrival, Kind, arrivals, rains, shares
from simulator.city.life import HABITS, CityLife
from simulator.city.places import Places, find_places
from simulator.city.run import Bounds, City, Tally
from simulator.life.cast import Cast

WEDNESDAY = datetime(2026, 7, 1, tzinfo=CITY_ZONE)
DRY_DAYS = [day for day in (WEDNESDAY + timedelta(days=n) for n in range(60)) if not rains(7, day)]


def of_days(days: int, *, seed: int = 7) -> list[Arrival]:
    until = WEDNESDAY + timedelta(days=days)
    return list(takewhile(lambda arrival: arrival.at < until, arrivals(seed=seed, start=WEDNESDAY)))


def test_the_same_seed_brings_the_same_events() -> None:
    assert list(islice(arrivals(seed=3, start=WEDNESDAY), 200)) == list(islice(arrivals(seed=3, start=WEDNESDAY), 200))
    assert list(islice(arrivals(seed=3, start=WEDNESDAY), 50)) != list(islice(arrivals(seed=4, start=WEDNESDAY), 50))


def test_a_dry_working_day_brings_about_as_many_as_planned() -> None:
    weeks = of_days(28)
    dry = [arrival for arrival in weeks if not rains(7, arrival.at.replace(hour=0, minute=0, second=0, microsecond=0))]
    on_working_days = [arrival for arrival in dry if arrival.at.weekday() < 5]
    days = len({arrival.at.date() for arrival in on_working_days})
    assert 0.85 * PER_DAY < len(on_working_days) / days < 1.15 * PER_DAY


def test_mornings_are_busy_and_nights_are_not() -> None:
    by_hour = Counter(arrival.at.hour for arrival in of_days(28))
    assert by_hour[9] > 4 * by_hour[3]
    assert HOURLY.index(max(HOURLY)) in {8, 9, 10}


def test_vendors_come_in_the_evening_and_on_weekends() -> None:
    vending = next(kind for kind in MIX if kind.code == "street_vending")
    saturday = WEDNESDAY + timedelta(days=3)
    at_seven, at_nine = (shares(day.replace(hour=h), False, [vending])[0] for day, h in ((saturday, 19), (saturday, 9)))
    assert at_seven > 3 * at_nine
    assert at_seven > shares(WEDNESDAY.replace(hour=19), False, [vending])[0]


def test_rain_brings_flooding_and_takes_the_dust_away() -> None:
    month = of_days(60)
    showers = [shower for n in range(60) for shower in rains(7, WEDNESDAY + timedelta(days=n))]
    wet = Counter(a.kind.code for a in month if any(shower.falls(a.at) for shower in showers))
    dry = Counter(a.kind.code for a in month) - wet
    assert wet["urban_flooding"] > 3 * dry["urban_flooding"]
    assert wet["forest_fire"] == 0
    assert wet["construction_dust"] < dry["construction_dust"] / 20


def test_places_are_chosen_all_over_the_list() -> None:
    parts = [arrival.place for arrival in islice(arrivals(seed=1, start=WEDNESDAY), 500)]
    assert min(parts) < 0.05
    assert max(parts) > 0.95


@pytest.fixture
def cast(town: object) -> Cast:
    return Cast()


@pytest.fixture
def places(cast: Cast) -> Places:
    return find_places(cast, seed=1)


@pytest.mark.usefixtures("town")
def test_every_habit_leads_to_an_end_and_none_is_refused(cast: Cast, places: Places) -> None:
    vending = next(kind for kind in MIX if kind.code == "street_vending")
    for number, habit in enumerate(HABITS):
        arrival = Arrival(number, WEDNESDAY, Kind(vending.code, 1), number / len(HABITS), seed=number)
        life = CityLife(cast, places.at("street", arrival.place), arrival)
        life.does = dict.fromkeys(HABITS, False) | {habit: True} | PRECONDITIONS.get(habit, {})
        assert list(life.steps()), habit
    ended = Counter(Event.objects.values_list("state", flat=True))
    assert not Event.objects.open().exclude(state="merged").exists()
    assert ended["rejected"] >= 2
    assert ended["merged"] == 1
    assert Alert.objects.filter(state="dismissed").count() == 1
    assert set(Request.objects.values_list("kind", "state")) >= {("extension", "granted"), ("extension", "refused")}
    assert Reminder.objects.filter(settled_at=None).count() == 0
    assert WorkOrder.objects.filter(state="waived").count() == 1
    assert Event.objects.filter(run=2).count() == 1
    assert Event.objects.filter(rework_count=2).exists()


PRECONDITIONS = {
    "dismissed": {"by_machine": True},
    "untrue": {"verified": True},
    "return_refused": {"returned": True},
    "waived": {"co_handled": True},
    "extension_refused": {"extended": True},
    "reworked_again": {"reworked": True},
}


@pytest.mark.usefixtures("town")
def test_the_city_keeps_to_its_bounds_and_tells_how_it_goes() -> None:
    told: list[Tally] = []
    bounds = Bounds(minutes=2, events=6)
    city = City(seed=5, speed=1_000_000, start=WEDNESDAY + timedelta(hours=9), bounds=bounds, tell=told.append)
    tally = city.run()
    assert (tally.begun, tally.ended, tally.open) == (6, 6, 0)
    assert not tally.refused
    assert tally.moves.total() > 40


@pytest.mark.usefixtures("town")
def test_the_command_ends_after_its_minutes() -> None:
    out, told = StringIO(), StringIO()
    words = ("--city", "--minutes", "0.05", "--speed", "5000", "--events", "3", "--from", "2026-07-01T09:00", "--json")
    call_command("simulate", *words, stdout=out, stderr=told)
    assert '"begun": 3' in out.getvalue()
    assert "times faster than a clock" in told.getvalue()
