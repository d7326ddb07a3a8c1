"""Writes every stored login of cameras and platforms anew under the present SECRET_KEY."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from video.actions.reencryption import reencrypt_all


class Command(BaseCommand):
    help = (
        "After SECRET_KEY was changed: put its former value into SECRET_KEY_FALLBACKS, run this, then take the former "
        "value away. Says which logins can no longer be read and must be entered again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done = reencrypt_all()
        self.stdout.write(f"{done.written} logins are encrypted under the present key")
        if done.unreadable:
            raise CommandError(
                "These cannot be read with any known key; enter their passwords again: " + ", ".join(done.unreadable)
            )
