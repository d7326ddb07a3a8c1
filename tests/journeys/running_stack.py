"""The platform that the journeys go through."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class RunningStack:
    """A platform that serves, and what is known of it."""

    address: str
    var: Path
    accounts: dict[str, dict[str, str]]
    """Sample accounts by user name: password, name, role, unit, home."""
