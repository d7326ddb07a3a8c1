"""`manage.py fetch_models`: obtains, converts, quantises and verifies every model of the manifest."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from video.detectors.making import fetch_models
from video.detectors.packages import CannotObtain
from video.detectors.quantise import NoCalibrationFrames


class Command(BaseCommand):
    help = "Fetches the detection models, converts and quantises them; those already there are only verified."

    def add_arguments(self, parser: ArgumentParser) -> None:
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
            fetch_models(model_dir, [clip for clip in clips if clip.is_file()], self.stdout.write)
        except (CannotObtain, NoCalibrationFrames) as error:
            raise CommandError(str(error)) from error
