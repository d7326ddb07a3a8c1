"""Idempotency keys: a write repeated with the same key and body gets the first answer again.

The answer is stored in the transaction of the action, so both are there or neither is.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import timedelta
from functools import wraps
from typing import Any, cast

from django.db import IntegrityError, transaction
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.rendering import render_once
from core.clock import now
from core.errors import IdempotencyInProgress, IdempotencyMismatch, Invalid
from core.insert import JsonText, insert, new, together
from core.models import IdempotencyRecord
from core.models.idempotency import ONE_ANSWER
from core.prepared import prepared

KEPT_FOR = timedelta(days=7)
KEY_LENGTH = 80
Handler = Callable[..., Response]
_CLAIM = prepared(
    """
SELECT claimed, request_digest, status, coalesce(response, 'null')::text
FROM (SELECT pg_try_advisory_xact_lock($3) AS claimed) key LEFT JOIN core_idempotency ON user_id = $1 AND key = $2
""",
    count=3,
    types=("bigint", "text", "bigint"),
)
"""Asked by every write: the key is taken for this transaction, and what was answered to it comes along."""


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


def _claim(user_id: int, key: str) -> tuple[str, int, str] | None:
    """Take the key for this transaction; (digest, status, answer as JSON text) of an earlier request with it.

    IdempotencyInProgress where another request holds it just now. One that ended between the reading and the taking is
    noticed when the answer is stored: a key has one answer.
    """
    number = int.from_bytes(hashlib.sha256(f"{user_id}:{key}".encode()).digest()[:8], "big", signed=True)
    claimed, *given = _CLAIM.fetch_one((user_id, key, number)) or (False,)
    if not claimed:
        raise IdempotencyInProgress()
    return cast(tuple[str, int, str], tuple(given)) if given[0] is not None else None


def idempotent(handler: Handler) -> Handler:
    """Decorates a view method that writes: one transaction, and one answer per Idempotency-Key."""
    return _idempotent(handler, nullcontext)


def idempotent_in_one_message(handler: Handler) -> Handler:
    """The same for a handler whose last inserts nobody reads in the transaction: the answer is stored with them."""
    return _idempotent(handler, together)


@contextmanager
def _one_answer_per_key() -> Iterator[None]:
    """Two requests with one key, of which the other was answered a moment ago: nothing of this one stays."""
    try:
        yield
    except IntegrityError as error:
        if getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) != ONE_ANSWER:
            raise
        raise IdempotencyInProgress() from error


def _idempotent(handler: Handler, sending: Callable[[], AbstractContextManager[None]]) -> Handler:
    @wraps(handler)
    def wrapper(view: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get("Idempotency-Key", "")
        with _one_answer_per_key(), transaction.atomic(), sending():
            if not key:
                return handler(view, request, *args, **kwargs)
            if len(key) > KEY_LENGTH:
                raise Invalid(errors=[{"field": "Idempotency-Key", "code": "too_long", "message": f"≤ {KEY_LENGTH}"}])
            user_id = cast(int, request.user.pk)
            given = _claim(user_id, key)
            digest = request_digest(request)
            if given is not None:
                if given[0] != digest:
                    raise IdempotencyMismatch()
                return Response(json.loads(given[2]), given[1], headers={"Idempotency-Replayed": "true"})
            response = handler(view, request, *args, **kwargs)
            answer = render_once(response)
            insert(
                new(
                    IdempotencyRecord,
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
