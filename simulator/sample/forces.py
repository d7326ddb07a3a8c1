"""Who can be sent: a worker for every grid, collectors, officers, guards, teams, vehicles; their shifts and places."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

import numpy as np
from django.contrib.auth.hashers import make_password
from django.contrib.gis.geos import Point

from accounts.models import Grant, OrgUnit, User
from accounts.roles import Role
from core.clock import local, now
from dispatch.models import DutyShift, Position, Responder, Team
from grids.models import Area, AreaLevel
from simulator.sample.org import CENTRE, TEAMS, Organisation
from simulator.sample.person_names import person_names

COLLECTORS, OFFICERS, GUARDS, VEHICLES = 16, 24, 64, 42
ROSTER_DAYS = 400
ON_DUTY_SHARE = 0.92
SEATS = (
    ("chief", Role.DUTY_CHIEF),
    ("acceptor", Role.ACCEPTOR),
    ("dispatcher", Role.DISPATCHER),
    ("wj_chief", Role.DUTY_CHIEF),
    ("wj_acceptor", Role.ACCEPTOR),
    ("wj_dispatcher", Role.DISPATCHER),
)
_PHONE_OF_NOBODY = "000{number:08d}"
_PHONE_OF_NO_FORCE = "0009{number:07d}"
"""Sample phone numbers begin with zeros: nobody can be called by mistake."""


@dataclass(frozen=True)
class Force:
    """A responder to be written: with an account (username, role) or, for teams and vehicles, without."""

    kind: str
    name: str
    unit: OrgUnit
    area: Area
    base: Area
    username: str = ""
    role: str = ""
    team: str = ""


def write_forces(organisation: Organisation, users: dict[str, User], seed: int) -> dict[str, int]:
    """Creates who is missing; running again changes nobody."""
    rng = np.random.default_rng([seed, 7])
    grids = list(
        Area.objects.filter(level=AreaLevel.GRID, path__startswith=organisation.district.path).order_by("code")
    )
    teams = _write_teams(organisation)
    forces = _forces(organisation, grids, users, rng)
    everyone = _write_users(forces, users)
    written = _write_responders(forces, everyone, teams, rng)
    _write_seats(users)
    return {"responders": written}


def _forces(
    organisation: Organisation, grids: list[Area], users: dict[str, User], rng: np.random.Generator
) -> list[Force]:
    """Everybody in a fixed order, so that the same seed always gives the same people."""
    names = person_names(rng)
    units, district = organisation.units, organisation.district
    streets = {street.pk: street for street in organisation.streets}
    worker_of = {
        path: username
        for username, path in Grant.objects.filter(role=Role.GRID_WORKER, user__in=users.values()).values_list(
            "user__username", "area_path"
        )
    }
    forces: list[Force] = []
    for grid in grids:
        unit = organisation.street_centre(streets[grid.street_id]) if grid.street_id else units[CENTRE]
        username = worker_of.get(grid.path) or f"wg{grid.code[6:12]}{grid.code[-3:]}"
        name = users[username].name if username in users else next(names)
        forces.append(Force("grid_worker", name, unit, grid, grid, username, Role.GRID_WORKER))

    def somewhere() -> Area:
        return grids[int(rng.integers(len(grids)))]

    collector = users["collector"]
    forces.append(Force("collector", collector.name, units[CENTRE], district, somewhere(), "collector"))
    for number in range(1, COLLECTORS):
        forces.append(
            Force("collector", next(names), units[CENTRE], district, somewhere(), f"cj{number:03d}", Role.COLLECTOR)
        )
    handler = users["handler"]
    forces.append(Force("officer", handler.name, units["chengguan"], district, somewhere(), "handler"))
    for number in range(1, OFFICERS):
        unit = units[("chengguan", "gongan", "jiaotong")[number % 3]]
        forces.append(Force("officer", next(names), unit, district, somewhere(), f"zf{number:03d}", Role.HANDLER))
    for number in range(GUARDS):
        street = organisation.streets[number % len(organisation.streets)]
        base = _grid_in(street, grids, rng)
        unit = organisation.street_centre(street)
        forces.append(Force("guard", f"平安员{number + 1:03d}", unit, street, base, f"pa{number + 1:03d}"))
    for number in range(VEHICLES):
        unit = units[("chengguan", "gongan", "xiaofang")[number % 3]]
        forces.append(Force("vehicle", f"{unit.short_name}巡逻车{number + 1:02d}", unit, district, somewhere()))
    for department, code, name in TEAMS:
        forces.append(Force("team", name, units[department], district, somewhere(), team=code))
    return forces


def _grid_in(street: Area, grids: list[Area], rng: np.random.Generator) -> Area:
    own = [grid for grid in grids if grid.street_id == street.pk]
    return own[int(rng.integers(len(own)))]


def _write_teams(organisation: Organisation) -> dict[str, Team]:
    teams = {team.code: team for team in Team.objects.all()}
    for department, code, name in TEAMS:
        if code not in teams:
            unit = organisation.units[department]
            district = organisation.district
            teams[code] = Team.objects.create(
                code=code, name=name, unit=unit, area_path=district.path, district_id=district.pk
            )
    return teams


def _write_users(forces: list[Force], users: dict[str, User]) -> dict[str, User]:
    """Accounts without a password: these people are sent, they do not sign in to the sample."""
    people = [force for force in forces if force.username]
    known = {user.username: user for user in User.objects.filter(username__in=[force.username for force in people])}
    known |= users
    missing = [force for force in people if force.username not in known]
    created = User.objects.bulk_create(
        User(
            username=force.username,
            name=force.name,
            unit=force.unit,
            password=make_password(None),
            phone=_PHONE_OF_NOBODY.format(number=number),
        )
        for number, force in enumerate(missing, start=1)
    )
    known |= {user.username: user for user in created}
    Grant.objects.bulk_create(
        Grant(user=known[force.username], role=force.role, unit=force.unit)
        if force.role == Role.HANDLER
        else Grant(
            user=known[force.username],
            role=force.role,
            unit=force.unit,
            area_path=force.area.path,
            area_level=force.area.level,
            area_key=force.area.pk,
        )
        for force in missing
        if force.role
    )
    return known


def _write_responders(
    forces: list[Force], users: dict[str, User], teams: dict[str, Team], rng: np.random.Generator
) -> int:
    """Responders with a first position near the middle of their grid, and a duty roster for most of them."""
    scatter = rng.uniform(-0.0009, 0.0009, size=(len(forces), 2))
    at_work = rng.random(len(forces)) < ON_DUTY_SHARE
    known_people = set(Responder.objects.filter(user__isnull=False).values_list("user_id", flat=True))
    known_names = set(Responder.objects.filter(user__isnull=True).values_list("name", flat=True))
    rows: list[tuple[Responder, Force, int]] = []
    for index, force in enumerate(forces):
        user = users.get(force.username)
        if (user and user.pk in known_people) or (user is None and force.name in known_names):
            continue
        area = force.area
        responder = Responder(
            kind=force.kind,
            name=force.name,
            user=user,
            unit=force.unit,
            team=teams.get(force.team),
            phone=user.phone if user else _PHONE_OF_NO_FORCE.format(number=index),
            area_path=area.path,
            district_id=area.district_id,
            street_id=area.street_id,
            community_id=area.community_id,
            grid_id=area.grid_id,
        )
        rows.append((responder, force, index))
    Responder.objects.bulk_create(responder for responder, _, _ in rows)
    Position.objects.bulk_create(
        Position(
            responder=responder,
            point=Point(
                force.base.label_point.x + scatter[index][0], force.base.label_point.y + scatter[index][1], srid=4326
            ),
            accuracy_m=12,
            at=now(),
        )
        for responder, force, index in rows
    )
    starts, ends = _roster_span()
    DutyShift.objects.bulk_create(
        DutyShift(responder=responder, starts_at=starts, ends_at=ends)
        for responder, force, index in rows
        if at_work[index] or not force.username.startswith(("wg", "cj", "zf", "pa"))
    )
    return len(rows)


def _write_seats(users: dict[str, User]) -> None:
    """The seats of the centres: somebody answers at every hour."""
    starts, ends = _roster_span()
    for username, role in SEATS:
        user = users[username]
        area_path = Grant.objects.filter(user=user, role=role).values_list("area_path", flat=True).first()
        if area_path and not DutyShift.objects.filter(user=user, seat=role, ends_at__gt=now()).exists():
            DutyShift.objects.create(user=user, seat=role, area_path=area_path, starts_at=starts, ends_at=ends)


def _roster_span() -> tuple[datetime, datetime]:
    """From this midnight on, long enough that a sample site never runs out of people."""
    today = local(now())
    starts = datetime.combine(today.date(), time(), tzinfo=today.tzinfo)
    return starts, starts + timedelta(days=ROSTER_DAYS)
