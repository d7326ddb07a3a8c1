"""What a screen in public view may say of people: a surname, never a telephone or identity number. Pure."""

import re

_NUMBERS = re.compile(r"(?<![0-9])(?:[0-9]{17}[0-9Xx]|(?:\+?86[- ]?)?1[0-9]{10}|0[0-9]{2,3}-?[0-9]{7,8})(?![0-9])")
_LATIN = re.compile(r"[A-Za-z]")


def masked_name(name: str) -> str:
    """张* for 张红, J*** for a name in Latin letters; empty stays empty."""
    if not name:
        return ""
    return f"{name[0]}***" if _LATIN.match(name) else name[0] + "*" * min(2, len(name) - 1)


def without_numbers(text: str) -> str:
    """The text with telephone and identity numbers taken out: ends of them help nobody who looks at a wall."""
    return _NUMBERS.sub("***", text)
