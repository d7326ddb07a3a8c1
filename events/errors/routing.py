"""What is refused of the rules by which events find their departments."""

from core.errors import DomainError


class ExpressionRefused(DomainError):
    """A rule's condition that is none; `line` and `column` count from one, zero where the fault has no place."""

    code, status = "expression_refused", 422
    zh = "规则条件有误{place_zh}：{fault_zh}"
    en = "The condition is not valid{place_en}: {fault_en}"


class RuleNotReplayed(DomainError):
    code, status = "rule_not_replayed", 409
    zh = "规则修改后还没有回放过，请先在历史案件上回放，看清影响后再启用。"
    en = "This rule was not replayed since it was last edited. Replay it on past events first, then switch it on."


class RuleInForce(DomainError):
    code, status = "rule_in_force", 409
    zh = "规则正在启用，不能直接修改或删除。请另存为草稿修改并回放，启用后自动替换；或先停用。"
    en = "This rule is in force. Make a draft that replaces it and replay that, or switch it off first."


class RuleNamesNoUnit(DomainError):
    code, status = "rule_names_no_unit", 422
    zh = "规则中的机构“{unit_code}”不存在、已停用或不能承办案件，请重新选择。"
    en = "The unit “{unit_code}” does not exist, is not active or cannot take events. Choose another."


class RuleDecidesNothing(DomainError):
    code, status = "rule_decides_nothing", 422
    zh = "规则没有给出任何结果，请至少指定主办部门、主责中心、协办部门、级别或说明之一。"
    en = "The rule decides nothing. Name a lead, an owning level, co-handlers, a level or a note."


class RuleOfNoArea(DomainError):
    code, status = "rule_of_no_area", 422
    zh = "规则所属的区域不存在，请重新选择。"
    en = "The area of this rule does not exist. Choose another."


class ResponsibilityExists(DomainError):
    code, status = "responsibility_exists", 409
    zh = "该事项在该区域已有责任单位，请直接修改原有记录。"
    en = "Somebody already answers for this matter in this area. Edit that row instead."
