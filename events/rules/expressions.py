"""The language of routing rules: CEL over the facts of a report. Pure.

Three things keep a rule from doing harm. Names and types are checked when it is compiled, so that a rule that could
never work is refused with the place of its fault. The interpreter stops after 10,000 steps of `all`, `exists`, `map`
and `filter`, and its regular expressions take linear time. What a rule is and looks at has a bounded length.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from cel_expr_python import cel

LONGEST = 1000
"""Characters of an expression."""
TEXT_LOOKED_AT = 1000
"""Characters of the reporter's words that rules see."""
TRIAL_MS = 20.0
"""A rule that takes longer on a long text is refused: the report path cannot wait for it."""
TRIALS = 3


@dataclass(frozen=True)
class Variable:
    """One fact that an expression may name."""

    name: str
    type: str
    zh: str
    en: str


VARIABLES: tuple[Variable, ...] = (
    Variable("type_code", "string", "案件类型代码", "code of the event type"),
    Variable("category", "string", "类别：part 部件、event 事件、governance 治理事项", "part, event or governance"),
    Variable("main_class", "string", "大类，如“街面秩序”", "main class, in Chinese as in the catalogue"),
    Variable("level", "int", "级别：1 特急、2 紧急、3 重要、4 一般", "1 critical, 2 urgent, 3 important, 4 ordinary"),
    Variable("area", "string", "最小区域的路径", "path of the smallest area"),
    Variable("areas", "list", "由区到网格各级区域的路径", "paths of all its areas, from the district down"),
    Variable("area_label", "string", "区域名称，如“望江街道 荷花社区 1号网格”", "the areas' names"),
    Variable("hour", "int", "上报时刻的小时，0–23", "hour of the report, 0–23"),
    Variable("weekday", "int", "星期，1 为周一、7 为周日", "1 Monday to 7 Sunday"),
    Variable("working_time", "bool", "是否在工作时间内", "within office hours, holidays counted"),
    Variable("source", "string", "来源，如 hotline_12345", "channel, as hotline_12345"),
    Variable("text", "string", "上报人的描述", "the reporter's words"),
    Variable("has_citizen", "bool", "是否有市民上报人", "whether a citizen waits for an answer"),
)
_TYPES = {"string": cel.Type.STRING, "int": cel.Type.INT, "bool": cel.Type.BOOL, "list": cel.Type.List(cel.Type.STRING)}
_ENV = cel.NewEnv(variables={variable.name: _TYPES[variable.type] for variable in VARIABLES})

SAMPLE: Mapping[str, Any] = {
    "type_code": "sample",
    "category": "event",
    "main_class": "街面秩序",
    "level": 4,
    "area": "c.d.s.c.g",
    "areas": ["c", "c.d", "c.d.s", "c.d.s.c", "c.d.s.c.g"],
    "area_label": "街道 社区 网格",
    "hour": 12,
    "weekday": 3,
    "working_time": True,
    "source": "hotline_12345",
    "text": "路边占道摆摊，油烟扰民。" * (TEXT_LOOKED_AT // 12),
    "has_citizen": True,
}
"""A long report, for trying out what an expression costs."""

_PLACE = re.compile(r"<input>:(\d+):(\d+): (.*)")


@dataclass(frozen=True)
class Fault:
    """Why an expression is refused, and where. `code` is one of empty, too_long, syntax, unknown_name, wrong_type,
    not_yes_or_no, too_deep, too_slow, fails; line and column count from one, zero where the fault has no place.
    """

    code: str
    line: int = 0
    column: int = 0
    name: str = ""
    message: str = ""


class NotAnExpression(ValueError):
    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(f"{fault.code} at {fault.line}:{fault.column} {fault.message}")


@dataclass(frozen=True)
class Compiled:
    """An expression that is known to answer yes or no."""

    source: str
    program: Any


def compile_expression(source: str) -> Compiled:
    """`source` ready to be asked again and again; NotAnExpression says where it is wrong."""
    if not source.strip():
        raise NotAnExpression(Fault("empty"))
    if len(source) > LONGEST:
        raise NotAnExpression(Fault("too_long", message=str(len(source))))
    try:
        program = _ENV.compile(source)
    except (RuntimeError, ValueError) as error:
        raise NotAnExpression(_fault_of(str(error))) from error
    if program.return_type() != cel.Type.BOOL:
        raise NotAnExpression(Fault("not_yes_or_no", 1, 1, message=program.return_type().name()))
    return Compiled(source, program)


def require_quick(compiled: Compiled) -> None:
    """Refuses what cannot be answered in `TRIAL_MS` on a long report (the best of three, for a busy machine), and
    what breaks off: a loop that does not end within the budget, a pattern that is none.
    """
    facts = activation(SAMPLE)
    spent = []
    for _ in range(TRIALS):
        began = perf_counter()
        try:
            ask(compiled, facts)
        except AskFailed as failed:
            raise NotAnExpression(Fault("fails", message=str(failed))) from failed
        spent.append((perf_counter() - began) * 1000)
    if min(spent) > TRIAL_MS:
        raise NotAnExpression(Fault("too_slow", message=f"{min(spent):.0f} ms"))


def activation(facts: Mapping[str, Any]) -> Any:
    """The facts as every expression of one decision looks at them; made once a decision."""
    return _ENV.Activation(facts)


class AskFailed(Exception):
    """An expression that broke off on this report; the message is the interpreter's own."""


def ask(compiled: Compiled, facts: Any) -> bool:
    """Does it hold for these facts (from `activation`)? About two microseconds for an ordinary rule."""
    try:
        answer = compiled.program.eval(facts)
        value = answer.value()
    except RuntimeError as error:
        raise AskFailed(str(error)) from error
    if value is True or value is False:
        return bool(value)
    raise AskFailed(str(value))


def _fault_of(message: str) -> Fault:
    found = _PLACE.search(message)
    if found is None:
        return Fault("too_deep" if "recursion" in message else "syntax", message=message[:200])
    line, column, said = int(found.group(1)), int(found.group(2)), found.group(3)
    if named := re.search(r"undeclared reference to '([^']*)'", said):
        return Fault("unknown_name", line, column, named.group(1), said)
    code = "wrong_type" if "overload" in said or "operand" in said else "syntax"
    return Fault(code, line, column, message=said)
