"""Why a drawing tool refuses, in words: what is wrong, and what to draw instead."""

WORDS: dict[str, tuple[str, str]] = {
    "line_crosses_itself": (
        "切分线自相交，请重画一条不打结的线。",
        "The line crosses itself. Draw one without loops.",
    ),
    "line_does_not_cross": (
        "切分线没有穿过区域，请从区域外一侧画到另一侧。",
        "The line does not cross the area. Draw it from one side to the other.",
    ),
    "not_neighbours": (
        "所选区域不相邻，只能合并有公共边界的区域。",
        "The areas are not neighbours. Only areas with a common border can be merged.",
    ),
    "nothing_left": (
        "新边界会使其中一个区域没有面积，请改用合并。",
        "This border would leave one of the areas without ground. Merge them instead.",
    ),
    "ring_invalid": ("画出的范围自相交，请移动交叉处的顶点。", "The outline crosses itself. Move the vertices there."),
    "outside_parent": (
        "画出的范围不在上级区域之内，请画在所属社区里。",
        "The outline lies outside the area above. Draw it inside the community.",
    ),
    "covers_whole_area": (
        "画出的范围会完全盖住“{name}”，请改用合并。",
        "The outline would cover all of “{name}”. Merge them instead.",
    ),
    "different_parents": (
        "所选区域不属于同一个上级，不能合并或移动公共边界。",
        "The areas do not belong to the same area above, so they cannot be merged or share a border here.",
    ),
    "has_parts": (
        "“{name}”下面还有区域，请先处理下级区域。",
        "“{name}” still has areas below it. Deal with those first.",
    ),
    "two_needed": ("请选择至少两个区域。", "Choose at least two areas."),
    "closed": ("“{name}”在草稿中已撤销。", "“{name}” is closed in this draft."),
    "numbers_used_up": ("编号已用完，请联系系统管理员。", "There are no numbers left."),
}
