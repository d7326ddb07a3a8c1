"""The timetable and the queues."""

import re
from pathlib import Path

from django.apps import apps
from django.conf import settings

from config.celery import app, gather_timetables

NAMED = re.compile(r'^[A-Z_]*TASK(?:: \w+)? = "([a-z_]+\.[a-z_]+)"', re.M)


def test_every_app_brings_its_timetable():
    gather_timetables()
    entries = app.conf.beat_schedule
    assert entries["core.fire_deadlines"]["schedule"].total_seconds() <= 5
    assert {"core.seal_history", "core.erase_old_answers", "core.forget_old_latest_values"} <= set(entries)


def test_every_entry_of_the_timetable_is_a_task():
    gather_timetables()
    app.loader.import_default_modules()
    assert set(app.conf.beat_schedule) <= set(app.tasks)


def test_every_task_that_an_action_sends_has_a_door():
    app.loader.import_default_modules()
    ours = [Path(one.path) for one in apps.get_app_configs() if Path(one.path).parent == settings.BASE_DIR]
    named = {name for folder in ours for file in folder.rglob("*.py") for name in NAMED.findall(file.read_text())}
    assert {"grids.make_unit_grids", "registry.run_import", "events.run_export"} <= named
    assert named <= set(app.tasks)


def test_a_run_that_nobody_took_before_the_next_is_due_is_dropped():
    gather_timetables()
    assert all(entry["options"]["expires"] >= 5 for entry in app.conf.beat_schedule.values())


def test_video_work_goes_to_its_own_queue():
    route = app.amqp.router.route({}, "video.claim_cameras")
    assert route["queue"].name == "video"
    assert app.amqp.router.route({}, "core.fire_deadlines")["queue"].name == "default"


def test_only_json_is_accepted_and_work_is_acknowledged_when_done():
    assert app.conf.accept_content == ["json"]
    assert (app.conf.task_acks_late, app.conf.task_reject_on_worker_lost) == (True, True)


def test_keys_carry_the_prefix_of_the_site(settings):
    assert app.conf.broker_transport_options["global_keyprefix"].endswith(":celery:")
