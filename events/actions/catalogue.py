"""Loading the catalogue: idempotent, and a changed entry becomes a new version beside the old one."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from core.history.chain import row_hash
from events.catalogue_files import CatalogueFiles, TypeEntry, plain
from events.models import ClockLimit, Condition, EventType, Scenario
from events.scenario_form import ScenarioFile

EDITED = ""
"""The digest of a version that an administrator made: the files no longer decide about that type."""


@dataclass
class Loaded:
    """What changed, for the command to say."""

    new: int = 0
    revised: int = 0
    unchanged: int = 0


@transaction.atomic
def load(files: CatalogueFiles) -> Loaded:
    """Write types, scenarios and clock limits. A limit that an administrator has set is kept."""
    loaded = Loaded()
    for scenario in files.scenarios:
        _load_scenario(scenario, loaded)
    for category, entry in files.types:
        _load_type(category, entry, loaded)
    for clock in files.clocks:
        limit = clock.limit.limit
        ClockLimit.objects.get_or_create(
            kind=clock.kind, defaults={"limit_type": limit.type.value, "limit_amount": limit.amount}
        )
    return loaded


def _digest(values: dict[str, Any]) -> str:
    return row_hash("", values)


def _load_type(category: str, entry: TypeEntry, loaded: Loaded) -> None:
    digest = _digest({"category": category, **plain(entry)})
    current = EventType.objects.select_for_update().filter(code=entry.code, is_current=True).first()
    if current is not None and current.digest in (digest, EDITED):
        loaded.unchanged += 1
        return
    version = retire(current)
    event_type = EventType.objects.create(
        code=entry.code,
        version=version,
        name=entry.name,
        category=category,
        main_class=entry.main_class,
        report_group=entry.report_group,
        default_level=entry.level,
        default_unit_code=entry.unit,
        scenario_code=entry.scenario,
        check_mode=entry.check,
        needs_after_photo=entry.after_photo,
        verification_advised=entry.verification,
        allows_self_handling=entry.self_handling,
        digest=digest,
    )
    Condition.objects.bulk_create(
        Condition(
            type=event_type,
            code=condition.code,
            text=condition.text,
            limit_type=condition.limit.limit.type.value,
            limit_amount=condition.limit.limit.amount,
            position=position,
        )
        for position, condition in enumerate(entry.conditions)
    )
    _count(loaded, version)


def _load_scenario(scenario: ScenarioFile, loaded: Loaded) -> None:
    definition = plain(scenario)
    digest = _digest(definition)
    current = Scenario.objects.select_for_update().filter(code=scenario.code, is_current=True).first()
    if current is not None and current.digest == digest:
        loaded.unchanged += 1
        return
    version = retire(current)
    Scenario.objects.create(
        code=scenario.code,
        version=version,
        number=scenario.number,
        name=scenario.name,
        definition=definition,
        digest=digest,
    )
    _count(loaded, version)


def retire(current: EventType | Scenario | None) -> int:
    """The version that was in force steps back; the number of the next."""
    if current is None:
        return 1
    current.is_current = False
    current.save(update_fields=["is_current"])
    return current.version + 1


def _count(loaded: Loaded, version: int) -> None:
    if version == 1:
        loaded.new += 1
    else:
        loaded.revised += 1


@transaction.atomic
def new_version_of(event_type: EventType) -> EventType:
    """A copy takes force, for an administrator to change; events keep the version they were born with."""
    current = EventType.objects.select_for_update().get(pk=event_type.pk)
    conditions = list(current.conditions.all())
    version = retire(current)
    current.pk, current.version, current.is_current = None, version, True
    current._state.adding = True
    current.digest = EDITED
    current.save(force_insert=True)
    for condition in conditions:
        condition.pk, condition.type = None, current
    Condition.objects.bulk_create(conditions)
    return current
