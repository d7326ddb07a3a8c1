"""`manage.py generate_district`: the sample district, the same for the same seed."""

import time
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.db.models import ProtectedError, RestrictedError

from accounts.models import Grant
from dispatch.models import Position, Responder
from grids.models import Area, AreaBoundary
from registry.models import Building
from simulator.district import generate
from simulator.sample import areas
from simulator.sample.accounts import write_accounts
from simulator.sample.cameras import write_cameras, zones_wait_for_catalogue
from simulator.sample.components import write_components
from simulator.sample.forces import write_forces
from simulator.sample.grid_teams import write_grid_teams, write_unit_grids
from simulator.sample.org import write_organisation
from simulator.sample.removal import SomethingHappened, remove_sample
from simulator.sample.routing import write_routing
from simulator.sample.sensors import write_sensors

DEFAULT_SEED = 2026


def _tell_the_planner() -> None:
    """Statistics of what was written: without them the place of a point is searched among all areas for a while."""
    tables = ", ".join(model._meta.db_table for model in (Area, AreaBoundary, Building, Responder, Position, Grant))
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {tables}")


class Command(BaseCommand):
    help = "Generates the sample district 云澜区: areas, base map, buildings, organisation, people, cameras, sensors."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help="another number draws another town")
        parser.add_argument("--reset", action="store_true", help="take the present district away first (needs --yes)")
        parser.add_argument("--yes", action="store_true", help="confirms --reset")

    @transaction.atomic
    def handle(self, *args: Any, seed: int, reset: bool, yes: bool, **options: Any) -> None:
        if reset and areas.written_source() is not None:
            self._reset(yes)
        written = areas.written_source()
        if written is None:
            plan = self._timed("drawn", lambda: generate(seed))
            self._timed("district written", lambda: areas.write_district(plan))
        elif written != areas.source_of(seed):
            raise CommandError(
                "There is another district in this database. Nothing was changed. "
                "Run with --reset --yes to replace it, or use another database."
            )
        else:
            self.stdout.write("areas, map and buildings: unchanged")
        organisation = self._timed("organisation", write_organisation)
        users = self._timed("sample accounts", lambda: write_accounts(organisation))
        self._timed("responders", lambda: write_forces(organisation, users, seed))
        self._timed("grid teams", lambda: write_grid_teams(organisation, seed))
        self._timed("unit grids", lambda: write_unit_grids(organisation))
        self._timed("cameras", lambda: write_cameras(organisation, seed))
        self._timed("sensors", lambda: write_sensors(organisation))
        self._timed("components", lambda: write_components(organisation, seed))
        if written is None:
            _tell_the_planner()
        self._timed("routing", lambda: write_routing(organisation))
        if zones_wait_for_catalogue():
            self.stdout.write("camera zones wait for event types: run `manage.py load_catalogue`, then this again")

    def _reset(self, yes: bool) -> None:
        if not yes:
            raise CommandError("--reset removes the whole district. Add --yes if that is what you want.")
        try:
            remove_sample()
        except (SomethingHappened, ProtectedError, RestrictedError) as error:
            raise CommandError(
                "Alerts, events, tasks or people refer to the district; nothing was removed. Use an empty database."
            ) from error

    def _timed(self, what: str, work: Callable[[], Any]) -> Any:
        started = time.perf_counter()
        result = work()
        counts = result.items() if isinstance(result, dict) else ()
        detail = "".join(f" {name} {count}," for name, count in counts if isinstance(count, int))
        self.stdout.write(f"{what}:{detail} {time.perf_counter() - started:.1f} s")
        return result
