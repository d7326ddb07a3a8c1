"""`make loop` and `make simulate`: plays against the stack, which is started for them where it does not run."""

import subprocess

from deploy.local import detached, running
from deploy.local.console import Console
from deploy.local.place import Place
from deploy.local.settings_file import child_environment


def play(place: Place, console: Console, words: list[str]) -> int:
    """The main job once, from a camera's picture to an evaluated event."""
    return _command(place, console, ["loop", *words])


def simulate(place: Place, console: Console, words: list[str]) -> int:
    """The scenarios from end to end, or the whole district at work."""
    return _command(place, console, ["simulate", *words])


def _command(place: Place, console: Console, words: list[str]) -> int:
    """Start the stack if need be, play, stop only what was started here. The exit code is the player's."""
    started = detached.up(place, console)
    try:
        player = subprocess.Popen(
            [str(place.python), "manage.py", *words], cwd=place.root, env=child_environment(place, words[0])
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
