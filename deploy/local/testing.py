"""`make test`: everything set up, then every test — Python, pages, browser."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from deploy.local import commands, detached, frontend, packages, python_env, running, sample
from deploy.local.console import Console
from deploy.local.place import Place
from deploy.local.workshop import Workshop, open_workshop

_JOURNEYS = "tests/journeys"
_WORKERS = "3"
STACK_DATABASE = "yiwang_stack"


def run(place: Place, console: Console, words: list[str]) -> int:
    """Run all tests, or those that the words name (they go to pytest as they are)."""
    packages.ensure(place, console, packages.TO_RUN + packages.TO_TEST)
    python_env.ensure(place, console, python_env.TO_TEST)
    place.make_folders()
    _side_by_side(lambda: frontend.install(place, console), lambda: _eyes(place, console))
    results: list[tuple[str, int]] = []
    with open_workshop(replace(place, var=place.var / "test"), console, throwaway=True, title="test databases") as shop:
        if words:
            named_journeys = any(word.startswith(_JOURNEYS) for word in words)
            results.append(
                ("tests", _journeys(place, console, shop, words) if named_journeys else _pytest(place, shop, words))
            )
        else:
            results.append(
                ("Python tests", _pytest(place, shop, ["-n", _WORKERS, f"--ignore={_JOURNEYS}", "--durations=25"]))
            )
            results.append(("page tests", _vitest(place, shop)))
            results.append(("browser journeys", _journeys(place, console, shop, [_JOURNEYS, "--durations=25"])))
    console.line()
    for title, code in results:
        console.line(f"  {console.colour('✓', '32') if code == 0 else console.colour('✗', '31')} {title}")
    return max(code for _, code in results)


def _eyes(place: Place, console: Console) -> None:
    sample.clips(place, console)
    sample.models(place, console)


def _side_by_side(*works: Callable[[], None]) -> None:
    with ThreadPoolExecutor(max_workers=len(works)) as pool:
        futures = [pool.submit(work) for work in works]
        try:
            # Waiting in short turns lets Ctrl-C through.
            while not all(future.done() for future in futures):
                time.sleep(0.1)
        finally:
            commands.end_all()
        for future in futures:
            future.result()


def _pytest(place: Place, shop: Workshop, words: list[str], extra: dict[str, str] | None = None) -> int:
    environment = {**shop.environment(), "CLIPS_DIR": str(place.clips), **(extra or {})}
    return shop.work([place.python, "-m", "pytest", *words], environment, cwd=place.root)


def _vitest(place: Place, shop: Workshop) -> int:
    return shop.work([place.venv / "bin" / "npm", "test"], shop.environment(), cwd=place.root / "frontend")


def _journeys(place: Place, console: Console, shop: Workshop, words: list[str]) -> int:
    """Start a whole stack of its own on the test databases, and let the browser and the sockets at it."""
    if not any((place.root / _JOURNEYS).glob("test_*.py")):
        return 0
    stack = replace(place, var=place.var / "test-stack")
    running.stop(stack)
    url = shop.stores.database_url
    if shop.stores.cluster:
        # Journeys begin with an untouched district.
        shop.stores.cluster.drop_database(STACK_DATABASE)
        shop.stores.cluster.create_database(STACK_DATABASE)
        url = shop.stores.cluster.url(STACK_DATABASE)
    redis_url = shop.stores.redis.url(1) if shop.stores.redis else shop.stores.redis_url
    own = {
        "DATABASE_URL": url,
        "REDIS_URL": redis_url,
        "REDIS_PREFIX": "stack",
        "VIDEO_CAPACITY": "4",
        "SAMPLE_PAST": "0",
    }
    detached.up(stack, console, own)
    try:
        address = str(running.state(stack)["address"])
        extra = {"YIWANG_STACK_URL": address, "YIWANG_STACK_VAR": str(stack.var), **own}
        return _pytest(place, shop, words, extra)
    finally:
        with console.step("stopping the stack"):
            running.stop(stack)
