"""The API's JSON. An answer that is stored for a repeated request is put into text once, not twice."""

from collections.abc import Mapping
from typing import Any

from rest_framework.renderers import JSONRenderer
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


def render_once(response: Response) -> bytes:
    """The body of an answer whose data is final; its rendering takes this text."""
    text = JSONRenderer().render(response.data) if response.data is not None else b""
    setattr(response, _READY, text)
    return text
