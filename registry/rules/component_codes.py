"""The code on a component: district, main class, sub class and a running number, digits only (GB/T 30428.2).

How many digits each part has is the site's: 6+2+2+6 unless it says otherwise. Pure.
"""

import re
from dataclasses import dataclass

USUAL_SPLIT = "6+2+2+6"
_SPLIT = re.compile(r"(\d{1,2})\+(\d)\+(\d)\+(\d{1,2})")


@dataclass(frozen=True)
class CodeForm:
    """Digits of the district, of the main class, of the sub class and of the running number."""

    district: int
    main: int
    sub: int
    serial: int

    @property
    def length(self) -> int:
        return self.district + self.main + self.sub + self.serial

    @property
    def classes(self) -> slice:
        """Where main and sub class stand in the code."""
        return slice(self.district, self.district + self.main + self.sub)

    def fits(self, code: str) -> bool:
        return len(code) == self.length and code.isascii() and code.isdigit()

    def prefix(self, district: str, number: str) -> str:
        """What all codes of a type in a district begin with; `number` has main and sub class."""
        return f"{district[: self.district]:0<{self.district}}{number}"

    def numbered(self, district: str, number: str, serial: int) -> str:
        return f"{self.prefix(district, number)}{serial:0{self.serial}d}"

    @property
    def most(self) -> int:
        """The largest running number."""
        return int(10**self.serial) - 1


def code_form(split: str) -> CodeForm:
    """`6+2+2+6` as a form; ValueError for anything else, or where a code would have more than 24 digits."""
    found = _SPLIT.fullmatch(split)
    if found is None:
        raise ValueError(f"a component code is split like {USUAL_SPLIT}, not {split!r}")
    form = CodeForm(*(int(part) for part in found.groups()))
    if form.length > 24 or min(form.district, form.main, form.sub, form.serial) < 1:
        raise ValueError(f"a component code has at most 24 digits and no empty part: {split!r}")
    return form
