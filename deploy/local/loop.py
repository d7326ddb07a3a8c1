"""`make loop`: the main job once, from a camera's picture to an evaluated event, against the stack."""

import subprocess

from deploy.local import detached, running
from deploy.local.console import Console
from deploy.local.place import Place
from deploy.local.settings_file import child_environment


def play(place: Place, console: Console, words: list[str]) -> int:
    """Start the stack if need be, play, stop only what was started here. The exit code is the player's."""
    started = detached.up(place, console)
    try:
        player = subprocess.Popen(
            [str(place.python), "manage.py", "loop", *words], cwd=place.root, env=child_environment(place, "loop")
        )
        try:
            return player.wait()
        except KeyboardInterrupt:
            player.wait(timeout=30)
            raise
    finally:
        if started:
            with console.step("stopping the stack"):
                running.stop(place)
