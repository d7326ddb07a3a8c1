"""SMS and telephony through a gateway that speaks our small HTTP interface (docs/how-to/gateways.md)."""

import json
from dataclasses import asdict
from typing import Any, Final

import httpx

from core.clock import now
from notify.channels.protocol import Call, ChannelFailed, Envelope, Receipt
from notify.signatures import SIGNATURE, TIMESTAMP, signature

SECONDS: Final = 5.0
LATER: Final = frozenset({408, 425, 429})
"""Refusals that a later try may overcome; other 4xx are final."""


class Gateway:
    def __init__(self, name: str, url: str, secret: str) -> None:
        self._name, self._url, self._secret = name, url, secret

    def send(self, envelope: Envelope) -> Receipt:
        """POST the signed envelope; a 2xx answer takes it, with {id, state} where the gateway says more."""
        return _receipt(self._post(asdict(envelope), envelope.id))

    def connect(self, call: Call) -> None:
        """POST the signed wish to connect two telephones; a 2xx answer takes it."""
        self._post({"action": "connect", **asdict(call)}, call.id)

    def _post(self, values: dict[str, Any], key: str) -> httpx.Response:
        body = json.dumps({"channel": self._name, **values}, ensure_ascii=False).encode()
        timestamp = str(int(now().timestamp()))
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": key,
            TIMESTAMP: timestamp,
            SIGNATURE: signature(self._secret, timestamp, body),
        }
        try:
            answer = httpx.post(self._url, content=body, headers=headers, timeout=SECONDS, follow_redirects=False)
        except httpx.HTTPError as error:
            raise ChannelFailed(type(error).__name__) from error
        if answer.is_success:
            return answer
        final = 400 <= answer.status_code < 500 and answer.status_code not in LATER
        raise ChannelFailed(f"HTTP {answer.status_code}", is_final=final)


def _receipt(answer: httpx.Response) -> Receipt:
    try:
        said: Any = answer.json()
    except ValueError:
        said = {}
    told = said if isinstance(said, dict) else {}
    state = "delivered" if told.get("state") == "delivered" else "sent"
    return Receipt(state, reference=str(told.get("id") or "")[:80])
