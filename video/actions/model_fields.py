"""What may be told of a model: each field with what is wrong about it in words."""

import re
from collections.abc import Mapping
from typing import Any

from core.errors import Invalid
from video.detectors.layouts import Layout
from video.detectors.manifest import read_manifest
from video.detectors.wrapping import COLOURS, SCALES
from video.models import OwnModel

_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{1,58}[a-z0-9]")
_WORD = re.compile(r"[a-z][a-z0-9_]{0,39}")
_MOST_LABELS = 400
_FIELDS = (
    "name layout colour scale height width threshold stretched calibrate licence origin labels".split()  # noqa: SIM905
)


def checked_fields(model: OwnModel, values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of `values` as they are stored. Raises Invalid with every field that is wrong."""
    found = {field: values[field] for field in _FIELDS if field in values}
    whole = {field: found.get(field, getattr(model, field)) for field in _FIELDS}
    problems = [problem for problem in _problems(model, whole) if problem]
    if problems:
        raise Invalid(errors=problems)
    return found


def _problems(model: OwnModel, values: Mapping[str, Any]) -> list[dict[str, str] | None]:
    labels = [word for word in values["labels"] if word]
    return [
        _unless(
            _NAME.fullmatch(values["name"]),
            ("name", "invalid", "名称用小写字母、数字、点和连字符，3–60 个字符。"),
            "The name has 3 to 60 characters: small letters, digits, dots and hyphens.",
        ),
        _unless(
            values["name"] not in {entry.name for entry in read_manifest()}
            and not OwnModel.objects.filter(name=values["name"]).exclude(pk=model.pk).exists(),
            ("name", "duplicate", "已有同名模型，请换一个名称。"),
            "There is a model of that name. Choose another one.",
        ),
        _unless(
            labels and len(values["labels"]) <= _MOST_LABELS and all(_WORD.fullmatch(word) for word in labels),
            (
                "labels",
                "invalid",
                "类别词按模型输出的顺序填写，用小写英文（如 person、car）；不用的留空，至少一个。",
            ),
            "Give the words of the classes in the model's order, in small letters (person, car); leave those that are "
            "not used empty. At least one is needed.",
        ),
        _unless(
            len(set(labels)) == len(labels),
            ("labels", "duplicate", "同一个类别词出现了两次。"),
            "A word stands twice.",
        ),
        _unless(
            values["licence"].strip(),
            ("licence", "required", "请填写许可证；不清楚来源的模型不应使用。"),
            "Name the licence. A model whose licence is not known should not be used.",
        ),
        _unless(
            values["layout"] in ("", *Layout),
            ("layout", "unknown_choice", "不认识的输出布局。"),
            "An unknown layout.",
        ),
        _unless(
            values["colour"] in ("", *COLOURS) and values["scale"] in ("", *SCALES),
            ("colour", "unknown_choice", "不认识的像素取法。"),
            "An unknown way to read pixels.",
        ),
        _unless(
            all(32 <= values[side] <= 2048 and values[side] % 32 == 0 for side in ("height", "width")),
            ("height", "out_of_range", "输入的高和宽应为 32 的倍数，32–2048。"),
            "Height and width are multiples of 32 within 32 to 2048.",
        ),
        _unless(
            0.05 <= values["threshold"] <= 0.95,
            ("threshold", "out_of_range", "最低置信度应在 0.05–0.95 之间。"),
            "The least confidence is within 0.05 to 0.95.",
        ),
    ]


def _unless(holds: object, field: tuple[str, str, str], en: str) -> dict[str, str] | None:
    if holds:
        return None
    name, code, zh = field
    return {"field": name, "code": code, "message_zh": zh, "message_en": en}
