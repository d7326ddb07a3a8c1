"""Who a session belongs to."""

from django.contrib.auth.backends import ModelBackend
from django.db import connection

from accounts.models import User
from core.prepared import prepared

_COLUMNS = [field.attname for field in User._meta.concrete_fields]
_BY_ID = prepared(
    f"""
SELECT {", ".join(str(field.column) for field in User._meta.concrete_fields)},
       (SELECT coalesce(json_agg(json_build_array(role, unit_id, area_path, area_level, area_key) ORDER BY id), '[]')
        FROM accounts_grant WHERE user_id = accounts_user.id)
FROM accounts_user WHERE id = $1
""",
    count=1,
    types=("bigint",),
)


class AccountBackend(ModelBackend):
    """Django's check of name and password; the user of a request is read with all grants by one statement."""

    def get_user(self, user_id: int) -> User | None:
        found = _BY_ID.fetch_one((user_id,))
        if found is None:
            return None
        *columns, grants = found
        user = User.from_db(connection.alias, _COLUMNS, columns)
        user.has_grants(grants)
        return user if self.user_can_authenticate(user) else None
