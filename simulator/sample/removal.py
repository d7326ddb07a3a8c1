"""Taking the sample away again: possible only while nothing has happened in it."""

from accounts.models import OrgUnit, User
from dispatch.models import DutyEntry, DutyShift, FieldTask, GridTeamMember, Responder, Team
from events.models import Alert, Event, ResponsibilityRow, RoutingRule
from grids.models import DutyZone, UnitGrid, UnitGridRun
from sensors.models import Sensor
from simulator.sample.accounts import posts
from simulator.sample.areas import remove_district
from simulator.sample.org import write_organisation
from video.models import Camera

FORCE_USERNAMES = r"^(wg\d{9}|cj\d{3}|zf\d{3}|pa\d{3})$"
"""Accounts of people who are sent but do not sign in, as `forces` names them."""


class SomethingHappened(Exception):
    """Alerts, events or tasks exist: the district has a past that must stay."""


def remove_sample() -> None:
    """Removes areas, map, buildings, sample people, units and cameras; the caller holds the transaction."""
    if Event.objects.exists() or Alert.objects.exists() or FieldTask.objects.exists():
        raise SomethingHappened
    organisation = write_organisation()
    usernames = [post.username for post in posts(organisation)]
    ResponsibilityRow.objects.all().delete()
    RoutingRule.objects.all().delete()
    Camera.objects.all().delete()
    Sensor.objects.all().delete()
    DutyShift.objects.all().delete()
    for model in (GridTeamMember, DutyEntry, UnitGrid, DutyZone, UnitGridRun):
        model._default_manager.all().delete()
    Responder.objects.all().delete()
    Team.objects.all().delete()
    User.objects.filter(username__in=usernames).delete()
    User.objects.filter(username__regex=FORCE_USERNAMES).delete()
    for kinds in (("team", "office"), ("department",)):
        OrgUnit.objects.filter(kind__in=kinds).delete()
    OrgUnit.objects.filter(kind="centre", parent__isnull=False).delete()
    OrgUnit.objects.all().delete()
    remove_district()
