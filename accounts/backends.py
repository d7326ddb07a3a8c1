"""Who a session belongs to."""

from django.contrib.auth.backends import ModelBackend
from django.db import connection

from accounts.models import User

_COLUMNS = [field.attname for field in User._meta.concrete_fields]
_BY_ID = f"SELECT {', '.join(str(f.column) for f in User._meta.concrete_fields)} FROM accounts_user WHERE id = %s"


class AccountBackend(ModelBackend):
    """Django's check of name and password; the user of a request is read by a statement that stands written."""

    def get_user(self, user_id: int) -> User | None:
        with connection.cursor() as cursor:
            cursor.execute(_BY_ID, [user_id])
            found = cursor.fetchone()
        user = User.from_db(connection.alias, _COLUMNS, found) if found else None
        return user if user is not None and self.user_can_authenticate(user) else None
