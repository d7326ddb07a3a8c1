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


class OnlyByRequest(DomainError):
    code, status = "only_by_request", 409
    zh = "“{move_name}”须先提出申请并经批准，请在申请单中办理。"
    en = "“{move}” takes a request and its approval. Act on the request instead."


class RequestOpenAlready(DomainError):
    code, status = "request_open_already", 409
    zh = "本案已有同类申请待批，请等待结果，或先撤回原申请。"
    en = "A request of this kind is open already. Wait for its decision, or withdraw it first."


class AskerMayNotDecide(DomainError):
    code, status = "asker_may_not_decide", 403
    zh = "申请人、审核人不能批准自己的申请，请由其他人员办理。"
    en = "Who asked or endorsed cannot decide. Somebody else has to."


class ExtensionOverdue(DomainError):
    code, status = "extension_overdue", 409
    zh = "处置时限已超，不能再延期。请尽快办结并反馈。"
    en = "The handling time has run out, it cannot be extended any more. Finish as soon as you can."


class ExtensionsUsedUp(DomainError):
    code, status = "extensions_used_up", 409
    zh = "本案已批准延期 {most} 次，不能再延期。"
    en = "This event has been extended {most} times, which is the most. It cannot be extended again."


class SuspendedOnce(DomainError):
    code, status = "suspended_once", 409
    zh = "本案已挂账过一次，不能再次挂账。"
    en = "This event has been suspended once already. It cannot be suspended again."


class SuspensionInPast(DomainError):
    code, status = "suspension_in_past", 422
    zh = "挂账截止日期须晚于今天，请重新选择日期。"
    en = "A suspension ends on a day after today. Choose another day."


class SuspensionTooLong(DomainError):
    code, status = "suspension_too_long", 422
    zh = "挂账最迟到 {latest}，请选择更早的日期。"
    en = "A suspension ends by {latest} at the latest. Choose an earlier day."


class AppealedAlready(DomainError):
    code, status = "appealed_already", 409
    zh = "每个案件只能申诉一次，本案已申诉过。"
    en = "An event is appealed once, and this one has been."


class AppealTooLate(DomainError):
    code, status = "appeal_too_late", 409
    zh = "本案的申诉期限已于 {until} 截止。"
    en = "The time for appeals ended on {until}."


class MergeIntoItself(DomainError):
    code, status = "merge_into_itself", 422
    zh = "案件不能并入自身，请选择另一件主案件。"
    en = "An event cannot be merged into itself. Choose another main event."


class UnknownMainEvent(DomainError):
    code, status = "unknown_main_event", 422
    zh = "所选主案件不存在，或不在您的管辖范围内，请重新选择。"
    en = "The main event does not exist, or lies outside what you may see. Choose another."


class MainEventIsMerged(DomainError):
    code, status = "main_event_is_merged", 409
    zh = "案件 {number} 已并入 {main_number}，请直接并入 {main_number}。"
    en = "Event {number} was merged into {main_number} already. Merge into {main_number}."


class MainEventNotOpen(DomainError):
    code, status = "main_event_not_open", 409
    zh = "案件 {number} 已结束，不能作为主案件，请另选在办案件。"
    en = "Event {number} has ended and cannot be followed. Choose an open one."


class NoUpperCentre(DomainError):
    code, status = "no_upper_centre", 409
    zh = "“{unit}”没有可上报的上级中心，请直接处理或联系系统管理员。"
    en = "There is no such centre above {unit}. Deal with the event here, or ask an administrator."


class NotALowerCentre(DomainError):
    code, status = "not_a_lower_centre", 422
    zh = "所选机构不是管辖该位置的下级中心，请重新选择。"
    en = "This is not a centre below yours that answers for the place. Choose another."


class HandedBackBefore(DomainError):
    code, status = "handed_back_before", 409
    zh = "下派的案件只能退回一次，请在本级办理。"
    en = "What was assigned down can be handed back once only. Deal with it here."


class SelfHandlingNotAllowed(DomainError):
    code, status = "self_handling_not_allowed", 409
    zh = "“{type_name}”不能自行处置，请按流程受理。"
    en = "“{type_name}” is not handled on the spot. Take the usual way."


