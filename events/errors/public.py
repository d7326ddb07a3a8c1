"""What the public is refused, and those who sift its reports."""

from core.errors import DomainError


class ProofNeeded(DomainError):
    code, status = "proof_needed", 409
    zh = "提交凭证已失效，页面会自动重新获取，请再次提交；已填写的内容不会丢失。"
    en = "The page's permit to send has run out. It gets another by itself: send again, nothing is lost."


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
