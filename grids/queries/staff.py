"""How many people work in an area: told by the app that knows them, which lies above this one."""

from collections.abc import Callable

WorkerCounts = dict[str, int]
Counter = Callable[[list[str]], WorkerCounts]
_counters: list[Counter] = []


def register_workers(counter: Counter) -> None:
    """`counter` answers path → number of active grid workers for the paths it is given, in one query."""
    _counters[:] = [counter]


def workers_of(paths: list[str]) -> WorkerCounts | None:
    """path → number of workers (absent: none); None where nobody told how to count them."""
    return _counters[0](paths) if _counters else None
