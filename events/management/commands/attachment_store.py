"""manage.py attachment_store: where attachments lie, whether that works, and moving them there and back."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.file_trial import tried
from core.files import StoreUnavailable, store
from events.actions.file_store import bring_back, store_files
from events.models import Attachment


class Command(BaseCommand):
    help = "Try the site's store of attachments, move there what waits, or bring all of it back to the media folder."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["check", "move", "bring_back"])

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        place = store()
        if place is None:
            self._say_folder()
            return
        try:
            if what == "move":
                self.stdout.write(f"{store_files(seconds=float('inf'))} attachments went to {place.place()}")
            elif what == "bring_back":
                self.stdout.write(f"{bring_back()} attachments came back; EVIDENCE_STORAGE may be emptied now")
        except StoreUnavailable as problem:
            self.stderr.write(str(problem))
        for found in tried(place):
            raise CommandError(f"{found.msg} {found.hint}")
        waiting = Attachment.objects.filter(in_store=False).count()
        self.stdout.write(f"{place.place()} works; {waiting} attachments wait in the media folder")

    def _say_folder(self) -> None:
        left = Attachment.objects.filter(in_store=True).count()
        if left:
            raise CommandError(
                f"{left} attachments lie in a store that EVIDENCE_STORAGE no longer names. "
                "Name it again, and run `manage.py attachment_store bring_back` before it is emptied."
            )
        self.stdout.write("attachments stay in the media folder: EVIDENCE_STORAGE is empty")
