"""`make algorithms`: how well each of the video algorithms tells what is in its test clips."""

import subprocess

from deploy.local import packages, python_env, sample
from deploy.local.console import Console
from deploy.local.place import Place
from deploy.local.settings_file import settings_without_stores


def run(place: Place, console: Console, words: list[str]) -> int:
    """Prepare, then watch the clips; exit 0 only when no algorithm that could run failed. No store is needed."""
    packages.ensure(place, console, packages.TO_RUN)
    python_env.ensure(place, console, python_env.TO_RUN)
    place.make_folders()
    sample.clips(place, console)
    sample.models(place, console)
    environment = settings_without_stores(place) | {"CLIPS_DIR": str(place.clips), "MODEL_DIR": str(place.models)}
    trials = subprocess.Popen([str(place.python), "-m", "video.trials", *words], cwd=place.root, env=environment)
    try:
        return trials.wait()
    except KeyboardInterrupt:
        trials.wait(timeout=30)
        raise
