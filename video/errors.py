"""What the eyes refuse, in words."""

from core.errors import DomainError, Invalid


class SelfCrossingZone(DomainError):
    code, status = "self_crossing_boundary", 422
    zh = "监测区域的边线自相交，请移动顶点后重新提交。"
    en = "The zone's outline crosses itself. Move its corners and send again."


class StillNotThere(DomainError):
    code, status = "not_found", 404
    zh = "该摄像机还没有画面，请稍后重试。"
    en = "This camera has no picture yet. Try again in a moment."


def invalid(field: str, code: str, zh: str, en: str) -> Invalid:
    """One wrong field, in both languages."""
    return Invalid(errors=[{"field": field, "code": code, "message_zh": zh, "message_en": en}])
