"""The catalogue: complete, loaded without harm, versioned."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from core.actor import SYSTEM, SYSTEM_ROLE
from core.deadlines.arithmetic import LimitType
from core.history.record import of_subject
from events.actions.catalogue import load
from events.actions.type_versions import Planned, retire_rows, write_versions
from events.catalogue_files import FOLDER, read_files
from events.models import ClockLimit, Condition, Event, EventType, Scenario
from events.queries.catalogue import limit_of, sign_limit, type_of
from tests.events.stage import HERE, Stage, new_version_of

FILES = read_files()


def test_the_starting_set_covers_every_main_class_and_all_four_measures() -> None:
    counted = Counter(category for category, _ in FILES.types)
    used = {(category, entry.main_class) for category, entry in FILES.types}
    limits = {condition.limit.type for _, entry in FILES.types for condition in entry.conditions}
    assert counted["event"] >= 90 and counted["part"] >= 90
    assert used == {(category, entry.name) for category, entry in FILES.main_classes}
    assert limits == set(LimitType)


def test_every_type_of_the_starting_set_says_when_a_case_is_opened_and_when_it_is_settled() -> None:
    silent = [
        entry.code for _, entry in FILES.types if not entry.filing or not all(c.closing for c in entry.conditions)
    ]
    assert silent == []


@pytest.mark.parametrize("name", ["events", "parts", "governance"])
def test_every_file_says_at_its_head_that_it_is_a_starting_set(name: str) -> None:
    assert "starting set" in (FOLDER / "types" / f"{name}.yaml").read_text(encoding="utf-8").splitlines()[0]


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
    again = load(FILES)
    assert (again.revised, again.kept) == (0, 1)
    assert EventType.objects.get(code="street_vending", is_current=True) == mine


def test_a_type_that_an_administrator_retired_does_not_come_back_by_loading(db: None) -> None:
    load(FILES)
    retire_rows([EventType.objects.get(code="street_vending")], actor=SYSTEM, role=SYSTEM_ROLE, reason="并入店外经营")
    assert load(FILES).kept == 1
    assert not EventType.objects.current().filter(code="street_vending").exists()


def test_a_number_that_the_site_gave_to_a_type_of_its_own_stays_with_it(db: None) -> None:
    category, entry = next(pair for pair in FILES.types if pair[1].code == "street_vending")
    own = replace(entry.content(category), code="night_market", name="夜市占道")
    write_versions([Planned(None, own)], actor=SYSTEM, role=SYSTEM_ROLE)
    assert load(FILES).number_taken == ("street_vending",)
    assert load(FILES).number_taken == ("street_vending",)


def test_two_types_of_the_files_may_swap_their_numbers(db: None) -> None:
    load(FILES)
    pair = [one for one in FILES.types if one[1].code in ("street_vending", "shop_overreach")]
    swapped = tuple(
        (category, entry.model_copy(update={"sub": other.sub}))
        for (category, entry), (_, other) in zip(pair, reversed(pair), strict=True)
    )
    assert load(FILES.model_copy(update={"types": swapped})).revised == 2
    assert EventType.objects.get(code="street_vending", is_current=True).number == "0502"


def test_every_version_has_its_place_in_the_history(db: None) -> None:
    load(FILES)
    first = EventType.objects.get(code="street_vending")
    new_version_of(first)
    told = [(row.move, row.from_state, row.to_state) for row in of_subject("event_type", first.pk)]
    assert told == [("create", "", "v1"), ("change", "v1", "v2")]


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
    with pytest.raises(CommandError, match="wrong.yaml") as refusal:
        call_command("load_catalogue", folder=tmp_path)
    assert problem in str(refusal.value)


ENTRY = """
  - code: {code}
    sub: "{sub}"
    name: 占道摆摊
    main_class: {main_class}
    report_group: enforcement
    unit: {unit}
    filing: 在道路上摆摊
    conditions:
      - {{code: stall, text: 占用人行道摆摊, limit: {{type: {measure}, amount: {amount}}}, closing: 收摊}}
"""
USUAL = {
    "code": "stall", "sub": "99", "main_class": "街面秩序", "unit": "chengguan", "measure": "working_hours",
    "amount": "4",
}  # fmt: skip


@pytest.mark.parametrize(
    ("entries", "problem"),
    [
        ([{"amount": "0"}], "amount"),
        ([{"measure": "fortnights"}], "fortnights"),
        ([{"unit": "gremlins"}], "no active department with the code “gremlins”"),
        ([{"main_class": "海上秩序"}], "no main class “海上秩序”"),
        ([{"sub": "00"}], "two digits"),
        ([{}, {"sub": "98"}], "stall is written twice"),
        ([{}, {"code": "other_stall"}], "is the number of stall already"),
    ],
)
def test_a_wrong_type_is_refused_with_its_field(tmp_path: Path, entries: list[dict[str, str]], problem: str) -> None:
    folder = tmp_path / "data"
    copytree(FOLDER, folder, ignore=ignore_patterns("types", "scenarios"))
    (folder / "types").mkdir()
    text = "category: event\ntypes:" + "".join(ENTRY.format(**{**USUAL, **entry}) for entry in entries)
    (folder / "types" / "mine.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=problem):
        call_command("load_catalogue", folder=folder)
