"""What the API of the rules for the public gives out."""

from accounts.setting_shapes import BoundShape, SettingShape
from events.shapes import Shape


class UrgentList(Shape):
    """Somebody who writes one of the words is told to call the number first."""

    number: str
    words: list[str]


class PublicRuleValues(Shape):
    """No urgent words: the usual ones hold."""

    reports_held_above: int
    reports_refused_above: int
    minimum_seconds: int
    proof_bits: int
    near_metres: int
    near_minutes: int
    near_reports: int
    same_text_percent: int
    same_text_minutes: int
    show_near_metres: int
    contact_kept_days: int
    urgent_words: list[UrgentList]


class PublicRuleBook(SettingShape):
    values: PublicRuleValues
    bounds: list[BoundShape]
    usual_words: list[UrgentList]
    may_edit: bool


class HeldReason(Shape):
    reason: str
    count: int


class PublicRuleEffects(Shape):
    """The reports of the last `days`. Of the `examined` newest that became events so many had too many others near them
    by the rules in force (`crowded_now`), and by the draft (`crowded_then`). `contacts_erased`: how many of the
    contacts that are kept would be erased at the next cleaning.
    """

    days: int
    events: int
    examined: int
    held: int
    reasons: list[HeldReason]
    crowded_now: int
    crowded_then: int
    contacts_kept: int
    contacts_erased: int
