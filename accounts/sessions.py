"""The session engine: rows with an owner, ended after a time without input.

Input is what a person does. The page sends `X-User-Input: 1` with requests that follow a key press or a touch, and
`X-User-Input: 0` with writes that it sends by itself; polling and open sockets never extend a session.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.middleware import SessionMiddleware as DjangoSessionMiddleware
from django.db import connection
from django.http import HttpRequest, HttpResponse

from accounts.backends import PERSON, bring_along, person_of
from accounts.models import Session
from core.api.problems import SessionExpired, problem_json
from core.clock import now
from core.prepared import prepared

INPUT_HEADER = "X-User-Input"
NO_INPUT = "0"
"""What a page says of a request that it sends by itself."""
INPUT_STEP = timedelta(seconds=30)

ANSWERED_WITHOUT_STORES = frozenset({"/health", "/api/v1/health"})
"""Addresses that answer while the database is stopped; nothing is read for them on the way in."""


_COLUMNS = [str(field.column) for field in Session._meta.concrete_fields]
_ALIVE = prepared(
    f"SELECT {', '.join(f'own.{column}' for column in _COLUMNS)}, {PERSON} "
    "FROM accounts_session own LEFT JOIN accounts_user person ON person.id = own.user_id "
    "WHERE session_key = $1 AND expire_date > $2",
    count=2,
    types=("text", "timestamptz"),
)
"""Every request asks this: the session, and whose it is."""


class SessionStore(DatabaseStore):
    """Django's database store over our own table. `row` is what the session was loaded from, None where it is gone."""

    row: Session | None = None

    def _validate_session_key(self, key: str | None) -> bool:
        """Our keys are letters and digits; a cookie with anything else (a NUL, say) belongs to no session."""
        return bool(key) and len(str(key)) >= 8 and str(key).isalnum() and str(key).isascii()

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = cast(Session, super().create_model_instance(data))
        user_id = data.get(SESSION_KEY)
        row.user_id = int(user_id) if user_id else None
        row.idle_exempt = bool(data.get("idle_exempt"))
        row.last_input_at = now()
        return row

    def _get_session_from_db(self) -> Session | None:
        """Django's own hook, with the statement written out; the person comes along."""
        found = _ALIVE.fetch_one((self.session_key, now()))
        if found is None:
            self.row, self._session_key = None, None
            return None
        self.row = Session.from_db(connection.alias, _COLUMNS, found[: len(_COLUMNS)])
        bring_along(person_of(found[len(_COLUMNS) :]) if self.row.user_id is not None else None)
        return self.row

    def load_row(self) -> Session | None:
        """Read the session now; None where it is unknown or expired."""
        self.load()
        return self.row


class SessionMiddleware(DjangoSessionMiddleware):
    """Django's middleware with our store, whatever engine a test names."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        super().__init__(get_response)
        self.SessionStore: type[SessionBase] = SessionStore

    def process_request(self, request: HttpRequest) -> None:
        bring_along(None)  # whoever the thread's last request was about
        super().process_request(request)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """The cookie is taken away only by the request that ended its session. An answer to a request with an older
        cookie may arrive after the person signed in anew, and would take the new cookie along.
        """
        session = cast(SessionStore, request.session)
        if session.row is None and session.is_empty():
            return response
        return super().process_response(request, response)


def is_idle(row: Session) -> bool:
    """Has nobody touched this session for the allowed time? Walls are exempt: nobody types at them."""
    if row.idle_exempt or row.last_input_at is None:
        return False
    return row.last_input_at < now() - timedelta(seconds=settings.SESSION_IDLE_SECONDS)


class IdleMiddleware:
    """Ends idle sessions, and tells an API caller whose session is gone that it expired (so that forms are kept)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.path not in ANSWERED_WITHOUT_STORES:
            store = cast(SessionStore, request.session)
            store.get(SESSION_KEY)
            row = store.row
            if row is None or is_idle(row):
                if row is not None:
                    store.flush()
                if self._needs_session(request):
                    return problem_json(SessionExpired(), request)
            elif self._is_input(request) and (row.last_input_at is None or row.last_input_at < now() - INPUT_STEP):
                Session.objects.filter(pk=row.pk).update(last_input_at=now())
        return self.get_response(request)

    @staticmethod
    def _needs_session(request: HttpRequest) -> bool:
        if request.path.startswith(("/api/v1/public/", "/tiles/public/")):
            return False
        open_paths = {"/api/v1/session", "/api/v1/health"}
        return request.path.startswith(("/api/", "/tiles/", "/media/")) and (
            request.path not in open_paths or request.method == "DELETE"
        )

    @staticmethod
    def _is_input(request: HttpRequest) -> bool:
        if request.headers.get(INPUT_HEADER) == NO_INPUT:
            return False
        return request.method not in {"GET", "HEAD", "OPTIONS"} or INPUT_HEADER in request.headers
