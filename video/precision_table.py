"""The figures of a camera as its page in the admin shows them."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from video.shapes import CameraPrecision

COLUMNS = ("算法", "样本", "属实率", "下限（Wilson 95%）", "同算法全部摄像机", "要求", "自动判定")
WHY = {
    "off": "未启用",
    "stopped": "已自动停用",
    "no_scenario": "没有场景，由人核实",
    "about_person": "涉及对人的决定，由人作出",
    "suspected": "只报疑似，由人核实",
    "no_sample": "还没有样本",
    "too_few": "样本不足，由人核实",
    "below": "低于要求，由人核实",
}


def precision_table(figures: Sequence[CameraPrecision]) -> SafeString | str:
    """One row for each algorithm."""
    if not figures:
        return "没有算法在看"
    head = format_html_join("", '<th scope="col">{}</th>', ((name,) for name in COLUMNS))
    return format_html(
        "<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>",
        head,
        format_html_join("", "<tr>{}</tr>", ((_row(figure),) for figure in figures)),
    )


def _row(figure: CameraPrecision) -> SafeString:
    sample = f"{figure.sample}（属实 {figure.confirmed}，误报 {figure.dismissed}；近 {figure.days} 天）"
    whole = f"{_share(figure.whole_lower)}（样本 {figure.whole_sample}）"
    cells = (
        figure.name,
        sample,
        _share(figure.ratio),
        _share(figure.lower),
        whole,
        _share(figure.asked),
        in_words(figure),
    )
    return format_html_join("", "<td>{}</td>", ((cell,) for cell in cells))


def in_words(figure: CameraPrecision) -> str:
    """Whether the platform confirms what this camera finds, and which of its zones it leaves to people."""
    if figure.why_not:
        return WHY.get(figure.why_not, figure.why_not)
    if not figure.is_automatic:
        return "未启用"
    if figure.weak_zones:
        return f"启用；{'、'.join(figure.weak_zones)}明显偏低，由人核实"
    return "启用"


def _share(value: float | None) -> str:
    return "—" if value is None else f"{value:.1%}"
