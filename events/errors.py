"""What events refuse, in words."""

from core.errors import DomainError


class UnknownEventType(DomainError):
    code, status = "unknown_event_type", 422
    zh = "案件类型“{type_code}”不存在或已停用，请从类型列表中重新选择。"
    en = "There is no event type “{type_code}”. Choose one from the list."


class UnknownCondition(DomainError):
    code, status = "unknown_condition", 422
    zh = "所选立案条件不属于该案件类型，请重新选择。"
    en = "This condition does not belong to the event type. Choose another."


class UnknownUnit(DomainError):
    code, status = "unknown_unit", 422
    zh = "所选机构不存在、已停用或不能承办案件，请重新选择。"
    en = "This unit does not exist, is not active or cannot take events. Choose another."


class UnknownAttachment(DomainError):
    code, status = "unknown_attachment", 422
    zh = "附件不存在、已被使用或不是您上传的，请重新上传。"
    en = "An attachment is missing, used already or not yours. Upload it again."


class NoOwningCentre(DomainError):
    code, status = "no_owning_centre", 422
    zh = "该区域没有指挥中心负责受理，请联系系统管理员设置。"
    en = "No command centre answers for this area. Ask an administrator to appoint one."


class NobodyToSend(DomainError):
    code, status = "nobody_to_send", 422
    zh = "附近没有可派的人员，请手动指定或改用其他核实、核查方式。"
    en = "Nobody can be sent here now. Name somebody, or choose another way."


class CheckerIsHandler(DomainError):
    code, status = "checker_is_handler", 409
    zh = "核查人不能是处置人或承办部门人员，请另选核查人。"
    en = "Who handled it cannot check it. Choose another checker."


class CheckOnSite(DomainError):
    code, status = "check_on_site", 409
    zh = "本案为现场核查，由核查人到场提交结果。"
    en = "This event is checked on the spot: its checker reports from there."


class HandlingRecordIncomplete(DomainError):
    code, status = "handling_record_incomplete", 422
    zh = "处置记录不完整：{missing_zh}。请补充后重新反馈。"
    en = "The handling record is incomplete: {missing_en}. Add it and send again."


class VerificationIncomplete(DomainError):
    code, status = "verification_incomplete", 422
    zh = "核实结果须附现场照片或书面结论，请补充后重新提交。"
    en = "A verification needs a photo from the place or a written finding. Add one and send again."


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


class AlertOpenAgain(DomainError):
    code, status = "alert_open_again", 409
    zh = "同一对象已有新的告警待核实，请直接处理新告警。"
    en = "A newer alert of the same subject is open. Deal with that one."


class RestoreTooLate(DomainError):
    code, status = "restore_too_late", 409
    zh = "误报判定已超过 24 小时，不能撤销。如情况属实请直接上报案件。"
    en = "A dismissal can be undone for 24 hours only. Report an event if it is true after all."


class FileTooLarge(DomainError):
    code, status = "file_too_large", 413
    zh = "文件超过 {limit_mb} MB，请压缩或缩小后重新上传。"
    en = "The file is larger than {limit_mb} MB. Make it smaller and upload again."


class NotAnImage(DomainError):
    code, status = "not_an_image", 422
    zh = "文件内容不是可识别的图片，请上传 JPEG、PNG 或 WebP 照片。"
    en = "The content is not a picture. Upload a JPEG, PNG or WebP photo."


class CatalogueInvalid(DomainError):
    code, status = "catalogue_invalid", 422
    zh = "目录文件 {file} 有误：{problem}"
    en = "The catalogue file {file} is not valid: {problem}"


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


class ResponsibilityExists(DomainError):
    code, status = "responsibility_exists", 409
    zh = "该事项在该区域已有责任单位，请直接修改原有记录。"
    en = "Somebody already answers for this matter in this area. Edit that row instead."
