"""Tickets to a camera's live pictures: who may watch was decided once, and is proved by a signature for a minute."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ticket:
    """For one camera, one viewing and one session; `ends` is in seconds since 1970."""

    camera_id: int
    viewing_id: int
    session: str
    ends: int


def session_mark(session_key: str) -> str:
    """Stands for a session in a ticket without telling its key."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:16]


def sign(ticket: Ticket, secret: str) -> str:
    plain = f"{ticket.camera_id}.{ticket.viewing_id}.{ticket.session}.{ticket.ends}"
    return f"{plain}.{_signature(plain, secret)}"


def opened(text: str, secret: str, *, now: float) -> Ticket | None:
    """The ticket, or None where it is forged, malformed or over."""
    plain, _, signature = text.rpartition(".")
    if not hmac.compare_digest(_signature(plain, secret).encode(), signature.encode()):
        return None
    camera, viewing, session, ends = plain.split(".")
    ticket = Ticket(int(camera), int(viewing), session, int(ends))
    return ticket if now < ticket.ends else None


def _signature(plain: str, secret: str) -> str:
    return hmac.new(f"video.viewing:{secret}".encode(), plain.encode(), hashlib.sha256).hexdigest()[:40]
