"""The scenario player: real actions, real people, and nothing kept of a play that failed."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from accounts.models import Grant, User
from core.actor import SYSTEM
from core.clock import now
from core.history.record import of_subject
from core.models import Deadline, DeadlineState
from events.actions import settle
from events.actions.automation import AutomationContent, switch_automation, write_automation
from events.catalogue_files import FOLDER, read_files
from events.models import Alert, Event, WorkOrder
from events.scenario_form import ScenarioFile
from simulator.scenarios import packs, play
from tests.events.measured import judged_like


def simulate(*words: str) -> tuple[dict[str, Any], str, int]:
    """(result, what was told meanwhile, exit code)"""
    out, told, code = StringIO(), StringIO(), 0
    try:
        call_command("simulate", "--json", *words, stdout=out, stderr=told)
    except SystemExit as end:
        code = int(end.code or 0)
    return json.loads(out.getvalue() or "{}"), told.getvalue(), code


@pytest.mark.usefixtures("town")
def test_all_22_scenarios_close_with_every_leg_done() -> None:
    result, told, code = simulate("--scenario", "all")
    assert (code, result["ok"]) == (0, True)
    assert [row["number"] for row in result["scenarios"]] == list(range(1, 23))
    assert {row["state"] for row in result["scenarios"]} == {"evaluated"}
    assert {row["percent"] for row in result["scenarios"]} == {100}
    assert set(WorkOrder.objects.values_list("state", flat=True)) == {"done"}
    assert not Deadline.objects.filter(state__in=[DeadlineState.RUNNING, DeadlineState.PAUSED]).exists()
    assert Alert.objects.filter(state="confirmed").count() >= 10
    assert not Alert.objects.filter(state="confirmed", recovered_at=None).exists()
    assert told.count("dispatch ×") == 22
    goods = Event.objects.get(type_code="hazardous_goods")
    assert WorkOrder.objects.filter(event=goods).count() == 19
    moves = [row.move for row in of_subject("event", goods.pk)]
    assert moves[:4] == ["report", "ask_verification", "report_verification", "file"]
    assert all(row.at <= now() for row in of_subject("event", goods.pk))
    assert {row.actor_id for row in of_subject("event", goods.pk)} - {SYSTEM.user_id}


@pytest.mark.usefixtures("town")
def test_a_play_may_be_repeated() -> None:
    first, _, _ = simulate("--scenario", "1,16")
    again, _, code = simulate("--scenario", "1,16")
    assert code == 0
    assert [row["state"] for row in again["scenarios"]] == ["evaluated", "evaluated"]
    assert {row["event"] for row in first["scenarios"]}.isdisjoint(row["event"] for row in again["scenarios"])
    assert [row["simulated_minutes"] for row in first["scenarios"]] == [
        row["simulated_minutes"] for row in again["scenarios"]
    ]


@pytest.mark.usefixtures("town")
def test_what_stands_above_its_measure_is_confirmed_and_filed_by_the_platform(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settle, "is_sampled", lambda *_args, **_named: False)
    simulate("--scenario", "18")
    past = Event.objects.select_related("type").get(type_code="urban_flooding")
    judged_like(past, ("sensor", "water_level_high"), confirmed=60, dismissed=0, subject=1, days_ago=3)
    chief, pair = User.objects.get(username="chief").as_actor(), {"source": "sensor", "rule": "water_level_high"}
    content = AutomationContent(
        confirms=True, files=True, min_precision=0.9, min_sample=40, window_days=30, audit_percent=1
    )
    written = write_automation(**pair, actor=chief, version=0, content=content)
    switch_automation(**pair, actor=chief, version=written.version, on=True)
    result, told, code = simulate("--scenario", "18")
    assert (code, result["scenarios"][0]["state"]) == (0, "evaluated")
    assert "auto_confirm" in told
    event = Event.objects.get(number=result["scenarios"][0]["event"])
    rows = of_subject("event", event.pk)
    assert [(row.move, row.role) for row in rows[:2]] == [("report", "system"), ("file", "system")]


@pytest.mark.usefixtures("town")
def test_a_play_that_fails_names_the_remedy_and_leaves_nothing_behind() -> None:
    Grant.objects.filter(user__username="haishi").delete()
    result, told, code = simulate("--scenario", "17,18")
    assert code == 1
    failed, other = result["scenarios"]
    assert (failed["ok"], other["ok"]) == (False, True)
    assert "海事处" in failed["failure"]["what"]
    assert "generate_district" in failed["failure"]["remedy"]
    assert "To do:" in told
    assert not Event.objects.filter(type_code="hazardous_goods").exists()


@pytest.fixture
def shipped() -> tuple[ScenarioFile, ...]:
    return read_files(FOLDER).scenarios


def test_the_22_of_the_field_are_the_packs_that_are_shipped(shipped: tuple[ScenarioFile, ...]) -> None:
    assert {pack.number: pack.code for pack in shipped} == dict(enumerate(packs.SHIPPED, start=1))
    assert packs.missing_packs(shipped) == []


def test_a_pack_that_is_not_loaded_or_whose_file_is_gone_is_named_and_fails(
    shipped: tuple[ScenarioFile, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kept in set(packs.SHIPPED) - {"zombie_car"}:
        (tmp_path / f"{kept}.yaml").touch()
    monkeypatch.setattr(packs, "FILES", tmp_path)
    monkeypatch.setattr(play, "packs", lambda _: [pack for pack in shipped if pack.code != "forest_fire"])
    monkeypatch.setattr(play, "Cast", object)
    monkeypatch.setattr(play, "show_places", list)
    monkeypatch.setattr(
        play, "play", lambda pack, *_, **__: play.Played(pack.number, pack.code, pack.name, state="closed")
    )
    result, told, code = simulate("--scenario", "all")
    failed = {row["number"]: row["failure"] for row in result["scenarios"] if not row["ok"]}
    assert (code, result["ok"], len(result["scenarios"])) == (1, False, 22)
    assert {14: "zombie_car" in failed[14]["what"], 19: "forest_fire" in failed[19]["what"]} == dict.fromkeys(
        failed, True
    )
    assert ("load_catalogue" in failed[19]["remedy"], told.count("FAILED")) == (True, 2)


@pytest.mark.django_db
def test_an_empty_site_is_told_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    _, told, code = simulate("--scenario", "all")
    assert code == 1
    assert "load_catalogue" in told
