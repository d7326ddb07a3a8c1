"""Who plays: the sample people by their posts, read once."""

from dataclasses import dataclass

from accounts.models import Grant, OrgUnit, User
from accounts.roles import Role
from core.actor import Actor
from dispatch.models import Responder
from grids.models import Area, AreaLevel
from simulator.life.problems import SAMPLE, PlayFailed
from simulator.sample.accounts import SHOW_COMMUNITY

SEATS = ("wall", "acceptor", "dispatcher", "chief", "leader")


@dataclass(frozen=True)
class Place:
    """Where something happens, and the worker who answers for it."""

    lng: float
    lat: float
    address: str
    grid_path: str


class Cast:
    """The seats of the district's centre, the desk of every department, the grid workers and the collectors."""

    def __init__(self) -> None:
        users = {user.username: user for user in User.objects.filter(username__in=SEATS, is_active=True)}
        if missing := [name for name in SEATS if name not in users]:
            raise PlayFailed(f"The sample account {missing[0]} is missing.", SAMPLE)
        self.seats = {name: user.as_actor() for name, user in users.items()}
        desks = Grant.objects.filter(role=Role.DEPARTMENT_DESK, user__is_active=True).select_related("user")
        self._desks: dict[int, User] = {}
        for grant in desks.order_by("id"):
            if grant.unit_id is not None:
                self._desks.setdefault(grant.unit_id, grant.user)
        workers = Responder.objects.active().filter(kind="grid_worker", user__isnull=False).select_related("user")
        self._workers: dict[str, Responder] = {}
        for worker in workers.order_by("id"):
            self._workers.setdefault(worker.area_path, worker)
        self.collectors = list(
            Responder.objects.active()
            .filter(kind="collector", user__isnull=False)
            .select_related("user")
            .order_by("id")
        )
        if not self.collectors:
            raise PlayFailed("There is no collector who could check.", SAMPLE)
        self._actors: dict[int, Actor] = {}

    def seat(self, name: str) -> Actor:
        return self.seats[name]

    def desk(self, unit: OrgUnit) -> Actor:
        """Somebody at the desk of a department."""
        user = self._desks.get(unit.pk)
        if user is None:
            raise PlayFailed(f"Nobody sits at the desk of {unit.name} ({unit.code}).", SAMPLE)
        return self._actor(user)

    def has_desk(self, unit_id: int) -> bool:
        return unit_id in self._desks

    def acceptor_of(self, centre: OrgUnit) -> Actor | None:
        """Somebody at the acceptor's seat of a street's centre; None where the sample has nobody there."""
        grant = (
            Grant.objects.filter(role=Role.ACCEPTOR, unit=centre, user__is_active=True).select_related("user").first()
        )
        return self._actor(grant.user) if grant else None

    def worker(self, grid_path: str) -> Responder:
        """The worker who answers for a grid."""
        worker = self._workers.get(grid_path)
        if worker is None:
            raise PlayFailed(f"Nobody answers for the grid {grid_path}.", SAMPLE)
        return worker

    def has_worker(self, grid_path: str) -> bool:
        return grid_path in self._workers

    def actor_of(self, responder: Responder) -> Actor:
        if responder.user is None:
            raise PlayFailed(f"{responder.name} has no account.", SAMPLE)
        return self._actor(responder.user)

    def _actor(self, user: User) -> Actor:
        if user.pk not in self._actors:
            self._actors[user.pk] = user.as_actor()
        return self._actors[user.pk]


def show_places() -> list[Place]:
    """Places of the community where the demonstration happens, one in each of its grids."""
    grids = Area.objects.filter(level=AreaLevel.GRID, parent__name=SHOW_COMMUNITY).order_by("code")
    places = [
        Place(round(grid.label_point.x, 6), round(grid.label_point.y, 6), f"{SHOW_COMMUNITY}{grid.name}", grid.path)
        for grid in grids
    ]
    if not places:
        raise PlayFailed(f"The community {SHOW_COMMUNITY} is not there.", SAMPLE)
    return places
