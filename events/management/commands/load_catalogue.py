"""manage.py load_catalogue: event types, conditions, clock limits and scenarios from their YAML files."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from events.actions.catalogue import load
from events.actions.reply_templates import load_templates
from events.actions.retention import load_retention
from events.catalogue_files import FOLDER, read_files
from events.errors import CatalogueInvalid
from events.queries.event_types import known_names
from events.scenario_form import STREET_OFFICE


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
            f"catalogue: {len(files.types)} types of the starting set, {len(files.scenarios)} scenarios "
            f"({loaded.new} new, {loaded.revised} revised, {loaded.unchanged} unchanged, "
            f"{loaded.kept} left as an administrator made them)"
        )
        if added := load_templates():
            self.stdout.write(f"{added} standard texts for replies added")
        if kinds := load_retention():
            self.stdout.write(f"{kinds} kinds of recordings added, each with the days it is kept")
        for code in loaded.number_taken:
            self.stderr.write(f"  {code} was not loaded: its number belongs to a type of this site")
        named = {entry.unit for _, entry in files.types}
        named |= {unit for pack in files.scenarios for _, unit in pack.units() if not unit.startswith(STREET_OFFICE)}
        missing = named - set(known_names().units)
        if missing:
            self.stdout.write(f"  these departments of the files do not exist here yet: {', '.join(sorted(missing))}")
