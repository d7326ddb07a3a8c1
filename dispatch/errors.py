"""Refusals of field work."""

from core.errors import DomainError


class OutsideGeofence(DomainError):
    code, status = "outside_geofence", 422
    zh = "您距任务地点约 {distance_m} 米（定位精度 {accuracy_m} 米），超出 {allowed_m} 米的签到范围，请靠近后重试。"
    en = (
        "You are about {distance_m} m from the place (accuracy {accuracy_m} m), outside the {allowed_m} m for signing "
        "in. Go closer and try again."
    )


class ArrivalNeeded(DomainError):
    code, status = "arrival_needed", 409
    zh = "此任务需要到场，请先到场签到再提交结果。"
    en = "This task is done on the spot. Sign in on arrival first, then send the result."


class NoRecentFix(DomainError):
    code, status = "no_recent_fix", 409
    zh = "近 {minutes} 分钟没有收到承办人的定位，核实和核查不能代报到场，请承办人在手机上签到。"
    en = (
        "No position came from the responder within {minutes} minutes. The arrival for a verification or check cannot "
        "be reported by others: the responder signs in by phone."
    )


class NoTelephone(DomainError):
    code, status = "no_telephone", 422
    zh = "{name} 没有登记电话，请在后台“处置力量”中补登，或改用其他方式联系。"
    en = "No telephone is known for {name}. Add it under Responders in the administration, or reach them otherwise."


class ResponderNotAvailable(DomainError):
    code, status = "responder_not_available", 422
    zh = "所选人员不存在或已停用，请重新选择。"
    en = "This responder does not exist or is not active. Choose another."


class NotAResponder(DomainError):
    code, status = "not_a_responder", 403
    zh = "您的账号未登记为处置力量，不能上报位置，请联系网格管理员。"
    en = "Your account is not registered as a responder, so positions are not taken. Ask the grid administrator."


class PostHeld(DomainError):
    code, status = "post_held", 409
    zh = "该网格的“{post_name}”已是{holder}，请先解除后再任命。"
    en = "The post “{post}” of this grid is held by {holder}. Release it first."
