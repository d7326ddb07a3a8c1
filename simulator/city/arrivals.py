"""What happens in a district and when: pure, and the same for the same seed.

Reports follow the hours of a day, the days of a week, the weather and the kind of place. Every arrival carries a seed
of its own, from which all choices about it are drawn, so that none depends on how fast the machine was.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from core.clock import CITY_ZONE

PlaceKind = Literal["street", "water", "green", "site"]

PER_DAY: Final = 425
"""Reports of a district of 600 grids on a working day: 6,850 a day among the 9,679 grids of a large city."""
HOURLY: Final = (3, 2, 2, 2, 3, 6, 14, 30, 46, 52, 49, 40, 28, 32, 42, 46, 43, 36, 30, 26, 20, 14, 8, 5)
"""A morning peak, a dip at noon, a lower peak in the afternoon."""
EVENING: Final = (4, 2, 1, 1, 1, 2, 4, 6, 8, 8, 8, 10, 14, 10, 10, 12, 18, 34, 48, 52, 46, 34, 20, 10)
NIGHT: Final = (40, 44, 46, 40, 30, 16, 6, 3, 2, 2, 2, 2, 2, 2, 2, 2, 3, 5, 8, 14, 22, 30, 36, 40)
RUSH: Final = (1, 1, 1, 1, 2, 6, 22, 50, 44, 22, 14, 14, 16, 14, 14, 18, 30, 52, 46, 24, 12, 6, 3, 2)
WEEKEND: Final = 0.62
"""Of a working day's reports; what belongs to the evening is more on weekends."""
RAINS_A_WEEK: Final = 2.0
RAIN_MORE: Final = 2.2
"""So many times more reports while it rains hard."""


@dataclass(frozen=True)
class Kind:
    """One kind of event in the city's mix: how often, when, where, and what rain does to it."""

    code: str
    weight: float
    hours: Sequence[int] = HOURLY
    weekend: float = WEEKEND
    rain: float = 1.0
    place: PlaceKind = "street"


MIX: Final = (
    Kind("exposed_rubbish", 13),
    Kind("street_vending", 12, EVENING, weekend=1.4, rain=0.2),
    Kind("illegal_parking", 12, RUSH, weekend=0.9),
    Kind("bicycle_disorder", 8, RUSH, weekend=0.8, rain=0.5),
    Kind("shared_bicycle_outside", 7, RUSH, rain=0.5),
    Kind("small_posters", 4, rain=0.3),
    Kind("public_bin", 5),
    Kind("manhole_cover", 3, rain=4.0),
    Kind("road_surface", 3, rain=2.0),
    Kind("street_lamp", 3, EVENING, weekend=1.0),
    Kind("street_tree", 2, rain=6.0, place="green"),
    Kind("traffic_sign", 1.5, rain=1.5),
    Kind("fire_lane_blocked", 4, EVENING, weekend=1.1),
    Kind("traffic_congestion", 4, RUSH, weekend=0.6, rain=2.5),
    Kind("muck_dumping", 1.6, NIGHT, weekend=1.0, rain=0.4, place="site"),
    Kind("sewage_dumping", 1.2, NIGHT, weekend=1.0, place="water"),
    Kind("storm_drain_discharge", 2, EVENING, weekend=1.0),
    Kind("construction_dust", 2.2, rain=0.05, place="site"),
    Kind("no_hard_hat", 1.8, weekend=0.5, rain=0.6, place="site"),
    Kind("night_construction", 1.6, NIGHT, place="site"),
    Kind("water_source_fishing", 1.2, EVENING, weekend=2.2, rain=0.3, place="water"),
    Kind("restricted_area_presence", 1.6, EVENING, weekend=1.3, place="water"),
    Kind("crowd_gathering", 0.8, EVENING, weekend=1.8, rain=0.2),
    Kind("urban_flooding", 0.15, weekend=1.0, rain=120.0),
    Kind("neighbour_dispute", 4, EVENING, weekend=1.3),
    Kind("uncivil_dog_keeping", 2.2, EVENING, weekend=1.4, rain=0.4),
    Kind("zombie_car", 1.2),
    Kind("indoor_e_bike_charging", 3, EVENING, weekend=1.0),
    Kind("small_premises_fire", 0.3, EVENING, weekend=1.0),
    Kind("hazardous_goods", 0.2),
    Kind("forest_fire", 0.08, weekend=1.8, rain=0.0, place="green"),
    Kind("illegal_fundraising", 0.3),
    Kind("unlicensed_trade", 1.4),
    Kind("food_safety", 1.4, EVENING),
    Kind("elder_living_alone", 1.6, weekend=1.0, rain=1.5),
)


