from datetime import timedelta

import pytest
from django.core.management import call_command

from core.clock import as_of, now
from core.history.verify import broken_chains
from events.models import Event


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
