"""manage.py load_catalogue: event types, conditions, clock limits and scenarios from their YAML files."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from events.actions.catalogue import load
from events.catalogue_files import FOLDER, read_files
from events.errors import CatalogueInvalid


class Command(BaseCommand):
    help = "Loads event types, conditions, limits and scenarios; running it again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=FOLDER, help="another folder of the same form")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            files = read_files(options["folder"])
        except CatalogueInvalid as error:
            raise CommandError(error.detail("en")) from error
        loaded = load(files)
        self.stdout.write(
            f"catalogue: {len(files.types)} types, {len(files.scenarios)} scenarios "
            f"({loaded.new} new, {loaded.revised} revised, {loaded.unchanged} unchanged)"
        )
