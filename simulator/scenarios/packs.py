"""Which scenarios are played: the 22 that the platform ships with, and what a site has added."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from pydantic import ValidationError

from events.catalogue_files import FOLDER
from events.models import Scenario
from events.scenario_form import ScenarioFile
from simulator.life.problems import CATALOGUE, PlayFailed

SHIPPED: Final = (
    "restricted_area_presence", "water_source_fishing", "crowd_gathering", "no_hard_hat", "traffic_congestion",
    "bicycle_disorder", "street_vending", "fire_lane_blocked", "muck_dumping", "sewage_dumping", "illegal_parking",
    "storm_drain_discharge", "small_premises_fire", "zombie_car", "shared_bicycle_outside", "uncivil_dog_keeping",
    "hazardous_goods", "urban_flooding", "forest_fire", "illegal_finance", "construction_dust", "neighbour_dispute",
)  # fmt: skip
"""The scenarios of the field, by their numbers from 1: written down apart from the packs, so that a lost one is missed.
"""
FILES = FOLDER / "scenarios"
RESTORE = "Restore the file from the platform's own copy, run `python manage.py load_catalogue`, then try again."


@dataclass(frozen=True)
class Missing:
    """A scenario that should be played and cannot be."""

    number: int
    code: str
    problem: PlayFailed


def packs(numbers: Collection[int] | None = None) -> list[ScenarioFile]:
    """The packs in force, by number; PlayFailed where one that is asked for is missing or has an older form."""
    rows = {row.number: row for row in Scenario.objects.filter(is_current=True).order_by("number")}
    wanted = sorted(rows if numbers is None else numbers)
    if not wanted or any(number not in rows for number in wanted):
        missing = next((number for number in wanted if number not in rows), None)
        raise PlayFailed(f"There is no scenario {missing}." if missing else "No scenario is loaded.", CATALOGUE)
    try:
        return [ScenarioFile.model_validate(rows[number].definition) for number in wanted]
    except ValidationError as error:
        raise PlayFailed(
            f"A scenario was loaded in another form: {error.error_count()} fields differ.", CATALOGUE
        ) from error


def missing_packs(loaded: Collection[ScenarioFile]) -> list[Missing]:
    """Those of the 22 that are not in the database, or whose file is gone: nobody could load them again."""
    present = {pack.code for pack in loaded}
    found = []
    for number, code in enumerate(SHIPPED, start=1):
        file = FILES / f"{code}.yaml"
        if not file.is_file():
            found.append(Missing(number, code, PlayFailed(f"The pack {code} is not in {FILES.name}/.", RESTORE)))
        elif code not in present:
            found.append(Missing(number, code, PlayFailed(f"The pack {code} is not loaded.", CATALOGUE)))
    return found
