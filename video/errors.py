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


class PurposeNeeded(DomainError):
    code, status = "purpose_needed", 422
    zh = "查看该来源的视频需要填写事由，或从案件中打开。"
    en = "Pictures of this source are watched for a purpose: say which, or open it from an event."


class ViewingOver(DomainError):
    code, status = "viewing_over", 409
    zh = "本次查看已结束，请重新打开画面。"
    en = "This viewing is over. Open the picture again."


class PresetNameTaken(DomainError):
    code, status = "preset_name_taken", 409
    zh = "您已有名为“{name}”的预案布局，请换一个名称。"
    en = "You already have an arrangement called “{name}”. Choose another name."


class TooManyPresets(DomainError):
    code, status = "too_many_presets", 409
    zh = "每人最多保存 {most} 个预案布局，请先删除不用的。"
    en = "A person keeps at most {most} arrangements. Delete one that you do not use."


def invalid(field: str, code: str, zh: str, en: str) -> Invalid:
    """One wrong field, in both languages."""
    return Invalid(errors=[{"field": field, "code": code, "message_zh": zh, "message_en": en}])
