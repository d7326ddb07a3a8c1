"""Domain errors: a stable code, an HTTP status, and words in both languages that say what to do next."""

from typing import Any, ClassVar, Literal

Language = Literal["zh", "en"]


class DomainError(Exception):
    """The base of every refusal. Subclasses set `code`, `status` and the texts; `extra` fills the texts' fields.

    `zh` and `en` are format strings over `extra`: what is wrong, then what the person can do.
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 409
    zh: ClassVar[str] = "操作被拒绝，请刷新后重试。"
    en: ClassVar[str] = "The operation was refused. Reload and try again."

    def __init__(self, **extra: Any) -> None:
        self.extra = extra
        super().__init__(f"{self.code}: {self.detail('en')}")

    def detail(self, language: Language) -> str:
        return (self.zh if language == "zh" else self.en).format(**self.extra)


class NotFound(DomainError):
    code, status = "not_found", 404
    zh = "没有找到，或您无权查看。请返回列表刷新后重试。"
    en = "Not found, or outside what you may see. Go back to the list and reload."


class Forbidden(DomainError):
    code, status = "forbidden", 403
    zh = "当前岗位不能进行此操作，需要：{roles}。"
    en = "Your role does not allow this. Needed: {roles}."


class StaleVersion(DomainError):
    code, status = "stale_version", 409
    zh = "内容已被他人更新，请查看最新内容后再操作。"
    en = "Somebody changed this meanwhile. Look at the newest state, then act again."


class AlreadyTaken(DomainError):
    code, status = "already_taken", 409
    zh = "{by} 已于 {at} 处理，无需重复操作。"
    en = "{by} already did this at {at}. Nothing more to do."


class MoveNotAllowed(DomainError):
    code, status = "move_not_allowed", 409
    zh = "“{state_name}”状态下不能“{move_name}”。请刷新查看当前可用的操作。"
    en = "“{move}” is not possible in state “{state}”. Reload to see what is possible now."


class MoveNotAvailable(DomainError):
    code, status = "move_not_available", 409
    zh = "“{move_name}”在本版本尚未开放，请使用其他操作。"
    en = "“{move}” is not open in this release. Use another move."


class Invalid(DomainError):
    """Input that breaks a rule; `errors` is a list of {field, code, message_zh, message_en}."""

    code, status = "invalid", 422
    zh = "填写的内容有误，请按提示修改后重新提交。"
    en = "Some input is not valid. Correct the marked fields and send again."


class OutsideDivisionTree(DomainError):
    code, status = "outside_division_tree", 422
    zh = "该位置不在辖区范围内，请在地图上重新选点。"
    en = "This point lies outside the district. Choose another point on the map."


class IdempotencyInProgress(DomainError):
    code, status = "idempotency_in_progress", 409
    zh = "同一请求正在处理，请稍候。"
    en = "The same request is still being processed. Wait a moment."


class IdempotencyMismatch(DomainError):
    code, status = "idempotency_mismatch", 422
    zh = "同一请求编号对应了不同内容，请重新提交。"
    en = "This idempotency key was used for other content. Send again with a new key."


class InvalidCursor(DomainError):
    code, status = "invalid_cursor", 400
    zh = "分页位置无效，请从第一页重新加载。"
    en = "The page position is not valid. Load again from the first page."
