"""What an event's stored decision says to a reader: who decided each point, in a sentence."""

from collections.abc import Mapping
from typing import Any

from events.queries.catalogue import catalogue

_SAID = {
    ("rule", False): "按分派规则“{name}”（第 {edition} 版）",
    ("rule", True): "by the routing rule “{name}” (edition {edition})",
    ("component", False): "按部件的{name}",
    ("component", True): "by the component: {name}",
    ("matrix", False): "按责任清单：{name}",
    ("matrix", True): "by the matrix of responsibility: {name}",
    ("type", False): "没有规则或责任清单适用，按案件类型的默认主办部门",
    ("type", True): "no rule and no responsibility fits: the type's usual department",
}
_KEEPERS = {
    ("maintainer", False): "养护单位",
    ("maintainer", True): "the unit that maintains it",
    ("owner", False): "权属单位",
    ("owner", True): "the unit that owns it",
    ("department", False): "主管部门",
    ("department", True): "the competent department",
}
_NO_LEAD = {
    False: "没有规则、责任清单或默认部门适用，请人工选择主办部门",
    True: "no rule, responsibility or usual department fits: choose the lead by hand",
}
_SKIPPED = {
    False: "规则“{name}”未能判断，已跳过：{problem}",
    True: "the rule “{name}” broke off and was passed over: {problem}",
}


def explanation(kept: Mapping[str, Any] | None, *, english: bool = False) -> dict[str, Any] | None:
    """`Event.routing` as details show it; None for events from before there were rules. Reads nothing."""
    if not kept:
        return None
    lead, owner, helpers, level = (kept.get(key) for key in ("lead", "owner", "co_units", "level"))
    return {
        "move": kept.get("move", ""),
        "at": kept.get("at"),
        "lead": _unit(lead),
        "lead_why": _why(lead, english) if lead else _NO_LEAD[english],
        "lead_rule_id": lead.get("id") if lead and lead.get("by") == "rule" else None,
        "responsible": {"id": kept["responder_id"], "name": kept.get("person", "")}
        if kept.get("responder_id")
        else None,
        "owner": _unit(owner),
        "owner_why": _why(owner, english) if owner else "",
        "co_units": helpers["units"] if helpers else [],
        "co_units_why": _why(helpers, english) if helpers else "",
        "level": level["level"] if level else None,
        "level_why": _why(level, english) if level else "",
        "notes": kept.get("notes", []),
        "automatic": bool(kept.get("automatic")),
        "skipped": [_SKIPPED[english].format(**skipped) for skipped in kept.get("skipped", [])],
    }


def _unit(word: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return {"id": word["unit_id"], "name": word["unit"]} if word else None


def _why(word: Mapping[str, Any], english: bool) -> str:
    by, name = word["by"], str(word.get("name", ""))
    if by == "matrix":
        name = _place(name)
    elif by == "component":
        name = _KEEPERS[(name, english)]
    return _SAID[(by, english)].format(name=name, edition=word.get("edition", ""))


def _place(name: str) -> str:
    """`street_vending cl.002` with the type's name in place of its code."""
    kind, _, path = name.rpartition(" ")
    known = catalogue().types.get(kind)
    return f"{known.name if known else kind} · {path}"
