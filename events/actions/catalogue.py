"""Loading the catalogue: idempotent, and a changed entry becomes a new version beside the old one.

The files decide about a type only as long as its last version came from them. What an administrator changed, retired,
restored, imported or created is the site's own from then on, and is left as it is.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from core.actor import SYSTEM, SYSTEM_ROLE
from core.history.chain import row_hash
from events.actions.part_classes import tell_register
from events.actions.type_versions import Planned, digest_of, lock_catalogue, write_versions
from events.catalogue_files import CatalogueFiles, plain
from events.models import ClockLimit, EventType, MainClass, Scenario
from events.queries.event_types import last_versions
from events.rules.type_content import TypeContent
from events.scenario_form import ScenarioFile


@dataclass
class Loaded:
    """What changed, for the command to say. `kept` are the site's own types, whatever the files say of them."""

    new: int = 0
    revised: int = 0
    unchanged: int = 0
    kept: int = 0
    number_taken: tuple[str, ...] = ()


@transaction.atomic
def load(files: CatalogueFiles) -> Loaded:
    """Write main classes, types, scenarios and clock limits. A limit that an administrator has set is kept."""
    lock_catalogue()
    loaded = Loaded()
    for category, entry in files.main_classes:
        if not MainClass.objects.filter(category=category, code=entry.code).exists():
            MainClass.objects.create(category=category, code=entry.code, name=entry.name)
    for scenario in files.scenarios:
        _load_scenario(scenario, loaded)
    names = _renamed(files)
    contents = [entry.content(category) for category, entry in files.types]
    _load_types(
        [replace(one, main_class=names.get((one.category, one.main_class), one.main_class)) for one in contents], loaded
    )
    for clock in files.clocks:
        limit = clock.limit.limit
        ClockLimit.objects.get_or_create(
            kind=clock.kind, defaults={"limit_type": limit.type.value, "limit_amount": limit.amount}
        )
    tell_register()
    return loaded


def _renamed(files: CatalogueFiles) -> dict[tuple[str, str], str]:
    """What the site calls the main classes of the files now."""
    current = {(row.category, row.code): row.name for row in MainClass.objects.current()}
    return {
        (category, entry.name): current[category, entry.code]
        for category, entry in files.main_classes
        if (category, entry.code) in current
    }


def _digest(values: dict[str, Any]) -> str:
    return row_hash("", values)


def is_of_the_files(last: EventType) -> bool:
    """Do the files still decide about the type? Only while its last version came from them and is in force."""
    return last.is_starting_set and last.is_current


def _load_types(contents: list[TypeContent], loaded: Loaded) -> None:
    last = last_versions()
    own_numbers = {
        (row.category, row.main_class, row.sub_code)
        for row in last.values()
        if row.is_current and not row.is_starting_set and row.sub_code
    }
    plan = []
    for content in contents:
        previous = last.get(content.code)
        if previous is not None and not is_of_the_files(previous):
            loaded.kept += 1
        elif previous is not None and previous.digest == digest_of(content):
            loaded.unchanged += 1
        elif (content.category, content.main_class, content.sub_code) in own_numbers:
            loaded.number_taken += (content.code,)
        else:
            plan.append(Planned(previous, content))
            _count(loaded, previous is None)
    write_versions(plan, actor=SYSTEM, role=SYSTEM_ROLE, starting=True)


def _load_scenario(scenario: ScenarioFile, loaded: Loaded) -> None:
    definition = plain(scenario)
    digest = _digest(definition)
    current = Scenario.objects.select_for_update().filter(code=scenario.code, is_current=True).first()
    if current is not None and current.digest == digest:
        loaded.unchanged += 1
        return
    version = 1
    if current is not None:
        version = current.version + 1
        current.is_current = False
        current.save(update_fields=["is_current"])
    Scenario.objects.create(
        code=scenario.code,
        version=version,
        number=scenario.number,
        name=scenario.name,
        definition=definition,
        digest=digest,
    )
    _count(loaded, version == 1)


def _count(loaded: Loaded, is_new: bool) -> None:
    if is_new:
        loaded.new += 1
    else:
        loaded.revised += 1
