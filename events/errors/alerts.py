"""What is refused when an alert is decided."""

from core.errors import DomainError


class AlertOpenAgain(DomainError):
    code, status = "alert_open_again", 409
    zh = "同一对象已有新的告警待核实，请直接处理新告警。"
    en = "A newer alert of the same subject is open. Deal with that one."


class RestoreTooLate(DomainError):
    code, status = "restore_too_late", 409
    zh = "误报判定已超过 24 小时，不能撤销。如情况属实请直接上报案件。"
    en = "A dismissal can be undone for 24 hours only. Report an event if it is true after all."
