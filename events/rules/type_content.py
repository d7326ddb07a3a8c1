"""What one version of an event type says, whoever wrote it: the files, a form or a sheet. Pure."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

AMOUNT_PLACES = Decimal("0.000001")
CATEGORIES = ("part", "event", "governance")
REPORT_GROUPS = ("enforcement", "service", "dispute")
CHECK_MODES = ("on_site", "video", "call_back")
LIMIT_TYPES = ("urgent_hours", "working_hours", "working_days", "calendar_days")


def plain_amount(amount: Decimal) -> str:
    """An amount as people write it: `2`, `0.5`, never `2.000000` or `1E+1`."""
    text = format(amount, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True)
class ConditionContent:
    """立案条件 with its handling limit, and by what one sees that the case is settled."""

    code: str
    text: str
    limit_type: str
    limit_amount: Decimal
    closing_standard: str = ""


@dataclass(frozen=True)
class TypeContent:
    """A sub class with everything that a change of it can change."""

    code: str
    name: str
    category: str
    main_class: str
    sub_code: str
    report_group: str
    default_unit_code: str
    default_level: int = 4
    scenario_code: str = ""
    check_mode: str = "on_site"
    filing_standard: str = ""
    needs_before_photo: bool = False
    needs_after_photo: bool = True
    needs_check_photo: bool = False
    verification_advised: bool = False
    allows_self_handling: bool = False
    position: int = 0
    conditions: tuple[ConditionContent, ...] = field(default=())


TYPE_FIELDS = (
    "name", "category", "main_class", "sub_code", "report_group", "default_level", "default_unit_code", "scenario_code",
    "check_mode", "filing_standard", "needs_before_photo", "needs_after_photo", "needs_check_photo",
    "verification_advised", "allows_self_handling", "position",
)  # fmt: skip
CONDITION_FIELDS = ("text", "closing_standard", "limit_type", "limit_amount")


@dataclass(frozen=True)
class FieldChange:
    """One field that two versions tell differently; `condition` is its code where the field is a condition's.

    A condition that came or went is told as its text, with nothing on the other side.
    """

    field: str
    before: str | None
    after: str | None
    condition: str = ""


def written(value: Any) -> str:
    """A field's value as one string, for comparing and showing."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return plain_amount(value) if isinstance(value, Decimal) else str(value)


def as_plain(content: TypeContent) -> dict[str, Any]:
    """The content as JSON values, for digests: what counts as a change, and nothing else."""
    values = asdict(content)
    values["conditions"] = [
        {**condition, "limit_amount": plain_amount(condition["limit_amount"])} for condition in values["conditions"]
    ]
    return values


def changes_between(old: TypeContent, new: TypeContent) -> list[FieldChange]:
    """What a reader must know to agree to the new version, field by field."""
    return [*_fields(old, new, TYPE_FIELDS), *_conditions(old, new)]


def _fields(old: Any, new: Any, names: tuple[str, ...], condition: str = "") -> Iterator[FieldChange]:
    for name in names:
        before, after = written(getattr(old, name)), written(getattr(new, name))
        if before != after:
            yield FieldChange(name, before, after, condition)


def _conditions(old: TypeContent, new: TypeContent) -> Iterator[FieldChange]:
    before = {condition.code: condition for condition in old.conditions}
    after = {condition.code: condition for condition in new.conditions}
    for code, condition in before.items():
        if code not in after:
            yield FieldChange("condition", condition.text, None, code)
    for code, condition in after.items():
        known = before.get(code)
        if known is None:
            yield FieldChange("condition", None, condition.text, code)
        else:
            yield from _fields(known, condition, CONDITION_FIELDS, code)
    kept_before = [code for code in before if code in after]
    kept_after = [code for code in after if code in before]
    if kept_before != kept_after:
        yield FieldChange("condition_order", "、".join(kept_before), "、".join(kept_after))
