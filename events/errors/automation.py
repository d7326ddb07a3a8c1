"""What is refused of what would happen without a person."""

from core.errors import DomainError


class PairOfNoScenario(DomainError):
    code, status = "pair_of_no_scenario", 422
    zh = "没有场景以“{source} × {rule}”为触发，无法判断是否涉及对人的决定，因此不能自动判定。"
    en = "No scenario is triggered by {source} × {rule}: nothing says if it is about a person. It stays with people."


class DecidesAboutPerson(DomainError):
    code, status = "decides_about_person", 422
    zh = "场景“{scenario}”涉及对人的决定，必须由人判定，不能自动属实或自动立案。"
    en = "The scenario “{scenario}” decides about a person, and a person decides it. It can never be automatic."


class OnlySuspected(DomainError):
    code, status = "only_suspected", 422
    zh = "“{rule}”只报疑似，须由人核实，不能自动判定。"
    en = "“{rule}” only suspects. A person decides; it can never be automatic."


class FilingNotDeclared(DomainError):
    code, status = "filing_not_declared", 422
    zh = "场景“{scenario}”没有为“{source} × {rule}”写明自动立案及立案条件，请关闭自动立案，或先修改场景。"
    en = "The scenario “{scenario}” declares no filing for {source} × {rule}. Leave filing off, or change the scenario."


class FilingConditionMissing(DomainError):
    code, status = "filing_condition_missing", 422
    zh = "场景写明的立案条件“{condition}”不属于案件类型“{type_name}”，请先修改场景或案件类型。"
    en = "The condition “{condition}” is not one of the event type “{type_name}”. Change the scenario or the type."


class NotMeasuredEnough(DomainError):
    """`why` is no_sample, too_few or below."""

    code, status = "not_measured_enough", 409
    zh = "还不能启用：近 {days} 天由人判定 {sample} 条（至少 {needed} 条），属实率下限 {lower}（须达到 {precision}）。"
    en = (
        "Not yet: people judged {sample} findings in {days} days (at least {needed}), and the precision is at least "
        "{lower} where {precision} is asked."
    )


class AutomationDoesNothing(DomainError):
    code, status = "automation_does_nothing", 422
    zh = "请至少选择自动判定属实或自动立案之一。"
    en = "Choose at least one: confirming or filing."


class AutomationInForce(DomainError):
    code, status = "automation_in_force", 409
    zh = "正在启用，不能直接修改。请先停用，修改后再启用。"
    en = "It is in force and is not edited. Switch it off, edit it, and switch it on again."
