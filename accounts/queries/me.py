"""The signed-in person as the screens need it."""

from collections.abc import Callable
from typing import Any

from accounts.models import Grant, User
from accounts.roles import HOME_PAGES, ROLE_NAMES

AreaNames = Callable[[list[str]], dict[str, tuple[str, str]]]
"""paths → {path: (name, level)}; registered by the division tree, which lies above this app."""

_area_names: list[AreaNames] = []


def register_area_names(names: AreaNames) -> None:
    _area_names[:] = [names]


def home_of(roles: frozenset[str]) -> str:
    """The page a person lands on: the first that fits one of the roles."""
    return next((page for wanted, page in HOME_PAGES if not roles.isdisjoint(wanted)), "/desk")


def me(user: User) -> dict[str, Any]:
    grants: list[Grant] = list(user.grants.select_related("unit").order_by("id"))
    paths = sorted({grant.area_path for grant in grants if grant.area_path})
    names = _area_names[0](paths) if _area_names and paths else {}
    roles = user.as_actor().roles
    return {
        "id": user.pk,
        "username": user.username,
        "name": user.name,
        "home": home_of(roles) if roles or not user.is_staff else "/admin/",
        "is_staff": user.is_staff,
        "roles": sorted(roles),
        "grants": [
            {
                "role": grant.role,
                "role_name": ROLE_NAMES[grant.role],
                "unit": {"id": grant.unit.pk, "name": grant.unit.name} if grant.unit else None,
                "area": {
                    "path": grant.area_path,
                    "name": names.get(grant.area_path, ("", ""))[0],
                    "level": grant.area_level,
                }
                if grant.area_path
                else None,
            }
            for grant in grants
        ],
    }
