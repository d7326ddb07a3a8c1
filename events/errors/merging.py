"""What is refused when one event is to follow another."""

from core.errors import DomainError


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
