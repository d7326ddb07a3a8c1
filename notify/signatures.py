"""How the platform and its gateways know each other: an HMAC over the time and the body."""

import hashlib
import hmac
from typing import Final

TIMESTAMP: Final = "X-Yiwang-Timestamp"
SIGNATURE: Final = "X-Yiwang-Signature"
TOLERANCE_SECONDS: Final = 300


def signature(secret: str, timestamp: str, body: bytes) -> str:
    mac = hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256)
    return f"sha256={mac.hexdigest()}"


def is_genuine(secret: str, *, timestamp: str, given: str, body: bytes, at: float) -> bool:
    """Signed with the secret within the last five minutes; nothing is genuine without a secret."""
    if not secret or not timestamp.isascii() or not timestamp.isdigit() or len(timestamp) > 12:
        return False
    fresh = abs(at - int(timestamp)) <= TOLERANCE_SECONDS
    return fresh and hmac.compare_digest(signature(secret, timestamp, body).encode(), given.encode())