@dataclass(frozen=True)
class Rain:
    starts: datetime
    ends: datetime

    def falls(self, at: datetime) -> bool:
        return self.starts <= at < self.ends


@dataclass(frozen=True)
class Arrival:
    """Something happens: when (by the city's own clock), what, where (the so-manieth place), and its seed."""

    number: int
    at: datetime
    kind: Kind
    place: float
    """Between 0 and 1: which of the places of its kind."""
    seed: int


def rains(seed: int, day: datetime) -> list[Rain]:
    """The showers of the day that begins at `day`."""
    chance = random.Random(f"{seed} rain {day.date()}")
    if chance.random() > RAINS_A_WEEK / 7:
        return []
    starts = day + timedelta(hours=chance.uniform(5, 21))
    return [Rain(starts, starts + timedelta(hours=chance.uniform(0.7, 3.0)))]


def shares(at: datetime, raining: bool, mix: Sequence[Kind] = MIX) -> list[float]:
    """How much each kind contributes at a moment; they add up to the rate against an average one."""
    free_day = at.weekday() >= 5
    return [
        kind.weight
        * kind.hours[at.hour]
        / (sum(kind.hours) / 24)
        * (kind.weekend if free_day else 1.0)
        * (kind.rain if raining else 1.0)
        for kind in mix
    ]


def arrivals(*, seed: int, start: datetime, per_day: int = PER_DAY, mix: Sequence[Kind] = MIX) -> Iterator[Arrival]:
    """Arrivals from `start` (the city's local time) on, without end: a Poisson process whose rate follows `shares`."""
    chance = random.Random(f"{seed} arrivals")
    whole = sum(kind.weight for kind in mix)
    highest = _highest(mix)
    at, number = start, 0
    day, showers = None, list[Rain]()
    while True:
        at += timedelta(days=chance.expovariate(per_day * highest / whole))
        if at.date() != day:
            day = at.date()
            showers = rains(seed, at.replace(hour=0, minute=0, second=0, microsecond=0))
        now = shares(at, any(rain.falls(at) for rain in showers), mix)
        chosen = chance.random() * highest
        place, own = chance.random(), chance.getrandbits(48)
        if chosen >= sum(now):
            continue
        number += 1
        yield Arrival(number, at, _pick(mix, now, chosen), place, own)


def _highest(mix: Sequence[Kind]) -> float:
    """The highest rate that ever holds, over all hours, days and weathers."""
    monday = datetime(2024, 1, 1, tzinfo=CITY_ZONE)
    hours = (monday + timedelta(days=day, hours=hour) for day in (0, 5) for hour in range(24))
    return max(sum(shares(at, raining, mix)) for at in hours for raining in (False, True))


def _pick(mix: Sequence[Kind], now: Sequence[float], chosen: float) -> Kind:
    for kind, share in zip(mix, now, strict=True):
        chosen -= share
        if chosen < 0:
            return kind
    return mix[-1]


def known(mix: Sequence[Kind], codes: Mapping[str, object]) -> tuple[Kind, ...]:
    """The part of the mix that the site's catalogue knows."""
    return tuple(kind for kind in mix if kind.code in codes)
