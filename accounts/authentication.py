"""How the API knows who asks: the session cookie, with the CSRF check on every write."""

from typing import Any

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request


class SignedInSession(SessionAuthentication):
    """DRF's session authentication that answers 401 (not 403) to somebody who is not signed in."""

    def authenticate_header(self, request: Request) -> str:
        return "Session"


class SignedInSessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """The session cookie in the API's description."""

    target_class = SignedInSession
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}
