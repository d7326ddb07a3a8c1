"""One spelling for each telephone number, so that who called is found again and is told once. Pure."""

import re
from typing import Final

_NO_DIGIT: Final = re.compile(r"\D")
_HOME: Final = re.compile(r"(?:00)?86(?=1[3-9]\d{9}$|0?[1-9]\d{8,10}$)")
"""The country's own prefix, before a mobile number or one with an area code."""


def plain_number(written: str) -> str:
    """The digits of a number however somebody wrote it down: without spaces, hyphens and the country's own prefix; one
    of another country keeps its plus.
    """
    digits = _NO_DIGIT.sub("", written)
    at_home = _HOME.sub("", digits, count=1) if written.strip().startswith(("+", "00", "86")) else digits
    return f"+{digits}" if written.strip().startswith("+") and at_home == digits and digits else at_home
