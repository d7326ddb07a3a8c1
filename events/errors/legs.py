"""What is refused when departments take, share, return or hand back their legs."""

from core.errors import DomainError


class UnknownUnit(DomainError):
    code, status = "unknown_unit", 422
    zh = "所选机构不存在、已停用或不能承办案件，请重新选择。"
    en = "This unit does not exist, is not active or cannot take events. Choose another."


class LegsStillOpen(DomainError):
    code, status = "legs_still_open", 409
    zh = "必办的协办部门尚未办结：{units}。"
    en = "Mandatory co-handling departments have not finished: {units}."


class ReturnNeedsBasis(DomainError):
    code, status = "return_needs_basis", 422
    zh = "回退须附依据：上传照片，或写明职责依据。请补充后重新提交。"
    en = "A return needs its basis: a photo, or the rule in writing. Add one and send again."


class ChiefDecidesReturn(DomainError):
    code, status = "chief_decides_return", 403
    zh = "本案已第 {count} 次回退，由值班长改派或驳回。"
    en = "This event came back {count} times: the duty chief dispatches it or refuses the return."


class ReturnedByThisUnit(DomainError):
    code, status = "returned_by_this_unit", 409
    zh = "“{unit}”刚刚回退了本案，请改派其他部门，或驳回回退。"
    en = "{unit} has just returned this event. Choose another department, or refuse the return."


class CoHandlerIsLead(DomainError):
    code, status = "co_handler_is_lead", 422
    zh = "“{unit}”已是主办部门，不能同时协办，请另选协办部门。"
    en = "{unit} leads this event and cannot co-handle it. Choose another department."


class DepartmentHasLeg(DomainError):
    code, status = "department_has_leg", 409
    zh = "“{unit}”已有一张未办结的协办工单，无需重复派遣。"
    en = "{unit} already holds an open leg of this event. Nothing more to send."


class TooManyLegs(DomainError):
    code, status = "too_many_legs", 422
    zh = "协办部门最多 {most} 个，请减少后重试。"
    en = "At most {most} departments can co-handle an event. Choose fewer."


class LegNotReturned(DomainError):
    code, status = "leg_not_returned", 409
    zh = "只能替换已回退的协办工单，请刷新后重试。"
    en = "Only a returned leg can be replaced. Reload and try again."


class ResponderOfAnotherUnit(DomainError):
    code, status = "responder_of_another_unit", 422
    zh = "所选人员或队伍不属于本部门或已停用，请重新选择。"
    en = "This responder or team is not of your department or not active. Choose another."
