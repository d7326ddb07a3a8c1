"""The sample accounts, as set-up wrote them."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulator.loop.problems import LoopFailed


@dataclass(frozen=True)
class Account:
    username: str
    password: str
    name: str
    role: str
    unit: str


@dataclass(frozen=True)
class Accounts:
    rows: tuple[Account, ...]

    def of_role(self, role: str) -> Account:
        """The first account of a post; the sample lists the district's before the streets'."""
        return self._first(lambda account: account.role == role, f"in the post {role}")

    def desk_of(self, unit: str) -> Account:
        """The desk of a department, by the department's name."""
        return self._first(lambda a: a.role == "department_desk" and a.unit == unit, f"at the desk of {unit}")

    def _first(self, fits: Any, who: str) -> Account:
        found = next((account for account in self.rows if fits(account)), None)
        if found is None:
            raise LoopFailed(
                f"There is no sample account {who}.", "Run `python manage.py generate_district`, then try again."
            )
        return found


def read_accounts(path: Path) -> Accounts:
    """The accounts in the file that `generate_district` writes."""
    try:
        rows = json.loads(path.read_text())["accounts"]
        return Accounts(
            tuple(
                Account(row["username"], row["password"], row["name"], row["role"], row.get("unit", "")) for row in rows
            )
        )
    except FileNotFoundError as error:
        raise LoopFailed(
            f"{path} is not there.", "Run `make run` once: it generates the sample district and its accounts."
        ) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LoopFailed(
            f"{path} cannot be read ({type(error).__name__}).",
            "Remove it and run `python manage.py generate_district`.",
        ) from error
