"""Says early what would fail late."""

import shutil

from deploy.local.failures import StepFailed
from deploy.local.place import Place

_FIRST_TIME_GB = 4.0
_LATER_GB = 0.5


def require_disk(place: Place) -> None:
    """The first set-up needs room for packages; later ones only for data."""
    needed = _LATER_GB if (place.venv / "stamps").is_dir() else _FIRST_TIME_GB
    free = shutil.disk_usage(place.root).free / 1e9
    if free < needed:
        raise StepFailed(
            f"{free:.1f} GB are free on the disk of {place.root}, {needed:.1f} GB are needed",
            "Free some space, or clone to a larger disk, then run the same command again.",
        )
