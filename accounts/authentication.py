"""How the API knows who asks: the session cookie, with the CSRF check on every write."""

from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request


class SignedInSession(SessionAuthentication):
    """DRF's session authentication that answers 401 (not 403) to somebody who is not signed in."""

    def authenticate_header(self, request: Request) -> str:
        return "Session"
