"""Reads the command line and answers with an exit code."""

import signal
from collections.abc import Callable
from types import FrameType

from deploy.local import (
    algorithms,
    bench,
    checks,
    commands,
    detached,
    generated,
    lock,
    loop,
    python_env,
    running,
    testing,
)
from deploy.local.console import Console
from deploy.local.failures import StepFailed
from deploy.local.place import Place
from deploy.local.stack import Stack


def _run(place: Place, console: Console, _: list[str]) -> int:
    Stack(place, console).run()
    return 0


def _up(place: Place, console: Console, _: list[str]) -> int:
    started = detached.up(place, console)
    console.line(f"  {'started' if started else 'already running'}: {running.state(place).get('address', '')}")
    return 0


def _down(place: Place, console: Console, _: list[str]) -> int:
    with console.step("stopping"):
        stopped = running.stop(place)
    console.line("  stopped" if stopped else "  nothing was running")
    return 0


def _format(place: Place, console: Console, _: list[str]) -> int:
    python_env.ensure(place, console, python_env.TO_TEST)
    return checks.put_in_format(place, console)


COMMANDS: dict[str, Callable[[Place, Console, list[str]], int]] = {
    "run": _run,
    "up": _up,
    "down": _down,
    "stop": _down,
    "loop": loop.play,
    "simulate": loop.simulate,
    "test": testing.run,
    "check": checks.run,
    "format": _format,
    "generate": generated.write_all,
    "lock": lock.run,
    "bench": bench.run,
    "algorithms": algorithms.run,
}


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main(arguments: list[str]) -> int:
    name, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if name not in COMMANDS:
        print("Commands: " + ", ".join(COMMANDS))
        return 2
    # A termination is an interrupt: whatever was started is stopped on the way out.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    # With --json, standard output carries nothing but the result.
    console = Console(quiet="--json" in rest)
    try:
        return COMMANDS[name](Place.here(), console, rest)
    except StepFailed as failure:
        console.line()
        console.line(failure.text())
        return 1
    except KeyboardInterrupt:
        commands.end_all()
        console.line("\n  interrupted; the same command continues where this stopped")
        return 130
