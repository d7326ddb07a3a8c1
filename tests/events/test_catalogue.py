"""The catalogue: complete, loaded without harm, versioned."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from core.deadlines.arithmetic import LimitType
from events.actions.catalogue import load, new_version_of
from events.catalogue_files import FOLDER, read_files
from events.models import ClockLimit, Condition, Event, EventType, Scenario
from events.queries.catalogue import limit_of, sign_limit, type_of
from tests.events.stage import HERE, Stage

FILES = read_files()


def test_it_has_thirty_types_and_all_four_measures() -> None:
    limits = {condition.limit.type for _, entry in FILES.types for condition in entry.conditions}
    assert len(FILES.types) >= 30
    assert limits == set(LimitType)


def test_loading_again_changes_nothing(db: None) -> None:
    load(FILES)
    before = list(EventType.objects.order_by("id").values_list("code", "version"))
    again = load(FILES)
    assert (again.new, again.revised) == (0, 0)
    assert list(EventType.objects.order_by("id").values_list("code", "version")) == before


def test_a_changed_type_is_a_new_version_and_events_keep_the_old(stage: Stage) -> None:
    load(FILES)
    event = stage.report(type_code="street_vending")
    category, entry = next(pair for pair in FILES.types if pair[1].code == "street_vending")
    changed = entry.model_copy(update={"name": "流动摊贩占道"})
    load(FILES.model_copy(update={"types": ((category, changed),)}))
    assert type_of("street_vending").version == 2
    assert Event.objects.get(pk=event.pk).type.name == "违规占道经营"
    assert Condition.objects.filter(type__code="street_vending").count() == 4


def test_an_administrators_version_is_not_overwritten(db: None) -> None:
    load(FILES)
    mine = new_version_of(EventType.objects.get(code="street_vending"))
    assert load(FILES).revised == 0
    assert EventType.objects.get(code="street_vending", is_current=True) == mine


def test_an_administrators_limit_is_kept(db: None) -> None:
    load(FILES)
    ClockLimit.objects.filter(kind="accept").update(limit_amount=1)
    load(FILES)
    assert ClockLimit.objects.get(kind="accept").limit_amount == 1


def test_the_loaded_limits_are_those_of_the_handbook(db: None) -> None:
    load(FILES)
    assert limit_of("accept").seconds == 15 * 60
    assert limit_of("rating").seconds == 14 * 86400
    day = next(c.limit for _, e in FILES.types for c in e.conditions if c.limit.type is LimitType.WORKING_DAYS).limit
    assert sign_limit(day).seconds <= 2 * 3600


def test_an_event_takes_the_scenario_of_its_type(stage: Stage) -> None:
    load(FILES)
    event = stage.report(type_code="fire_lane_blocked", lng=HERE[0])
    assert event.scenario == Scenario.objects.get(code="fire_lane_blocked")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("category: event\ntypes: [{code: x}]", "x"),
        ("category: event\ntypes: [", "flow"),
        ("category: fish\ntypes: []", "category"),
    ],
)
def test_a_wrong_file_is_named(tmp_path: Path, text: str, problem: str) -> None:
    (tmp_path / "types").mkdir()
    (tmp_path / "types" / "wrong.yaml").write_text(text)
    (tmp_path / "clocks.yaml").write_text((FOLDER / "clocks.yaml").read_text())
    with pytest.raises(CommandError, match="wrong.yaml") as refusal:
        call_command("load_catalogue", folder=tmp_path)
    assert problem in str(refusal.value)
