"""What makes the content of a type wrong, told per field in both languages. Pure."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from events.rules.type_content import CATEGORIES, CHECK_MODES, LIMIT_TYPES, REPORT_GROUPS, ConditionContent, TypeContent

CODE = re.compile(r"[a-z][a-z0-9_]{1,47}")
TWO_DIGITS = re.compile(r"[0-9]{2}")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
MOST_CONDITIONS = 20
LONGEST = {
    "urgent_hours": Decimal(24 * 90), "working_hours": Decimal(8 * 90), "working_days": Decimal(365),
    "calendar_days": Decimal(365),
}  # fmt: skip
SHORTEST = Decimal(1) / 60
"""One minute, in hours: a limit that nobody can keep is a mistake, whatever its measure."""
LENGTHS = {"name": (2, 60), "filing_standard": (0, 500), "text": (4, 200), "closing_standard": (0, 300)}


@dataclass(frozen=True)
class Fault:
    """`field` is a path as `name` or `conditions.2.limit_amount`."""

    field: str
    code: str
    zh: str
    en: str


@dataclass(frozen=True)
class Known:
    """What a type may name: main classes with their two digits per category, departments, scenarios."""

    main_classes: Mapping[str, Mapping[str, str]]
    units: Collection[str]
    scenarios: Collection[str]


def faults_of(content: TypeContent, known: Known) -> list[Fault]:
    """Everything that is wrong with a type by itself; what it shares with others is checked where all are known."""
    return [*_of_type(content), *_named(content, known), *_of_conditions(content)]


def _of_type(content: TypeContent) -> Iterator[Fault]:
    if not CODE.fullmatch(content.code):
        yield Fault(
            "code", "invalid_code", "代码须以小写字母开头，只含小写字母、数字和下划线，2–48 位。",
            "A code begins with a lower-case letter and has 2–48 lower-case letters, digits or underscores.",
        )  # fmt: skip
    yield from _length("name", content.name)
    yield from _length("filing_standard", content.filing_standard)
    if not TWO_DIGITS.fullmatch(content.sub_code) or content.sub_code == "00":
        yield Fault(
            "sub_code", "invalid_number", "小类代码为 01–99 两位数字，本地小类从 99 往下编。",
            "A sub class has two digits, 01–99; local ones are numbered downwards from 99.",
        )  # fmt: skip
    yield from _choice("category", content.category, CATEGORIES)
    yield from _choice("report_group", content.report_group, REPORT_GROUPS)
    yield from _choice("check_mode", content.check_mode, CHECK_MODES)
    if content.default_level not in (1, 2, 3, 4):
        yield Fault("default_level", "invalid_choice", "级别为 1–4。", "A level is 1, 2, 3 or 4.")


def _named(content: TypeContent, known: Known) -> Iterator[Fault]:
    classes = known.main_classes.get(content.category, {})
    if content.main_class not in classes:
        names = "、".join(classes)
        yield Fault(
            "main_class", "unknown_main_class", f"没有大类“{content.main_class}”，可填：{names}。",
            f"There is no main class “{content.main_class}”. Use one of: {names}.",
        )  # fmt: skip
    if content.default_unit_code not in known.units:
        yield Fault(
            "default_unit_code", "unknown_unit",
            f"没有代码为“{content.default_unit_code}”的在用部门，请填机构代码。",
            f"There is no active department with the code “{content.default_unit_code}”.",
        )  # fmt: skip
    if content.scenario_code and content.scenario_code not in known.scenarios:
        yield Fault(
            "scenario_code", "unknown_scenario", f"没有场景“{content.scenario_code}”，请改正或留空。",
            f"There is no scenario “{content.scenario_code}”. Correct it or leave it empty.",
        )  # fmt: skip


def _of_conditions(content: TypeContent) -> Iterator[Fault]:
    if not content.conditions:
        yield Fault("conditions", "no_condition", "至少要有一个立案条件。", "At least one condition is needed.")
    if len(content.conditions) > MOST_CONDITIONS:
        yield Fault(
            "conditions", "too_many", f"立案条件最多 {MOST_CONDITIONS} 个。", f"At most {MOST_CONDITIONS} conditions."
        )
    codes: set[str] = set()
    texts: set[str] = set()
    for index, condition in enumerate(content.conditions):
        where = f"conditions.{index}"
        yield from _of_condition(where, condition)
        if condition.code in codes:
            yield Fault(
                f"{where}.code", "double_code", f"立案条件代码“{condition.code}”重复。",
                f"The condition code “{condition.code}” is used twice.",
            )  # fmt: skip
        if condition.text and condition.text in texts:
            yield Fault(
                f"{where}.text", "double_condition", "同一类型中已有相同的立案条件。",
                "The type has this condition already.",
            )  # fmt: skip
        codes.add(condition.code)
        texts.add(condition.text)


def _of_condition(where: str, condition: ConditionContent) -> Iterator[Fault]:
    if not CODE.fullmatch(condition.code):
        yield Fault(
            f"{where}.code", "invalid_code", "立案条件代码须以小写字母开头，只含小写字母、数字和下划线。",
            "A condition's code begins with a lower-case letter and has lower-case letters, digits or underscores.",
        )  # fmt: skip
    yield from _length(f"{where}.text", condition.text)
    yield from _length(f"{where}.closing_standard", condition.closing_standard)
    if condition.limit_type not in LIMIT_TYPES:
        yield from _choice(f"{where}.limit_type", condition.limit_type, LIMIT_TYPES)
    elif not condition.limit_amount.is_finite() or condition.limit_amount <= 0:
        yield Fault(
            f"{where}.limit_amount", "limit_not_positive", "时限必须大于 0。", "A limit must be longer than nothing."
        )
    elif not SHORTEST <= condition.limit_amount <= LONGEST[condition.limit_type]:
        most = LONGEST[condition.limit_type]
        yield Fault(
            f"{where}.limit_amount", "limit_out_of_range", f"时限须在 1 分钟至 {most} 之间，请检查单位。",
            f"A limit lies between one minute and {most}. Look at its measure.",
        )  # fmt: skip


def _length(where: str, text: str) -> Iterator[Fault]:
    least, most = LENGTHS[where.rpartition(".")[2]]
    if CONTROL.search(text):
        yield Fault(
            where, "control_character", "含有不可见的控制字符，请重新输入。",
            "There is an invisible control character in it. Type it anew.",
        )  # fmt: skip
    if not least <= len(text.strip()) <= most:
        yield Fault(where, "length", f"长度须为 {least}–{most} 个字。", f"Between {least} and {most} characters.")


def _choice(where: str, value: str, choices: tuple[str, ...]) -> Iterator[Fault]:
    if value not in choices:
        options = ", ".join(choices)
        yield Fault(where, "invalid_choice", f"“{value}”不是可选的值。", f"“{value}” is none of: {options}.")
