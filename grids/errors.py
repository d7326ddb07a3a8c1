"""What the division tree refuses, in words."""

from core.errors import DomainError, StaleVersion


class SelfCrossingBoundary(DomainError):
    code, status = "self_crossing_boundary", 422
    zh = "范围的边线在 ({lng:.5f}, {lat:.5f}) 附近自相交，请移动该处的顶点后重新提交。"
    en = "The outline crosses itself near ({lng:.5f}, {lat:.5f}). Move the vertices there and send again."


class DuplicateCode(DomainError):
    code, status = "duplicate_code", 409
    zh = "代码 {duplicate} 已被“{holder}”使用，请换一个代码。"
    en = "The code {duplicate} already belongs to “{holder}”. Choose another one."


class DraftNotOpen(DomainError):
    code, status = "draft_not_open", 409
    zh = "草稿 v{number} 当前为“{state_name}”，不能再修改。请先撤回或新建草稿。"
    en = "Draft v{number} is “{state}” and can no longer be changed. Take it back first, or begin a new one."


class DraftMovedOn(StaleVersion):
    zh = "草稿已由 {by} 修改到第 {current_version} 次修订，您的这一步没有写入。请查看最新草稿后再操作。"
    en = "{by} changed this draft meanwhile (revision {current_version}); your step was not written. Look, act again."


class DraftConflict(DomainError):
    """Areas changed in the published tree since the draft took them up; `conflicts` names each."""

    code, status = "draft_conflict", 409
    zh = "有 {count} 个区域在本草稿之后已被更新（{names}），发布已停止，双方的修改都还在。请逐个选择保留哪一方。"
    en = (
        "{count} areas were changed after this draft took them up ({names}). Nothing was published and nothing is "
        "lost: choose for each which side stays."
    )


class DraftBlocked(DomainError):
    """Checks that block publishing found something; `findings` counts them by kind."""

    code, status = "draft_blocked", 409
    zh = "检查发现 {count} 处必须先处理的问题，请在右侧检查列表中逐条处理。"
    en = "The checks found {count} things that must be settled first. See the list of checks."


class NothingDrafted(DomainError):
    code, status = "nothing_drafted", 409
    zh = "草稿中没有任何变更，无需送审。"
    en = "The draft changes nothing, so there is nothing to review."


class OwnDraft(DomainError):
    code, status = "own_draft", 403
    zh = "送审人不能审定自己的草稿，请由另一位网格管理员审核。"
    en = "Who submitted a draft does not approve it. Ask another grid administrator."


class CannotDrawThis(DomainError):
    """A tool of the editor cannot do what was asked; `reason` is the stable word."""

    code, status = "cannot_draw", 422
    zh = "{said_zh}"
    en = "{said_en}"


class NothingToUndo(DomainError):
    code, status = "nothing_to_undo", 409
    zh = "没有可以撤销的步骤。"
    en = "There is nothing to undo."


class UndoOfAnother(DomainError):
    code, status = "undo_of_another", 409
    zh = "最后一步是 {by} 做的，请与对方确认后再处理。"
    en = "The last step was made by {by}. Agree with them first."


class UnitGridTaken(DomainError):
    code, status = "unit_grid_taken", 409
    zh = "单元网格 {unit_grid} 已属于责任网格“{holder}”，请先从该责任网格移出。"
    en = "Unit grid {unit_grid} already belongs to “{holder}”. Take it out there first."


class ZonesOverlap(DomainError):
    code, status = "zones_overlap", 409
    zh = "与专属网格“{holder}”重叠 {square_metres:.0f} m²，请调整范围。"
    en = "It overlaps “{holder}” by {square_metres:.0f} m². Change its outline."
