"""Words after which somebody is told to call for help first. Pure; a site may keep its own list (`PublicRules`)."""

from typing import Any, Final

USUAL: Final[tuple[dict[str, Any], ...]] = (
    {
        "number": "119",
        "words": [
            *("起火", "着火", "火灾", "冒烟", "爆炸", "燃气泄漏", "煤气泄漏", "被困", "溺水"),
            *("on fire", "explosion", "gas leak", "drowning", "trapped"),
        ],
    },
    {
        "number": "110",
        "words": [
            *("打人", "斗殴", "持刀", "抢劫", "伤人", "砍人", "跳楼", "轻生"),
            *("robbery", "attacked", "stabbed", "fighting"),
        ],
    },
    {
        "number": "120",
        "words": [
            *("触电", "昏迷", "流血", "中毒", "晕倒", "心脏病", "受伤"),
            *("injured", "unconscious", "electrocuted", "bleeding"),
        ],
    },
)


def numbers_to_call(text: str, lists: list[dict[str, Any]]) -> list[str]:
    """The numbers whose words the text contains, in the order of the lists."""
    spoken = text.casefold()
    return [one["number"] for one in lists if any(str(word).casefold() in spoken for word in one["words"])]
