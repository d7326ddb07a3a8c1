"""Who a session belongs to."""

from collections.abc import Sequence
from contextvars import ContextVar
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db import connection

from accounts.models import User
from core.prepared import prepared

_COLUMNS = [field.attname for field in User._meta.concrete_fields]
PERSON = (
    f"{', '.join(f'person.{field.column}' for field in User._meta.concrete_fields)}, "
    "(SELECT coalesce(json_agg(json_build_array(role, unit_id, area_path, area_level, area_key) ORDER BY id), '[]') "
    "FROM accounts_grant WHERE user_id = person.id)"
)
"""What a statement selects of a user, called `person` in it, to make one that is complete with grants."""
_BY_ID = prepared(f"SELECT {PERSON} FROM accounts_user person WHERE id = $1", count=1, types=("bigint",))
_came_along: ContextVar[User | None] = ContextVar("came_along", default=None)


def person_of(values: Sequence[Any]) -> User:
    """The user of a row that selects PERSON."""
    *columns, grants = values
    user = User.from_db(connection.alias, _COLUMNS, columns)
    user.has_grants(grants)
    return user


def bring_along(user: User | None) -> None:
    """The person a session belongs to was read with it: Django's next question for that person takes it from here."""
    _came_along.set(user)


class AccountBackend(ModelBackend):
    """Django's check of name and password; the user of a request is read with all grants by one statement, which is
    the session's where there is one."""

    def get_user(self, user_id: int) -> User | None:
        user = _came_along.get()
        _came_along.set(None)
        if user is None or user.pk != user_id:
            found = _BY_ID.fetch_one((user_id,))
            if found is None:
                return None
            user = person_of(found)
        return user if self.user_can_authenticate(user) else None
