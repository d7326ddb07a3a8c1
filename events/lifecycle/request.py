"""Every move of a request 申请单."""

from typing import Final

from accounts.roles import Role
from core.actor import SYSTEM_ROLE
from core.lifecycle import Lifecycle
from events.lifecycle.holders import ASKER, CHIEF, CO_HANDLER, DISPATCHER, NAMES, OWNER_OF_LEG
from events.lifecycle.rows import NEW, row
from events.moves import RequestMove

REQUEST = Lifecycle(
    name="request",
    states={
        NEW: ("新建", "new"),
        "requested": ("待审核", "requested"),
        "endorsed": ("待批准", "endorsed"),
        "granted": ("已批准", "granted"),
        "refused": ("不同意", "refused"),
        "withdrawn": ("已撤回", "withdrawn"),
        "lapsed": ("已失效", "lapsed"),
    },
    role_names=NAMES,
    transitions=(
        row(RequestMove.ASK, "申请", "ask", NEW, None, (OWNER_OF_LEG, CO_HANDLER, DISPATCHER, CHIEF),
            "说明理由；处置人员的延期、挂账申请先由部门审核"),
        row(RequestMove.ENDORSE, "审核同意", "endorse", "requested", "endorsed", Role.DEPARTMENT_DESK,
            "处置人员的申请先由部门审核", ("note",)),
        row(RequestMove.GRANT, "批准", "grant", "endorsed", "granted",
            (DISPATCHER, CHIEF, Role.LEADER, Role.ASSESSOR), "由该类申请的批准岗位", ("note",)),
        row(RequestMove.REFUSE, "不同意", "refuse", "requested", "refused", Role.DEPARTMENT_DESK,
            "说明理由", ("reason",)),
        row(RequestMove.REFUSE, "不同意", "refuse", "endorsed", "refused",
            (DISPATCHER, CHIEF, Role.LEADER, Role.ASSESSOR), "由该类申请的批准岗位，说明理由", ("reason",)),
        row(RequestMove.WITHDRAW, "撤回", "withdraw", ("requested", "endorsed"), "withdrawn", ASKER,
            "由申请人撤回"),
        row(RequestMove.LAPSE, "失效", "lapse", ("requested", "endorsed"), "lapsed", SYSTEM_ROLE,
            "案件结束、转出或离开该状态，或协办工单已了结"),
    ),
)  # fmt: skip
OPEN_REQUEST_STATES: Final = ("requested", "endorsed")
