"""What is refused when an event is to go to another centre."""

from core.errors import DomainError


class NoUpperCentre(DomainError):
    code, status = "no_upper_centre", 409
    zh = "“{unit}”没有可上报的上级中心，请直接处理或联系系统管理员。"
    en = "There is no such centre above {unit}. Deal with the event here, or ask an administrator."


class NotALowerCentre(DomainError):
    code, status = "not_a_lower_centre", 422
    zh = "所选机构不是管辖该位置的下级中心，或已停用，请重新选择。"
    en = "This is not an active centre below yours that answers for the place. Choose another."


class HandedBackBefore(DomainError):
    code, status = "handed_back_before", 409
    zh = "下派的案件只能退回一次，请在本级办理。"
    en = "What was assigned down can be handed back once only. Deal with it here."
