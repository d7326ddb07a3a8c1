"""What the eyes refuse, in words."""

from typing import Self

from core.errors import DomainError, Invalid
from video.rules.health import read_reasons


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


class NotWatching(DomainError):
    code, status = "not_watching", 409
    zh = "请先打开该摄像机的画面再转动云台。"
    en = "Open the camera's picture before you turn it."


class HeldByAnother(DomainError):
    """`holder` turns it now; `seconds` until it is free if nothing more is done."""

    code, status = "turned_by_another", 409
    zh = "{holder} 正在操作该云台，停止操作 {seconds} 秒后可用。"
    en = "{holder} is turning this camera. It is free {seconds} s after the last step."


class DoesNotTurn(DomainError):
    code, status = "does_not_turn", 409
    zh = "该摄像机没有登记云台，不能转动。有云台的，请管理员在摄像机设置中登记。"
    en = (
        "No head is registered for this camera. If it has one, have an administrator enter it in the camera's settings."
    )


class HeadSwitchedOff(DomainError):
    code, status = "head_switched_off", 409
    zh = "该摄像机或其视频平台已停用，不能转动。请管理员启用后再试。"
    en = "This camera, or the platform it stands behind, is switched off and is not turned. Have it switched on first."


class HeadMasked(DomainError):
    code, status = "head_masked", 409
    zh = "该摄像机设有隐私遮挡，不能转动：画面一动，遮挡就不再盖住原处。确需转动的，请管理员先删除遮挡。"
    en = (
        "This camera has a privacy mask and is not turned: its mask would no longer cover what it hides. "
        "If it must turn, have an administrator remove the mask first."
    )


class PresetNameTaken(DomainError):
    code, status = "preset_name_taken", 409
    zh = "您已有名为“{name}”的预案布局，请换一个名称。"
    en = "You already have an arrangement called “{name}”. Choose another name."


class TooManyPresets(DomainError):
    code, status = "too_many_presets", 409
    zh = "每人最多保存 {most} 个预案布局，请先删除不用的。"
    en = "A person keeps at most {most} arrangements. Delete one that you do not use."


class ModelTooLarge(DomainError):
    code, status = "model_too_large", 413
    zh = "模型文件超过上限 {limit} MB，未接收。请导出更小的模型，或由管理员调高 MODEL_UPLOAD_MEGABYTES。"
    en = (
        "The model file is larger than {limit} MB and was not taken. "
        "Export a smaller one, or have MODEL_UPLOAD_MEGABYTES raised."
    )


class ModelRefused(DomainError):
    """`reason` says why: pickle_inside, not_onnx, nothing_sent, cut_off; the page has words for each."""

    code, status = "model_refused", 422
    zh = "该文件不能作为模型使用：{detail}。请导出为 ONNX（单个文件、不含外部数据）后重新上传。"
    en = "This file cannot be used as a model: {detail}. Export it as ONNX, in one file, and send it again."

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(reason=reason, detail=detail)


class ModelMissing(DomainError):
    code, status = "missing_model", 409
    zh = "所需模型尚未就绪：{detail_text}。"
    en = "A model that this needs is not ready: {detail_text}."


class AlreadyOnTrial(DomainError):
    code, status = "model_on_trial", 409
    zh = "该摄像机上已有一个模型在试运行，请先结束它。"
    en = "A model is on trial on this camera already. End that trial first."


class PlatesNotAsked(DomainError):
    """Plates are read for enforcement only; everything else gets no plate, whoever asks."""

    code, status = "plates_not_asked", 403
    zh = "“{kind}”不是执法类案件类型，不识读车牌。"
    en = "“{kind}” is not an enforcement type: plates are not read for it."


class GatewayInUse(DomainError):
    code, status = "gateway_in_use", 409
    zh = "仍有 {count} 台摄像机接在该平台上，请先移走或删除这些摄像机。"
    en = "{count} cameras still stand behind this platform. Move or remove them first."


class GatewayTrouble(DomainError):
    """A platform or camera that was asked and gave no proper answer; `reason` says which, `said` its own words."""

    code, status = "gateway_trouble", 424
    zh = "{name_zh}。{remedy_zh}。（{said}）"
    en = "{name_en}. {remedy_en}. ({said})"

    @classmethod
    def of(cls, reason: str, said: str) -> Self:
        known = read_reasons().get(reason)
        unknown = _REFUSED if reason == "device_refuses" else _NOT_SUPPORTED
        name, remedy = (known.name, known.remedy) if known else unknown
        return cls(
            reason=reason,
            said=said,
            name_zh=name["zh"],
            name_en=name["en"],
            remedy_zh=remedy["zh"],
            remedy_en=remedy["en"],
        )


_REFUSED = (
    {"zh": "设备拒绝了该操作", "en": "The device refuses this"},
    {
        "zh": "可能已到尽头、预置位不存在或设备正忙，请换个方向或稍后再试",
        "en": "It may be at its end, lack the preset or be busy: try another direction, or again",
    },
)
_NOT_SUPPORTED = (
    {"zh": "该摄像机不支持此操作", "en": "The camera cannot do this"},
    {"zh": "请在摄像机或其平台上操作", "en": "Use the camera or its platform itself"},
)


class NoGroundThere(DomainError):
    code, status = "no_ground_there", 422
    zh = "画面上的这一点推算不出地面位置：它在地平线以上，或该摄像机尚未标定。"
    en = "No ground can be worked out for this point: it lies above the horizon, or the camera is not calibrated."


class NeedsPictures(DomainError):
    code, status = "needs_pictures", 422
    zh = "“{algorithm}”的这种判定方式要比对画面，而平台只保留目标框、不保留画面，因此不能回放。可改为试运行。"
    en = "This way of “{algorithm}” compares pictures, and only boxes are kept. It cannot be replayed; put it on trial."


class NothingKept(DomainError):
    code, status = "nothing_kept", 409
    zh = "这段时间没有保留该摄像机的检测记录，不能回放。请等它分析一段时间，或检查保留天数的设置。"
    en = "Nothing is kept of what this camera saw in this time. Let it watch for a while, or check how long it is kept."


class ReplayRunning(DomainError):
    code, status = "replay_running", 409
    zh = "该摄像机已有一项回放正在进行，请等它完成或取消后再试。"
    en = "A replay of this camera is running. Wait for it, or cancel it, and try again."


class NotOnTrial(DomainError):
    code, status = "not_on_trial", 409
    zh = "该区域不在试运行中，可能已被他人启用。请刷新查看。"
    en = "This zone is not on trial: somebody may have switched it on. Reload to see."


class FiguresNotThere(DomainError):
    code, status = "figures_not_there", 503
    zh = "暂时读不到分析进程的运行指标（Redis 无应答）。摄像机仍在被分析，请稍后再试。"
    en = "The workers' figures cannot be read now (Redis does not answer). Cameras are watched all the same; try again."


def invalid(field: str, code: str, zh: str, en: str) -> Invalid:
    """One wrong field, in both languages."""
    return Invalid(errors=[{"field": field, "code": code, "message_zh": zh, "message_en": en}])
