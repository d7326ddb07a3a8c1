"""For a screen that nobody has signed in to: it asks for a code, shows it, and waits.

No session is needed and none is read. What proves the screen lies in cookies that no script sees and that go to these
addresses only; nothing of it is ever part of an address.
"""

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.middleware.csrf import get_token
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_protect
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.throttles import AddressThrottle
from wall.actions.pairing import claim_session, offer_pairing
from wall.shapes import PairingShown, ScreenSession

WAITING_COOKIE, TOKEN_COOKIE = "yw_wall_waiting", "yw_wall"
PATH = "/api/v1/public/walls"
TOKEN_LASTS = timedelta(days=400)
WAITING_LASTS = timedelta(minutes=15)


class PairingThrottle(AddressThrottle):
    scope: ClassVar[str] = "wall-code"
    most: ClassVar[int] = 20


class WaitingThrottle(AddressThrottle):
    scope: ClassVar[str] = "wall-waits"
    most: ClassVar[int] = 240


def _keep(response: Response, name: str, value: str, lasts: timedelta) -> None:
    response.set_cookie(
        name, value, max_age=int(lasts.total_seconds()), path=PATH, httponly=True, samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip


@method_decorator(csrf_protect, name="dispatch")
class PairingView(APIView):
    """Six digits to show."""

    authentication_classes: list[type] = []
    permission_classes = [AllowAny]
    throttle_classes = [PairingThrottle]

    @extend_schema(operation_id="public_walls_code", request=None, responses=PairingShown)
    def post(self, request: Request) -> Response:
        offered = offer_pairing()
        shown = PairingShown(code=offered.code, expires_at=offered.expires_at)
        response = Response(shown.model_dump(mode="json"))
        _keep(response, WAITING_COOKIE, offered.secret, WAITING_LASTS)
        return response


@method_decorator(csrf_protect, name="dispatch")
class ScreenSessionView(APIView):
    """Whether this screen is paired by now; if so, it has a session from here on."""

    authentication_classes: list[type] = []
    permission_classes = [AllowAny]
    throttle_classes = [WaitingThrottle]

    @extend_schema(operation_id="public_walls_session", request=None, responses=ScreenSession)
    def post(self, request: Request) -> Response:
        claim = claim_session(
            request=request._request,
            secret=request.COOKIES.get(WAITING_COOKIE, ""),
            token=request.COOKIES.get(TOKEN_COOKIE, ""),
        )
        said = ScreenSession(
            state=claim.state,  # type: ignore[arg-type]
            revoked_at=claim.device.revoked_at if claim.device else None,
            name=claim.device.name if claim.device else "",
        )
        response = Response(said.model_dump(mode="json"))
        if claim.token:
            _keep(response, TOKEN_COOKIE, claim.token, TOKEN_LASTS)
        if claim.state in ("open", "expired", "revoked"):
            response.delete_cookie(WAITING_COOKIE, path=PATH, samesite="Strict")
        if claim.state == "open":
            get_token(request._request)
        return response
