"""The kinds of messages: their names, their texts in both languages, and by which channels they go unless somebody
wishes otherwise. The apps above register theirs at start-up.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

IN_APP: Final = "in_app"
SMTP: Final = "smtp"
SMS: Final = "sms"
PHONE: Final = "phone"
CHANNELS: Final = (IN_APP, SMTP, SMS, PHONE)


@dataclass(frozen=True)
class Kind:
    """`text_*` are filled with the notice's values. `is_public` kinds go to people outside, who choose nothing. A
    prompt one does not wait for the digest, because its clock runs already.
    """

    code: str
    zh: str
    en: str
    text_zh: str
    text_en: str
    channels: tuple[str, ...] = (IN_APP, SMTP)
    is_public: bool = False
    is_prompt: bool = False


class _Values(dict[str, Any]):
    """A value that is missing leaves a dash: an unfinished text is better than none."""

    def __missing__(self, key: str) -> str:
        return "—"


_kinds: dict[str, Kind] = {}


def register_kinds(kinds: Iterable[Kind]) -> None:
    _kinds.update({kind.code: kind for kind in kinds})


def kind_of(code: str) -> Kind:
    """The kind, or a bare one for a kind of an app that is gone."""
    return _kinds.get(code) or Kind(code, code, code, code, code, channels=(IN_APP,))


def staff_kinds() -> list[Kind]:
    return [kind for kind in _kinds.values() if not kind.is_public]


def is_staff_kind(code: str) -> bool:
    return code in _kinds and not _kinds[code].is_public


def text_of(code: str, values: Mapping[str, Any], language: str) -> str:
    kind = kind_of(code)
    template = kind.text_en if language == "en" else kind.text_zh
    return template.format_map(_Values(values))
