"""Idempotency keys: a write repeated with the same key and body gets the first answer again.

The answer is stored in the transaction of the action, so both are there or neither is.
"""

import hashlib
import json
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from functools import wraps
from typing import Any, cast

from django.db import transaction
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.rendering import render_once
from core.clock import now
from core.errors import IdempotencyInProgress, IdempotencyMismatch, Invalid
from core.insert import JsonText, insert, together
from core.models import IdempotencyRecord
from core.prepared import prepared

KEPT_FOR = timedelta(days=7)
KEY_LENGTH = 80
Handler = Callable[..., Response]
_GIVEN = prepared(
    "SELECT request_digest, status, coalesce(response, 'null')::text FROM core_idempotency "
    "WHERE user_id = $1 AND key = $2",
    count=2,
    types=("bigint", "text"),
)
_CLAIM = prepared("SELECT pg_try_advisory_xact_lock($1)", count=1, types=("bigint",))


def request_digest(request: Request) -> str:
    """Digest of method, path and body; a file counts by its content."""
    digest = hashlib.sha256(f"{request.method} {request.path}\n".encode())
    if request.FILES:
        for name, upload in sorted(request.FILES.items()):
            digest.update(name.encode())
            for chunk in upload.chunks():
                digest.update(chunk)
            upload.seek(0)
    else:
        digest.update(json.dumps(request.data, sort_keys=True, default=str).encode())
    return digest.hexdigest()


def _claim(user_id: int, key: str) -> bool:
    """Take the key for this transaction; False where another request holds it just now."""
    number = int.from_bytes(hashlib.sha256(f"{user_id}:{key}".encode()).digest()[:8], "big", signed=True)
    return bool((_CLAIM.fetch_one((number,)) or (False,))[0])


def _answer_given(user_id: int, key: str) -> tuple[str, int, str] | None:
    """(digest, status, answer as JSON text) of an earlier request. Asked by every write, so written out."""
    return cast(tuple[str, int, str] | None, _GIVEN.fetch_one((user_id, key)))


def idempotent(handler: Handler) -> Handler:
    """Decorates a view method that writes: one transaction, and one answer per Idempotency-Key."""
    return _idempotent(handler, nullcontext)


def idempotent_in_one_message(handler: Handler) -> Handler:
    """The same for a handler whose last inserts nobody reads in the transaction: the answer is stored with them."""
    return _idempotent(handler, together)


def _idempotent(handler: Handler, sending: Callable[[], AbstractContextManager[None]]) -> Handler:
    @wraps(handler)
    def wrapper(view: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get("Idempotency-Key", "")
        with transaction.atomic(), sending():
            if not key:
                return handler(view, request, *args, **kwargs)
            if len(key) > KEY_LENGTH:
                raise Invalid(errors=[{"field": "Idempotency-Key", "code": "too_long", "message": f"≤ {KEY_LENGTH}"}])
            user_id = cast(int, request.user.pk)
            if not _claim(user_id, key):
                raise IdempotencyInProgress()
            digest = request_digest(request)
            given = _answer_given(user_id, key)
            if given is not None:
                if given[0] != digest:
                    raise IdempotencyMismatch()
                return Response(json.loads(given[2]), given[1], headers={"Idempotency-Replayed": "true"})
            response = handler(view, request, *args, **kwargs)
            answer = render_once(response)
            insert(
                IdempotencyRecord(
                    user_id=user_id,
                    key=key,
                    request_digest=digest,
                    status=response.status_code,
                    response=JsonText(answer.decode()) if answer else None,
                    created_at=now(),
                )
            )
            return response

    return wrapper


def erase_old_answers() -> int:
    """Erase answers older than seven days; the number erased."""
    return IdempotencyRecord.objects.filter(created_at__lt=now() - KEPT_FOR).delete()[0]
