"""Trying the store of attachments before the city needs it: what is wrong, and what to do about it."""

import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.checks import Error, Tags, register
from django.core.checks.messages import CheckMessage

from core.files import Store, StoreUnavailable, store

_REMEDIES = {
    "unreachable": ("E001", "it does not answer", "Is it running, are host and port right, may this machine reach it?"),
    "tls": (
        "E002",
        "its certificate is not accepted",
        "Name the certificate of its authority by ?ca=/path/ca.pem; in a closed network without TLS say ?tls=off.",
    ),
    "refused": (
        "E003",
        "it refuses the key or the secret",
        "Compare both with the store; write / as %2F, @ as %40 and + as %2B. Is the clock of this machine right?",
    ),
    "no_bucket": ("E004", "there is no such bucket", "Create it in the store, private, or correct its name."),
    "not_allowed": (
        "E005",
        "the key may not write, read and delete there",
        "Give it s3:PutObject, s3:GetObject and s3:DeleteObject on the bucket's objects, and s3:ListBucket on it.",
    ),
    "failed": ("E006", "it failed", "Look at the store's own log; is its disk full?"),
}


@register(Tags.security, deploy=True)
def check_store(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """`manage.py check --deploy` writes, reads and deletes a small file. Nothing to say of the media folder."""
    place = store()
    return [] if place is None else list(tried(place))


def tried(place: Store) -> Iterator[CheckMessage]:
    path = f"trial/{uuid.uuid4().hex}.txt"
    content = b"written to try the store; may be deleted"
    try:
        with tempfile.TemporaryDirectory(prefix="trial-") as folder:
            file = Path(folder) / "trial.txt"
            file.write_bytes(content)
            place.put(path, file, "text/plain")
        with place.fetch(path) as read:
            came_back = read.read()
        place.erase(path)
        if came_back != content or place.holds(path):
            raise StoreUnavailable(reason="failed")
    except (StoreUnavailable, FileNotFoundError) as error:
        reason = error.extra["reason"] if isinstance(error, StoreUnavailable) else "failed"
        number, wrong, remedy = _REMEDIES[reason]
        yield Error(f"Attachments at {place.place()}: {wrong}.", hint=remedy, id=f"files.{number}")
