"""The arithmetic of the hash chain. Pure: no ORM, no clock."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

GENESIS = "0" * 64


def canonical(value: Any) -> bytes:
    """The one byte form of a JSON value: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def personal_digest(personal: Mapping[str, Any], salt: str) -> str:
    """Digest of erasable values; the salt keeps short texts from being guessed after they are erased."""
    return hashlib.sha256(salt.encode() + canonical(personal)).hexdigest()


def row_hash(previous_hash: str, covered: Mapping[str, Any]) -> str:
    """Hash of one row: `covered` is everything but the erasable values."""
    return hashlib.sha256(previous_hash.encode() + canonical(covered)).hexdigest()


def rows_digest(rows: Iterable[tuple[int, str]]) -> str:
    """Digest of (row id, row hash) pairs in the order of their ids."""
    digest = hashlib.sha256()
    for row_id, value in sorted(rows):
        digest.update(f"{row_id}:{value};".encode())
    return digest.hexdigest()
