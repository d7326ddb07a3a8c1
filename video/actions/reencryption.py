"""A new key for all stored logins."""

from dataclasses import dataclass

from django.db import transaction

from video.models import Camera, Gateway
from video.secrets import SecretUnreadable, resealed


@dataclass(frozen=True)
class Reencrypted:
    """How many were written anew, and whose could not be read: codes of cameras and platforms."""

    written: int
    unreadable: tuple[str, ...]


def reencrypt_all() -> Reencrypted:
    """Each row in its own transaction: a long list holds no camera up, and what is done stays done."""
    written, unreadable = 0, []
    for model in (Camera, Gateway):
        for key in model.objects.exclude(secret="").order_by("pk").values_list("pk", flat=True):
            try:
                written += _reencrypt(model, key)
            except SecretUnreadable:
                unreadable.append(str(model.objects.values_list("code", flat=True).get(pk=key)))
    return Reencrypted(written, tuple(unreadable))


@transaction.atomic
def _reencrypt(model: type[Camera] | type[Gateway], key: int) -> bool:
    """Nothing about the camera changes, so its version and its worker stay as they are."""
    row = model.objects.select_for_update(of=("self",)).filter(pk=key).exclude(secret="").first()
    if row is None:
        return False
    row.secret = resealed(row.secret)
    row.save(update_fields=["secret"])
    return True
