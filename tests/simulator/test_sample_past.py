from datetime import timedelta

import pytest
from django.core.management import call_command

from core.clock import as_of, now
from core.history.verify import broken_chains
from events.models import Alert, Automation, Event
from events.queries.automation import pair_of, procedures
from events.queries.camera_figures import camera_figures
from simulator.loop.camera import TYPE_CODE


def test_within_the_block_it_is_the_told_time():
    moment = now() - timedelta(days=3)
    with as_of(moment):
        assert now() == moment
    assert now() > moment


@pytest.mark.django_db
def test_a_past_day_is_played_once_through_the_real_actions():
    call_command("load_catalogue", verbosity=0)
    call_command("generate_district", verbosity=0)
    call_command("sample_past", days=1, per_day=4)
    count = Event.objects.count()
    call_command("sample_past", days=1, per_day=4)
    assert Event.objects.count() == count > 0
    assert Event.objects.filter(state__in=["closed", "evaluated"]).exists()
    assert not Event.objects.filter(reported_at__gt=now()).exists()
    assert list(broken_chains()) == []
    assert_a_rule_was_measured_and_switched_on()


def assert_a_rule_was_measured_and_switched_on():
    """By its own past, about a lane and not about people; what the loop's camera looks for stays with people."""
    (automation,) = Automation.objects.all()
    assert (automation.source, automation.rule, automation.state) == ("video", "fire_lane_blocked", "on")
    assert procedures()[pair_of(automation)].about_person is False
    (camera_id,) = set(Alert.objects.values_list("camera_id", flat=True))
    assert camera_id is not None
    (figure,) = [one for one in camera_figures(camera_id, []) if one.rule == automation.rule]
    assert (figure.own.confirmed, figure.own.dismissed, figure.is_automatic) == (47, 1, True)
    assert figure.own.lower is not None and 0.85 < figure.own.lower < 0.9
    assert set(Alert.objects.exclude(event=None).values_list("event__state", flat=True)) <= {"closed", "evaluated"}
    assert not Automation.objects.filter(rule=TYPE_CODE).exists()
