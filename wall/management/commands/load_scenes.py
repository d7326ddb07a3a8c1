"""manage.py load_scenes: what walls show, an administrator's own kept."""

from typing import Any

from django.core.management.base import BaseCommand

from wall.actions.scenes import load_scenes


class Command(BaseCommand):
    help = "Load the shipped scenes of walls; those that an administrator has changed are kept."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{load_scenes()} scenes written")
