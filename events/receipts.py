"""Receipts and other words that stand for a right: to see one report's way, to use one upload, to have worked a little.

All are made here and read here. None can be guessed, and none says what it stands for.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.core import signing

from core.clock import now
from events.errors import ProofNeeded, UnknownUploadToken
from events.rules.spam import proves

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without the characters that people mistake for each other."""
LENGTH: Final = 12
"""31^12 is about 2^59: with the limit on asking, nobody finds one by trying."""

UPLOAD_SALT, NEAR_SALT, CHALLENGE_SALT = "public-upload", "public-near", "public-challenge"
UPLOAD_KEPT = timedelta(hours=2)
NEAR_KEPT = timedelta(hours=1)
CHALLENGE_KEPT = timedelta(hours=1)


def new_receipt() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def plain_receipt(written: str) -> str:
    """The receipt as it is kept, however a person wrote it down; empty where it cannot be one."""
    plain = re.sub(r"[\s-]", "", written).upper()
    return plain if len(plain) == LENGTH and set(plain) <= set(ALPHABET) else ""


def shown_receipt(receipt: str) -> str:
    """In groups of four, as people read it out."""
    return "-".join(receipt[place : place + 4] for place in range(0, LENGTH, 4))


def upload_token(attachment_id: int) -> str:
    return signing.dumps(attachment_id, salt=UPLOAD_SALT)


def uploads_of(tokens: list[str]) -> list[int]:
    """The attachments behind the tokens; UnknownUploadToken where one is forged or older than two hours."""
    try:
        return [signing.loads(token, salt=UPLOAD_SALT, max_age=UPLOAD_KEPT) for token in tokens]
    except signing.BadSignature as error:
        raise UnknownUploadToken() from error


def near_token(event_id: int) -> str:
    """Stands for an event that was shown to somebody nearby, without its number."""
    return signing.dumps(event_id, salt=NEAR_SALT)


def event_of_token(token: str) -> int | None:
    try:
        return int(signing.loads(token, salt=NEAR_SALT, max_age=NEAR_KEPT))
    except signing.BadSignature:
        return None


@dataclass(frozen=True)
class Proof:
    """A challenge that was worked on. `since` is when its page was opened first."""

    submission: str
    since: datetime


def new_challenge(previous: str = "") -> str:
    """A challenge to work on. Renewing an old one keeps the time at which its page was opened."""
    at = int(now().timestamp())
    told = {"opened": _opened(previous) or at, "made": at, "random": secrets.token_hex(8)}
    return signing.dumps(told, salt=CHALLENGE_SALT)


def _opened(challenge: str) -> int | None:
    try:
        return int(signing.loads(challenge, salt=CHALLENGE_SALT)["opened"]) if challenge else None
    except signing.BadSignature:
        return None


def proof_of(challenge: str, nonce: str, bits: int) -> Proof:
    """The proof, once the work is checked; ProofNeeded where it is missing, old or not ours."""
    try:
        told: dict[str, Any] = signing.loads(challenge, salt=CHALLENGE_SALT)
    except signing.BadSignature as error:
        raise ProofNeeded() from error
    at = now()
    if at - datetime.fromtimestamp(told["made"], UTC) > CHALLENGE_KEPT or not proves(challenge, nonce, bits):
        raise ProofNeeded()
    submission = hashlib.sha256(challenge.encode()).hexdigest()
    return Proof(submission, datetime.fromtimestamp(told["opened"], UTC))
