"""The API's JSON. An answer that is stored for a repeated request is put into text once, not twice."""

from collections.abc import Iterable, Mapping
from typing import Any

from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

_READY = "_ready_json"


class JsonRenderer(JSONRenderer):
    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        ready: bytes | None = getattr((renderer_context or {}).get("response"), _READY, None)
        return super().render(data, accepted_media_type, renderer_context) if ready is None else ready


class OneForm(DefaultContentNegotiation):
    """What has one form is given in it, whatever a client says it accepts: there is nothing to choose."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        offered = list(renderers)
        if len(offered) == 1 and format_suffix is None:
            return offered[0], offered[0].media_type
        chosen: tuple[BaseRenderer, str] = super().select_renderer(request, offered, format_suffix)
        return chosen


def render_once(response: Response) -> bytes:
    """The body of an answer whose data is final; its rendering takes this text."""
    text = JSONRenderer().render(response.data) if response.data is not None else b""
    setattr(response, _READY, text)
    return text
