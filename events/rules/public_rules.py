"""Within which bounds the rules for reports from the public may be set. Pure."""

import re
from collections.abc import Mapping
from typing import Any, Final

from accounts.rules.site_settings import Bound, bound_faults, fault

BOUNDS: Final = (
    Bound("reports_held_above", 5, 1, 1000),
    Bound("reports_refused_above", 40, 1, 5000),
    Bound("minimum_seconds", 5, 0, 120),
    Bound("proof_bits", 12, 0, 22),
    Bound("near_metres", 30, 1, 1000),
    Bound("near_minutes", 10, 1, 1440),
    Bound("near_reports", 5, 1, 1000),
    Bound("same_text_percent", 85, 50, 100),
    Bound("same_text_minutes", 60, 1, 1440),
    Bound("show_near_metres", 100, 10, 1000),
    Bound("contact_kept_days", 180, 1, 1095),
)
"""`proof_bits`: each doubles the work before a report is sent; 22 take a slow telephone half a minute. Contacts are
asked for to answer a citizen: three years are more than any complaint needs.
"""
MOST_LISTS, MOST_WORDS, LONGEST_WORD = 10, 60, 24
_NUMBER: Final = re.compile(r"[0-9]{3,12}")


def public_faults(values: Mapping[str, Any]) -> list[dict[str, str]]:
    """Why the rules may not be set to this; empty where they may."""
    found = bound_faults(values, BOUNDS)
    if values["reports_refused_above"] < values["reports_held_above"]:
        found.append(
            fault(
                "reports_refused_above",
                "below_held",
                "拒绝的件数不得小于转甄别的件数，否则不会有上报转人甄别。",
                "Not below the number from which reports are held, or none would ever be held.",
            )
        )
    return found + _word_faults(values["urgent_words"])


def _word_faults(lists: list[dict[str, Any]]) -> list[dict[str, str]]:
    """A telephone number each, with words of it; no list at all means the usual ones."""
    if len(lists) > MOST_LISTS:
        return [fault("urgent_words", "too_many", f"最多 {MOST_LISTS} 组。", f"At most {MOST_LISTS} lists.")]
    numbers = [str(one["number"]) for one in lists]
    found = []
    for place, one in enumerate(lists):
        field = f"urgent_words.{place}"
        if not _NUMBER.fullmatch(numbers[place]):
            found.append(fault(field, "number", "电话须为 3–12 位数字。", "A telephone number of 3 to 12 digits."))
        elif numbers[place] in numbers[:place]:
            found.append(fault(field, "twice", "同一电话只能列一组。", "A number is listed once."))
        elif not 1 <= len(one["words"]) <= MOST_WORDS:
            zh, en = f"每组 1–{MOST_WORDS} 个词。", f"1 to {MOST_WORDS} words in a list."
            found.append(fault(field, "words", zh, en))
        elif any(not 1 <= len(word.strip()) <= LONGEST_WORD for word in one["words"]):
            zh, en = f"每个词 1–{LONGEST_WORD} 个字。", f"1 to {LONGEST_WORD} characters in a word."
            found.append(fault(field, "word", zh, en))
    return found
