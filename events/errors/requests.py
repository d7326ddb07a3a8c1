"""What is refused when something is asked for and decided: extensions, suspensions, appeals."""

from core.errors import DomainError


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


class LegNotInHand(DomainError):
    code, status = "leg_not_in_hand", 409
    zh = "协办工单不在办理中（须已签收、尚未办结），不能延期。"
    en = "This leg is not in hand: it has to be signed for and not yet done. It cannot be extended."


class LegExtensionsUsedUp(DomainError):
    code, status = "leg_extensions_used_up", 409
    zh = "本协办工单已批准延期 {most} 次，不能再延期。"
    en = "This leg has been extended {most} times, which is the most. It cannot be extended again."


class SuspendedOnce(DomainError):
    code, status = "suspended_once", 409
    zh = "本案已挂账 {most} 次，不能再次挂账。"
    en = "This event has been suspended as often as is allowed ({most}). It cannot be suspended again."


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
    zh = "每次办理只能申诉一次，本案的这次办理已申诉过。"
    en = "Each run of an event is appealed once, and this one has been."


class AppealTooLate(DomainError):
    code, status = "appeal_too_late", 409
    zh = "本案的申诉期限已于 {until} 截止。"
    en = "The time for appeals ended on {until}."