class ReopenTooLate(DomainError):
    code, status = "reopen_too_late", 409
    zh = "重开期限已过（截至 {closed_at}），请重新上报。"
    en = "The time for reopening is over (it ended at {closed_at}). Report the matter anew."


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


class ReminderSettled(DomainError):
    code, status = "reminder_settled", 409
    zh = "该催督办已回复或已了结，无需再次回复。{by}"
    en = "This reminder has been answered or settled already. {by}"


class NotAddressed(DomainError):
    code, status = "not_addressed", 403
    zh = "该催督办由{unit}回复，您不能代为回复。"
    en = "This reminder is addressed to {unit}: they reply to it."


class ProofNeeded(DomainError):
    code, status = "proof_needed", 409
    zh = "提交凭证已失效，页面会自动重新获取，请再次提交；已填写的内容不会丢失。"
    en = "The page's permit to send has run out. It gets another by itself: send again, nothing is lost."


class UnknownUploadToken(DomainError):
    code, status = "unknown_upload", 422
    zh = "照片已过期，请重新选择照片后再提交。"
    en = "A photo has expired. Choose it again, then send."


class PlaceOrAddressNeeded(DomainError):
    code, status = "place_or_address_needed", 422
    zh = "请在地图上选点，或写明地址（路名、门牌、小区或社区）。"
    en = "Choose the place on the map, or write the address (road, number, estate or community)."


class UnknownReceipt(DomainError):
    code, status = "unknown_receipt", 404
    zh = "没有这个回执号，请核对后重新输入。"
    en = "There is no such receipt. Check it and try again."


class NotToBeRated(DomainError):
    code, status = "not_to_be_rated", 409
    zh = "现在不能评价：结案后 {days} 天内可以评价。"
    en = "It cannot be rated now: ratings are open for {days} days after it was closed."


class NotToBeReopened(DomainError):
    code, status = "not_to_be_reopened", 409
    zh = "现在不能要求重办：结案后 {days} 天内可以提出。请重新上报。"
    en = "It cannot be reopened now: that is possible for {days} days after it was closed. Report it again."


class NoLongerOpen(DomainError):
    code, status = "no_longer_open", 409
    zh = "这件事已经办结，请作为新的问题上报。"
    en = "This has been settled meanwhile. Report it as new."


class ReportDecided(DomainError):
    code, status = "report_decided", 409
    zh = "该上报已由他人甄别，请刷新列表。"
    en = "Somebody has decided on this report already. Reload the list."


class TooManyReports(DomainError):
    code, status = "too_many_requests", 429
    zh = "同一网络提交过于频繁，请稍后再试；紧急情况请直接拨打 110、119、120 或 12345。"
    en = "Too many reports from one network. Wait a little; in an emergency call 110, 119, 120 or 12345."


class TypeIsRetired(DomainError):
    code, status = "type_is_retired", 409
    zh = "该案件类型已停用，不能修改。请先恢复使用。"
    en = "This event type is retired. Restore it first, then change it."


class TypeIsCurrent(DomainError):
    code, status = "type_is_current", 409
    zh = "该案件类型正在使用，无需恢复。"
    en = "This event type is in force already."


class TypeIsNamed(DomainError):
    code, status = "type_is_named", 409
    zh = "不能停用，仍被引用：{by_zh}。请先修改这些引用。"
    en = "It cannot be retired while it is named by: {by_en}. Change those first."


class PreviewOutdated(DomainError):
    code, status = "preview_outdated", 409
    zh = "预览之后目录或文件有变化，没有写入任何内容。请重新预览后再应用。"
    en = "The catalogue or the file changed since the preview; nothing was written. Preview again, then apply."


class SheetUnreadable(DomainError):
    """A file that cannot be read as a catalogue at all; `reason` tells which of the ways."""

    code, status = "sheet_unreadable", 422
    zh = "{problem_zh}"
    en = "{problem_en}"


class TooManyExports(DomainError):
    code, status = "too_many_exports", 409
    zh = "您已有 {most} 项导出在排队，请等待完成或取消其中一项。"
    en = "{most} exports of yours are waiting already. Wait for one, or cancel one."


class ExportNotReady(DomainError):
    code, status = "export_not_ready", 409
    zh = "文件尚未生成（{state_name}），请等待导出完成后再下载。"
    en = "There is no file yet ({state}). Download it when the export is done."
