"""`manage.py fetch_models`: obtains, converts, quantises and verifies the models of the manifest."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from video.detectors.making import fetch_models
from video.detectors.manifest import read_manifest
from video.detectors.packages import CannotObtain
from video.detectors.quantise import NoCalibrationFrames
from video.detectors.store import LicenceNotAccepted


class Command(BaseCommand):
    help = "Fetches the detection models, converts and quantises them; those already there are only verified."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "names", nargs="*", choices=[[], *(entry.name for entry in read_manifest())], help="only these models"
        )
        parser.add_argument(
            "--accept-licence",
            action="append",
            default=[],
            metavar="LICENCE",
            help="fetch copyleft models under this licence too, e.g. AGPL-3.0; to use them set MODEL_LICENCES as well",
        )
        parser.add_argument(
            "--calibrate-on",
            type=Path,
            nargs="+",
            metavar="FILE",
            help="clips whose frames set the int8 ranges (default: the demonstration's courtyard clip)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        model_dir = Path(settings.MODEL_DIR)
        clips = options["calibrate_on"] or [model_dir.parent / "clips" / "courtyard.mp4"]
        try:
            failures = fetch_models(
                model_dir,
                [clip for clip in clips if clip.is_file()],
                self.stdout.write,
                names=options["names"],
                accepted=(*settings.MODEL_LICENCES, *options["accept_licence"]),
            )
        except (CannotObtain, NoCalibrationFrames, LicenceNotAccepted) as error:
            raise CommandError(str(error)) from error
        for failure in failures:
            self.stderr.write(failure)
