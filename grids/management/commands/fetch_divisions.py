"""`manage.py fetch_divisions`: the national list of divisions, for matching names and codes of imported boundaries."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from grids import divisions


class Command(BaseCommand):
    help = "Fetches the national list of divisions and cuts it by district; one that is already there is kept."

    def handle(self, *args: Any, **options: Any) -> None:
        if divisions.is_there():
            self.stdout.write(f"{divisions.LIST_NAME} is there")
            return
        try:
            districts = divisions.fetch()
        except divisions.CannotObtain as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{divisions.LIST_NAME}: {districts} districts")
