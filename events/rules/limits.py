"""Every limit of the lifecycle that an administrator sets: what it is called, what holds until somebody sets another,
and within which bounds it may be set. Pure.

A limit of time is in force for clocks that start after it was set; a number for what is asked after it was set.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from core.deadlines.arithmetic import Limit, LimitType
from events.moves import Clock


class Unit(StrEnum):
    """What a number counts; the values are stored and sent beside those of `LimitType`."""

    TIMES = "times"
    UNITS = "units"
    PERCENT = "percent"
    POINTS = "points"


class Group(StrEnum):
    """The parts of the page, in order."""

    ALERT = "alert"
    CASE = "case"
    REQUEST = "request"
    TOGETHER = "together"
    AFTER = "after"
    PROMISE = "promise"
    REMINDER = "reminder"


RED_ALERT: Final = "alert_critical"
SIGN_URGENT: Final = "sign_urgent"
DISMISSAL_UNDO: Final = "dismissal_undo"
COOL_DOWN: Final = "cool_down"
ALERT_EXPIRY: Final = "alert_expiry"
REOPENING: Final = "reopening"
APPEAL: Final = "appeal"
SUSPENSION: Final = "suspension"

SIGN_SHARE: Final = "sign_share"
MOST_EXTENSIONS: Final = "most_extensions"
MOST_SUSPENSIONS: Final = "most_suspensions"
MOST_CO_LEGS: Final = "most_co_legs"
CHIEF_FROM_RETURN: Final = "chief_from_return"
SUPERVISED_FROM_CHECK: Final = "supervised_from_check"
AUDIT_PERCENT: Final = "self_handling_audit"
COST_YELLOW: Final = "cost_yellow"
COST_RED: Final = "cost_red"
COST_CHECK: Final = "cost_failed_check"
COST_RETURN: Final = "cost_return"

PLAIN: Final = frozenset({LimitType.URGENT_HOURS, LimitType.CALENDAR_DAYS})
"""Windows that are not counted in working time."""
ANY: Final = frozenset(LimitType)
SHORTEST_SECONDS: Final = 60
_UNIT_SECONDS: Final = {
    LimitType.URGENT_HOURS: 3600,
    LimitType.WORKING_HOURS: 3600,
    LimitType.WORKING_DAYS: 8 * 3600,
    LimitType.CALENDAR_DAYS: 24 * 3600,
}
_DAY_SECONDS: Final = {
    LimitType.URGENT_HOURS: 24 * 3600,
    LimitType.WORKING_HOURS: 8 * 3600,
    LimitType.WORKING_DAYS: 8 * 3600,
    LimitType.CALENDAR_DAYS: 24 * 3600,
}


@dataclass(frozen=True)
class TimeRule:
    """A limit of time: at least a minute, at most `most_days` days (of eight hours where they are working time)."""

    kind: str
    group: Group
    zh: str
    en: str
    usual: Limit
    most_days: int = 30
    measures: frozenset[LimitType] = ANY

    def bounds(self, measure: LimitType) -> tuple[Decimal, Decimal]:
        """Least and most amount in this measure."""
        unit = _UNIT_SECONDS[measure]
        least = (Decimal(SHORTEST_SECONDS) / unit).quantize(Decimal("0.000001"))
        return least, Decimal(self.most_days * _DAY_SECONDS[measure]) / unit


@dataclass(frozen=True)
class NumberRule:
    """A count, a share or points."""

    kind: str
    group: Group
    zh: str
    en: str
    unit: Unit
    usual: int
    least: int
    most: int


def _hours(count: int) -> Limit:
    return Limit.hours(count)


def _days(count: int) -> Limit:
    return Limit(LimitType.CALENDAR_DAYS, Decimal(count))


def _working(measure: LimitType, count: int) -> Limit:
    return Limit(measure, Decimal(count))


_HOURS, _DAYS = LimitType.WORKING_HOURS, LimitType.WORKING_DAYS

RULES: Final[tuple[TimeRule | NumberRule, ...]] = (
    TimeRule(Clock.ALERT, Group.ALERT, "告警确认", "Alert acknowledged", Limit.minutes(5), 1, PLAIN),
    TimeRule(RED_ALERT, Group.ALERT, "特急告警确认", "Red alert acknowledged", Limit.minutes(1), 1, PLAIN),
    TimeRule(DISMISSAL_UNDO, Group.ALERT, "误报判定可撤销", "A dismissal may be undone for", _hours(24), 7, PLAIN),
    TimeRule(COOL_DOWN, Group.ALERT, "同一对象静默期", "Cool-down of a subject", Limit.minutes(10), 1, PLAIN),
    TimeRule(ALERT_EXPIRY, Group.ALERT, "告警自动失效", "Alert expires after", _hours(24), 30, PLAIN),
    TimeRule(Clock.ACCEPT, Group.CASE, "受理", "Accept", Limit.minutes(15)),
    TimeRule(Clock.VERIFY, Group.CASE, "核实", "Verify", Limit.minutes(30)),
    TimeRule(Clock.DISPATCH, Group.CASE, "派遣", "Dispatch", Limit.minutes(15)),
    TimeRule(SIGN_URGENT, Group.CASE, "签收（紧急工作时案件）", "Sign (continuous hours)", Limit.minutes(15)),
    TimeRule(Clock.SIGN, Group.CASE, "签收（其他案件）", "Sign (all others)", _working(_HOURS, 2)),
    NumberRule(SIGN_SHARE, Group.CASE, "签收不超过处置时限的", "Signing, of handling", Unit.PERCENT, 25, 1, 100),
    TimeRule(Clock.CHECK, Group.CASE, "核查", "Check", Limit.minutes(30)),
    TimeRule(Clock.CLOSE, Group.CASE, "结案", "Close", Limit.minutes(30)),
    NumberRule(
        CHIEF_FROM_RETURN, Group.CASE, "第几次回退起由值班长决定", "Duty chief decides from return no.", Unit.TIMES,
        2, 1, 10,
    ),
    NumberRule(
        SUPERVISED_FROM_CHECK, Group.CASE, "第几次核查不通过起自动督办", "Supervised from failed check no.",
        Unit.TIMES, 2, 1, 10,
    ),
    NumberRule(MOST_EXTENSIONS, Group.REQUEST, "延期最多批准", "Extensions granted at most", Unit.TIMES, 2, 1, 10),
    NumberRule(MOST_SUSPENSIONS, Group.REQUEST, "挂账最多", "Suspensions at most", Unit.TIMES, 1, 1, 5),
    TimeRule(SUSPENSION, Group.REQUEST, "每次挂账最长", "A suspension lasts at most", _days(365), 365, PLAIN),
    TimeRule(APPEAL, Group.REQUEST, "结案后可申诉", "Appeals after closing for", _working(_DAYS, 5), 90),
    NumberRule(MOST_CO_LEGS, Group.TOGETHER, "协办部门最多", "Co-handling departments at most", Unit.UNITS, 10, 1, 50),
    TimeRule(Clock.RATING, Group.AFTER, "评价期", "Rating window", _days(14), 90, PLAIN),
    TimeRule(REOPENING, Group.AFTER, "群众可要求重办", "Citizens may reopen for", _days(14), 90, PLAIN),
    NumberRule(
        AUDIT_PERCENT, Group.AFTER, "自行处置抽查比例", "Self-handled events audited", Unit.PERCENT, 10, 1, 100
    ),
    TimeRule(Clock.AUDIT, Group.AFTER, "自行处置抽查", "Audit of self-handling", _working(_DAYS, 3)),
    TimeRule(Clock.FIRST_CONTACT, Group.PROMISE, "首次联系群众", "First contact", _hours(24)),
    TimeRule(Clock.ANSWER, Group.PROMISE, "答复群众", "Answer", _days(7), 90),
    TimeRule(Clock.CALL_BACK, Group.PROMISE, "回访", "Call-back", _working(_DAYS, 3)),
    TimeRule("reply_urge", Group.REMINDER, "催办回复", "Reply to urging", _working(_HOURS, 4)),
    TimeRule("reply_ordinary", Group.REMINDER, "一般督办回复", "Reply, ordinary", _working(_HOURS, 8)),
    TimeRule("reply_yellow", Group.REMINDER, "黄牌督办回复", "Reply, yellow", _working(_HOURS, 4)),
    TimeRule("reply_red", Group.REMINDER, "红牌督办回复", "Reply, red", _working(_HOURS, 2)),
    NumberRule(COST_YELLOW, Group.REMINDER, "黄牌督办扣分", "Cost of a yellow card", Unit.POINTS, 5, 0, 100),
    NumberRule(COST_RED, Group.REMINDER, "红牌督办扣分", "Cost of a red card", Unit.POINTS, 10, 0, 100),
    NumberRule(COST_CHECK, Group.REMINDER, "核查不通过扣分", "Cost of a failed check", Unit.POINTS, 20, 0, 100),
    NumberRule(COST_RETURN, Group.REMINDER, "回退扣分", "Cost of a return", Unit.POINTS, 10, 0, 100),
)  # fmt: skip

RULE_OF: Final = {rule.kind: rule for rule in RULES}
USUAL_LIMITS: Final = {rule.kind: rule.usual for rule in RULES if isinstance(rule, TimeRule)}
USUAL_NUMBERS: Final = {rule.kind: rule.usual for rule in RULES if isinstance(rule, NumberRule)}
NUMBER_UNITS: Final = frozenset(unit.value for unit in Unit)


@dataclass(frozen=True)
class Fault:
    """What is wrong with a limit that somebody wants to set, at its field."""

    field: str
    code: str
    zh: str
    en: str

    def as_error(self) -> dict[str, str]:
        return {"field": self.field, "code": self.code, "message_zh": self.zh, "message_en": self.en}


def faults_of(rule: TimeRule | NumberRule, measure: str, amount: Decimal) -> list[Fault]:
    """Why the rule may not be set to this; empty where it may."""
    if isinstance(rule, NumberRule):
        return _number_faults(rule, measure, amount)
    if measure not in rule.measures:
        return [
            Fault("measure", "measure", "这项时限不能按这种方式计时。", "This limit is not counted in this measure.")
        ]
    if amount <= 0:
        return [Fault("amount", "not_positive", "时限必须大于零。", "A limit is longer than nothing.")]
    least, most = rule.bounds(LimitType(measure))
    if amount < least:
        return [Fault("amount", "too_short", "时限不得短于 1 分钟。", "A limit is a minute at least.")]
    if amount > most:
        shown = f"{most.normalize():f}"
        return [Fault("amount", "too_long", f"不得超过 {shown}。", f"At most {shown}.")]
    return []


def _number_faults(rule: NumberRule, measure: str, amount: Decimal) -> list[Fault]:
    if measure != rule.unit:
        return [Fault("measure", "measure", "计量单位不符。", "This number is counted otherwise.")]
    if amount != amount.to_integral_value():
        return [Fault("amount", "not_whole", "请填写整数。", "A whole number is needed.")]
    if not rule.least <= amount <= rule.most:
        said = f"{rule.least}–{rule.most}"
        return [Fault("amount", "out_of_range", f"请填写 {said} 之间的整数。", f"Between {said}.")]
    return []


MOST_METRES: Final = 2000
MOST_SIMILAR_HOURS: Final = 24 * 90


def similarity_faults(metres: int, hours: int) -> list[Fault]:
    """Why two events may not be called similar within these bounds."""
    found = []
    for field, amount, most in (("metres", metres, MOST_METRES), ("hours", hours, MOST_SIMILAR_HOURS)):
        if not 1 <= amount <= most:
            said = f"1–{most}"
            found.append(Fault(field, "out_of_range", f"请填写 {said} 之间的整数。", f"Between {said}."))
    return found


def in_groups(rules: Iterable[TimeRule | NumberRule] = RULES) -> list[tuple[Group, list[TimeRule | NumberRule]]]:
    """The rules under their headings, both in order."""
    found: dict[Group, list[TimeRule | NumberRule]] = {group: [] for group in Group}
    for rule in rules:
        found[rule.group].append(rule)
    return [(group, rows) for group, rows in found.items() if rows]
