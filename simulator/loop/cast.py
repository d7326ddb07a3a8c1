"""Who plays: the sample users the loop acts as, each signed in once, when first needed."""

from contextlib import ExitStack
from functools import cached_property
from typing import Any

from simulator.loop.accounts import Accounts
from simulator.loop.client import Browser, Json
from simulator.loop.problems import LoopFailed


class Cast:
    """Opens browsers on demand; close it with the stack it was given."""

    def __init__(self, base: str, accounts: Accounts, stack: ExitStack) -> None:
        self._base, self._accounts, self._stack = base, accounts, stack
        self._desks: dict[str, Browser] = {}

    def _browser(self, role: str) -> Browser:
        return self._stack.enter_context(Browser(self._base, self._accounts.of_role(role)))

    @cached_property
    def wall(self) -> Browser:
        return self._browser("wall_operator")

    @cached_property
    def acceptor(self) -> Browser:
        return self._browser("acceptor")

    @cached_property
    def dispatcher(self) -> Browser:
        return self._browser("dispatcher")

    @cached_property
    def chief(self) -> Browser:
        return self._browser("duty_chief")

    @cached_property
    def worker(self) -> Browser:
        return self._browser("grid_worker")

    @cached_property
    def collector(self) -> Browser:
        return self._browser("collector")

    @cached_property
    def administrator(self) -> Browser:
        return self._browser("grid_admin")

    def desk_of(self, unit: str) -> Browser:
        if unit not in self._desks:
            account = self._accounts.desk_of(unit)
            self._desks[unit] = self._stack.enter_context(Browser(self._base, account))
        return self._desks[unit]

    def worker_grid(self) -> str:
        """Path of the grid the worker answers for: the loop happens there."""
        areas = [grant["area"] for grant in self.worker.me["grants"] if grant["role"] == "grid_worker"]
        if not areas or not areas[0]:
            raise LoopFailed(
                f"{self.worker.name} answers for no grid.", "Run `python manage.py generate_district`, then try again."
            )
        return str(areas[0]["path"])


def responder_of(seen_by: Browser, person: Browser, kind: str, place: Json) -> int:
    """The responder behind a sample user, as somebody who may send people finds it."""
    near: list[dict[str, Any]] = seen_by.get(
        "/responders/near", lng=place["lng"], lat=place["lat"], limit=50, kinds=kind
    )["items"]
    found = next((row["id"] for row in near if row["user_id"] == person.me["id"]), None)
    if found is None:
        raise LoopFailed(
            f"{person.name} is not on duty as {kind}.",
            "Run `python manage.py generate_district`: it writes the roster.",
        )
    return int(found)
