"""`manage.py import_components FILE --as USER`: a file of any size into the register of components, on the server."""

import shutil
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from core.errors import DomainError
from registry.actions.component_imports import FOLDER, preview_of, record_file, start_import
from registry.actions.run_import import run_import
from registry.importing.tables import open_table
from registry.models import ComponentImport


class Command(BaseCommand):
    help = "Imports components from CSV, Excel or GeoPackage; known codes are updated, so it may be repeated."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--as", dest="username", required=True, help="whose areas it may write in")
        parser.add_argument("--datum", default="wgs84", choices=["wgs84", "cgcs2000", "gcj02", "bd09"])
        parser.add_argument("--dry-run", action="store_true", help="look at the first rows only")

    def handle(self, *args: Any, file: Path, username: str, datum: str, dry_run: bool, **options: Any) -> None:
        user = User.objects.filter(username=username, is_active=True).first()
        if user is None:
            raise CommandError(f"There is no active account {username}.")
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        actor = user.as_actor()
        try:
            if dry_run:
                looked = preview_of(open_table(file)[1], datum=datum, actor=actor, language="en")
                self.stdout.write(f"columns: {', '.join(column['title'] for column in looked['columns'])}")
                self._tell(looked["faults"])
                return
            kept = Path(settings.MEDIA_ROOT) / FOLDER / f"{time.time_ns()}.part"
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, kept)
            job = record_file(path=kept, name=file.name, datum=datum, actor=actor, language="en")
            start_import(import_id=job.pk, version=job.version, actor=actor)
        except DomainError as refused:
            raise CommandError(refused.detail("en")) from refused
        began = time.perf_counter()
        run_import(job.pk, language="en")
        job = ComponentImport.objects.get(pk=job.pk)
        spent = time.perf_counter() - began
        self._tell(job.faults[:20])
        if job.state not in ("done", "queued", "running"):
            raise CommandError(job.detail or job.get_problem_display())
        self.stdout.write(
            f"{job.read:,} rows: {job.created:,} new, {job.updated:,} updated, {job.unchanged:,} unchanged, "
            f"{job.refused:,} refused; {spent:.1f} s, {job.read / max(spent, 0.001):,.0f} rows/s"
        )
        if job.faults_path:
            self.stdout.write(f"refused rows: {Path(settings.MEDIA_ROOT) / job.faults_path}")

    def _tell(self, faults: list[dict[str, Any]]) -> None:
        for fault in faults:
            self.stdout.write(f"  row {fault['row']} {fault['column']}: {fault['message']} {fault['value']}")
