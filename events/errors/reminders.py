"""What is refused when somebody answers a reminder."""

from core.errors import DomainError


class ReminderSettled(DomainError):
    code, status = "reminder_settled", 409
    zh = "该催督办已回复或已了结，无需再次回复。{by}"
    en = "This reminder has been answered or settled already. {by}"


class NotAddressed(DomainError):
    code, status = "not_addressed", 403
    zh = "该催督办由{unit}回复，您不能代为回复。"
    en = "This reminder is addressed to {unit}: they reply to it."
