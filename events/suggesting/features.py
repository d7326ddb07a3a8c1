"""A reporter's words as the pieces that tell kinds of events apart. Pure; the same for training and for asking."""

import re
import unicodedata

LONGEST = 500
"""Characters of a text that are looked at."""
_DIGITS = re.compile(r"\d+")
_REST = re.compile(r"[^\w]+")


def normalised(text: str) -> str:
    """Full-width forms folded, lower case, every number one zero (a telephone number is nobody's feature)."""
    folded = unicodedata.normalize("NFKC", text[: LONGEST * 2]).lower()
    return _REST.sub(" ", _DIGITS.sub("0", folded)).strip()[:LONGEST]


def grams(text: str) -> list[str]:
    """Runs of one, two and three characters; none goes over a space. Chinese needs no other segmentation for this."""
    found = []
    for word in normalised(text).split(" "):
        for length in (1, 2, 3):
            found += [word[start : start + length] for start in range(len(word) - length + 1)]
    return found
