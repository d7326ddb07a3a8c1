"""What is wrong with a rule's condition, in words, and where."""

from typing import Any

from events.rules.expressions import LONGEST, TRIAL_MS, Fault

_WORDS = {
    "empty": ("请填写条件", "write a condition"),
    "too_long": (f"条件过长（{{message}} 字），不能超过 {LONGEST} 字", f"{{message}} characters; at most {LONGEST}"),
    "syntax": (
        "书写有误，请检查引号、括号和运算符（{message}）",
        "it cannot be read; look at quotes, brackets and operators ({message})",
    ),
    "unknown_name": ("没有名为“{name}”的变量或函数，请从变量表中选择", "there is no variable or function “{name}”"),
    "wrong_type": ("两边的类型不能这样比较或运算（{message}）", "these types do not go together ({message})"),
    "not_yes_or_no": (
        "条件的结果应为“是”或“否”，现在是 {message}",
        "a condition answers yes or no, this gives {message}",
    ),
    "too_deep": ("括号嵌套过深，请简化", "brackets are nested too deeply"),
    "too_slow": (
        f"判断过慢（{{message}}，上限 {TRIAL_MS:.0f} 毫秒），请简化循环或匹配式",
        f"too slow ({{message}}, at most {TRIAL_MS:.0f} ms): simplify loops and patterns",
    ),
    "fails": ("试算未能完成：{message}", "a trial did not come to an end: {message}"),
}

_TROUBLE = {
    "Iteration budget exceeded": (
        "循环超过 10,000 步仍未结束，请减少 all、exists、map、filter 的嵌套",
        "its loops go on for more than 10,000 steps: nest fewer of all, exists, map and filter",
    ),
    "divide by zero": ("出现除以零，请检查除数", "it divides by zero: look at the divisor"),
    "invalid regular expression": (
        "matches 中的匹配式书写有误（{message}）",
        "the pattern in matches cannot be read ({message})",
    ),
}
"""What the interpreter says when a trial breaks off, by what stands in it."""


def _words_for(fault: Fault) -> tuple[str, str]:
    known = (words for said, words in _TROUBLE.items() if fault.code == "fails" and said in fault.message)
    return next(known, _WORDS[fault.code])


def fault_in_words(fault: Fault) -> dict[str, Any]:
    """The fields of ExpressionRefused."""
    zh, en = _words_for(fault)
    has_place = fault.line > 0
    return {
        "fault": fault.code,
        "line": fault.line,
        "column": fault.column,
        "place_zh": f"（第 {fault.line} 行第 {fault.column} 个字符）" if has_place else "",
        "place_en": f" (line {fault.line}, character {fault.column})" if has_place else "",
        "fault_zh": zh.format(name=fault.name, message=fault.message),
        "fault_en": en.format(name=fault.name, message=fault.message),
    }
