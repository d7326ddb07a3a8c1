"""What is refused when a case is opened, verified, settled, checked or opened again."""

from core.errors import DomainError


class UnknownEventType(DomainError):
    code, status = "unknown_event_type", 422
    zh = "案件类型“{type_code}”不存在或已停用，请从类型列表中重新选择。"
    en = "There is no event type “{type_code}”. Choose one from the list."


class UnknownComponent(DomainError):
    code, status = "unknown_component", 422
    zh = "没有找到这个部件，或它离案件位置超过 500 米。请重新选择，或不选部件。"
    en = "There is no such component, or it stands more than 500 m away. Choose another, or none."


class UnknownCondition(DomainError):
    code, status = "unknown_condition", 422
    zh = "所选立案条件不属于该案件类型，请重新选择。"
    en = "This condition does not belong to the event type. Choose another."


class NoOwningCentre(DomainError):
    code, status = "no_owning_centre", 422
    zh = "该区域没有指挥中心负责受理，请联系系统管理员设置。"
    en = "No command centre answers for this area. Ask an administrator to appoint one."


class VerificationIncomplete(DomainError):
    code, status = "verification_incomplete", 422
    zh = "核实结果须附现场照片或书面结论，请补充后重新提交。"
    en = "A verification needs a photo from the place or a written finding. Add one and send again."


class VerificationNeedsPhoto(DomainError):
    code, status = "verification_needs_photo", 422
    zh = "“{type_name}”立案前须有现场照片，本案还没有。请拍照后重新提交核实结果。"
    en = "A case of “{type_name}” needs a picture from the place, and there is none yet. Take one and send again."


class PictureNeededToFile(DomainError):
    code, status = "picture_needed_to_file", 422
    zh = "“{type_name}”立案前须有现场照片，本案还没有。请先转核实取得照片，或写明没有照片的理由后立案。"
    en = (
        "A case of “{type_name}” needs a picture from the place, and there is none yet. Ask for a verification that "
        "brings one, or say why there is none and file."
    )


class UnknownPoint(DomainError):
    code, status = "unknown_point", 422
    zh = "本案的规程中没有这些隐患点：{numbers}。请刷新后重试。"
    en = "The procedure of this event has no such points: {numbers}. Reload and try again."


class PointMarkedMeanwhile(DomainError):
    code, status = "point_marked_meanwhile", 409
    zh = "第 {number} 个隐患点刚由 {by} 标为“{finding}”，请看过后再改。"
    en = "{by} has just marked point {number}. Look at it before you change it."


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


class CheckNeedsPhoto(DomainError):
    code, status = "check_needs_photo", 422
    zh = "“{type_name}”的现场核查须附照片，请补拍后重新提交。"
    en = "A check of “{type_name}” on the spot needs a photo. Take one and send again."


class HandlingRecordIncomplete(DomainError):
    code, status = "handling_record_incomplete", 422
    zh = "处置记录不完整：{missing_zh}。请补充后重新反馈。"
    en = "The handling record is incomplete: {missing_en}. Add it and send again."


class SelfHandlingNotAllowed(DomainError):
    code, status = "self_handling_not_allowed", 409
    zh = "“{type_name}”不能自行处置，请按流程受理。"
    en = "“{type_name}” is not handled on the spot. Take the usual way."


class OutsideOwnGrid(DomainError):
    code, status = "outside_own_grid", 403
    zh = "案件已上报。此处不在您的网格内，不能自行处置，已交由受理员处理。"
    en = "It is reported. This place is not in your grid, so you cannot settle it yourself: the centre takes it on."


class NobodyToContact(DomainError):
    code, status = "nobody_to_contact", 409
    zh = "本案不是市民诉求渠道的案件，没有需要联系、答复或回访的诉求人。"
    en = "No citizen waits behind this event: its channel has nobody to contact, answer or call back."


class CallBackIncomplete(DomainError):
    code, status = "call_back_incomplete", 422
    zh = "联系上诉求人时须记录是否解决、是否满意；未联系上时不填写。"
    en = "Where the citizen was reached, say whether it is solved and whether they are satisfied; else neither."


class ReopenTooLate(DomainError):
    code, status = "reopen_too_late", 409
    zh = "重开期限已过（截至 {closed_at}），请重新上报。"
    en = "The time for reopening is over (it ended at {closed_at}). Report the matter anew."
