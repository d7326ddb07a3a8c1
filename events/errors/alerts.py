"""What is refused when an alert is decided or put aside, or its source taken out."""

from core.errors import DomainError


class AlertOpenAgain(DomainError):
    code, status = "alert_open_again", 409
    zh = "同一对象已有新的告警待核实，请直接处理新告警。"
    en = "A newer alert of the same subject is open. Deal with that one."


class RestoreTooLate(DomainError):
    code, status = "restore_too_late", 409
    zh = "误报判定已超过可撤销的时限，不能撤销。如情况属实请直接上报案件。"
    en = "It is too late to undo this dismissal. Report an event if it is true after all."


class ShelvingOutsideLimits(DomainError):
    code, status = "shelving_outside_limits", 422
    zh = "搁置时间须为 1 至 {longest} 分钟，请重新填写。"
    en = "An alert is shelved for 1 to {longest} minutes. Choose another time."


class AlertAlreadyShelved(DomainError):
    code, status = "alert_already_shelved", 409
    zh = "{by} 已将此告警搁置至 {until}；如需改变，请先取消搁置。"
    en = "{by} has shelved this alert until {until}. Take it off the shelf first to change that."


class AlertNotShelved(DomainError):
    code, status = "alert_not_shelved", 409
    zh = "此告警没有被搁置，可能已到时自动恢复，无需取消。"
    en = "This alert is not on the shelf; its time may be over. Nothing to take off."


class AlreadyOutOfService(DomainError):
    code, status = "already_out_of_service", 409
    zh = "{by} 已于 {since} 停用此告警源，无需重复停用。"
    en = "{by} took this source out of service at {since}. Nothing more to do."


class AcknowledgedAlone(DomainError):
    code, status = "acknowledged_alone", 409
    zh = "特急和紧急告警须逐条确认。"
    en = "Critical and urgent alerts are acknowledged one by one."
