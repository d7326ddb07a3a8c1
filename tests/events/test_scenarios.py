"""Scenario packs: all 22, complete, and refused with the file and the field where something is wrong."""

import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command
from django.core.management.base import CommandError

from events.catalogue_files import FOLDER, read_files
from events.scenario_form import STREET_OFFICE, ScenarioFile
from simulator.sample.accounts import DESKS, OFFICES
from simulator.sample.org import DEPARTMENTS, STREET_OFFICES

FILES = read_files()
PACKS = {pack.number: pack for pack in FILES.scenarios}
TYPES = {entry.code: entry for _, entry in FILES.types}
every_pack = pytest.mark.parametrize("pack", PACKS.values(), ids=lambda pack: pack.code)


def test_all_22_scenarios_are_there() -> None:
    assert sorted(PACKS) == list(range(1, 23))


@every_pack
def test_a_pack_says_the_whole_procedure(pack: ScenarioFile) -> None:
    assert TYPES[pack.event_type].scenario == pack.code
    assert {"file", "dispatch", "handle", "check", "close"} <= {step.code for step in pack.steps}
    assert {row.purpose for row in pack.evidence}
    assert any(leg.mandatory for leg in pack.co_handling) or pack.number in {2, 4}


@every_pack
def test_the_sample_district_has_every_department_a_pack_needs_and_somebody_at_its_desk(pack: ScenarioFile) -> None:
    units = {unit for _, unit in pack.units()}
    assert units <= {code for code, _, _ in DEPARTMENTS} | {STREET_OFFICE + code for code, _ in STREET_OFFICES}
    assert units <= {code for code, _ in DESKS} | {STREET_OFFICE + office for _, _, office in OFFICES}


@every_pack
def test_the_lead_is_who_the_kind_of_event_is_sent_to(pack: ScenarioFile) -> None:
    assert pack.lead.unit == TYPES[pack.event_type].unit


@every_pack
def test_nothing_about_a_person_is_filed_by_a_machine(pack: ScenarioFile) -> None:
    assert not (pack.auto_file.decides_about_person and pack.auto_file.allowed)
    assert all(rule.precision_above >= 0.9 for rule in pack.auto_file.rules)


@pytest.mark.parametrize(("number", "links", "points"), [(11, 6, 12), (12, 6, 10), (13, 8, 14)])
def test_the_published_procedures_are_written_out(number: int, links: int, points: int) -> None:
    found = [link for scene in PACKS[number].scenes for link in scene.links]
    assert len(found) == links
    assert sum(len(link.points) for link in found) == points
    assert len(PACKS[number].steps) >= 8


def test_hazardous_goods_has_its_scenes_links_points_and_departments() -> None:
    pack = PACKS[17]
    links = [link for scene in pack.scenes for link in scene.links]
    points = [point for link in links for point in link.points]
    assert (len(pack.scenes), len(links), len(points)) == (4, 24, 43)
    assert [point.number for point in points] == list(range(1, 44))
    parts = [leg.part for leg in pack.co_handling]
    assert (parts.count("competent"), parts.count("handling")) == (6, 12)
    legs = {pack.lead.unit, *(leg.unit for leg in pack.co_handling)}
    assert {link.unit for link in links} | {point.checked_by for point in points} <= legs


def test_illegal_finance_knows_its_five_kinds() -> None:
    assert len(PACKS[20].types) == 5
    assert all(TYPES[code].scenario == "illegal_finance" for code in PACKS[20].types)


Change = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda p: p["lead"].update(unit="nobody"), "lead.unit: there is no department nobody"),
        (lambda p: p["co_handling"][1].update(unit="street:nobody"), "co_handling.1.unit: there is no department"),
        (lambda p: p.update(event_type="no_such_type"), "event_type: there is no type no_such_type"),
        (lambda p: p.update(event_type="zombie_car"), "event_type: zombie_car is that of"),
        (lambda p: p.update(number=1), "number: 1 is that of"),
        (lambda p: p["steps"][2]["limit"].update(type="fortnights"), "steps.2.limit.type: Input should be"),
        (lambda p: p["steps"][2]["limit"].update(minutes=0), "steps.2.limit.minutes: Input should be greater than 0"),
        (lambda p: p["co_handling"][1].update(unit=p["lead"]["unit"]), "co_handling unit written twice: xiaofang"),
        (lambda p: p["auto_file"].update(decides_about_person=True), "auto_file: a decision about a person"),
        (
            lambda p: p["auto_file"]["rules"][0].update(condition="blocking"),
            "auto_file.rules.0.condition: type fire_lane_blocked has no condition blocking",
        ),
        (lambda p: p["auto_file"]["rules"][0].pop("condition"), "auto_file.rules.0.condition: Field required"),
        (lambda p: p["auto_file"]["rules"][0].update(source="snapshot"), "auto_file.rules.0.source: snapshot is no"),
        (lambda p: p["auto_file"]["rules"][0].update(precision_above=0), "auto_file.rules.0.precision_above: Input"),
        (lambda p: p["auto_file"]["rules"][0].update(precision_above=1.2), "auto_file.rules.0.precision_above: Input"),
        (lambda p: p["evaluation"]["criteria"][0].update(weight=1), "evaluation: the weights of the criteria make 61"),
        (lambda p: p["triggers"][0].update(source="rumour"), "triggers.0.source: Input should be"),
        (lambda p: p["verification"].update(mode="office"), "verification: the mode office names the unit"),
        (lambda p: p.update(surprise=1), "surprise: Extra inputs are not permitted"),
    ],
)
def test_a_wrong_pack_is_refused_with_its_file_and_field(tmp_path: Path, change: Change, problem: str) -> None:
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    file = tmp_path / "scenarios" / "zz_fire_lane_blocked.yaml"
    (tmp_path / "scenarios" / "fire_lane_blocked.yaml").rename(file)
    pack = yaml.safe_load(file.read_text())
    change(pack)
    file.write_text(yaml.safe_dump(pack, allow_unicode=True))
    with pytest.raises(CommandError) as refusal:
        call_command("load_catalogue", folder=tmp_path)
    assert file.name in str(refusal.value)
    assert problem in str(refusal.value)


def test_departments_that_only_a_pack_names_are_told_where_they_are_missing(db: None) -> None:
    told = StringIO()
    call_command("load_catalogue", stdout=told)
    missing = next(line for line in told.getvalue().splitlines() if "do not exist here yet" in line)
    assert {"haishi", "shangwu", "chengguan"} <= set(missing.partition(": ")[2].split(", "))
