"""The platform that the journeys go through."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from simulator.loop.cast import Cast


@dataclass(frozen=True)
class Pass:
    """What lets a person's next page in without the password: the session, and where it led."""

    cookies: list[Any]
    home: str


@dataclass(frozen=True)
class RunningStack:
    """A platform that serves, and what is known of it."""

    address: str
    var: Path
    accounts: dict[str, dict[str, str]]
    """Sample accounts by user name: password, name, role, unit, home."""
    cast: Cast
    """The sample users over HTTP; each signs in once in a run, when first needed."""
    passes: dict[str, Pass] = field(default_factory=dict)
    """Who has signed in on a page in this run."""
