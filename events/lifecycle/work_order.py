"""Every move of a department's leg."""

from typing import Final

from core.actor import SYSTEM_ROLE
from core.lifecycle import Lifecycle
from events.lifecycle.holders import CHIEF, CO_HANDLER, DISPATCHER, NAMES, OWNER_OF_LEG
from events.lifecycle.rows import NEW, row
from events.moves import OrderMove

WORK_ORDER = Lifecycle(
    name="work_order",
    states={
        NEW: ("新建", "new"),
        "issued": ("待签收", "issued"),
        "signed": ("处置中", "signed"),
        "assigned": ("队伍处置中", "assigned"),
        "done": ("已办结", "done"),
        "returned": ("已回退", "returned"),
        "waived": ("免办", "waived"),
        "withdrawn": ("已撤回", "withdrawn"),
    },
    role_names=NAMES,
    transitions=(
        row(OrderMove.ISSUE, "派遣", "issue", NEW, "issued", (DISPATCHER, CHIEF, OWNER_OF_LEG, SYSTEM_ROLE)),
        row(OrderMove.SIGN, "签收", "sign", "issued", "signed", (OWNER_OF_LEG, CO_HANDLER)),
        row(OrderMove.ASSIGN, "二级派遣", "assign", ("signed", "assigned"), "assigned", (OWNER_OF_LEG, CO_HANDLER),
            "", ("assignee_id", "note")),
        row(OrderMove.GIVE_BACK, "退回部门", "give back", "assigned", "signed", SYSTEM_ROLE,
            "队伍拒绝、超时或未能办结"),
        row(OrderMove.FINISH, "反馈", "finish", ("signed", "assigned"), "done", (OWNER_OF_LEG, CO_HANDLER), "",
            ("note", "attachment_ids")),
        row(OrderMove.RETURN, "回退", "return", ("issued", "signed", "assigned"), "returned",
            (OWNER_OF_LEG, CO_HANDLER), "", ("reason", "attachment_ids")),
        row(OrderMove.REISSUE, "驳回回退", "refuse return", "returned", "issued", (DISPATCHER, CHIEF)),
        row(OrderMove.WAIVE, "免办", "waive", ("issued", "signed", "assigned", "returned"), "waived",
            (OWNER_OF_LEG, DISPATCHER)),
        row(OrderMove.REWORK, "返工", "rework", "done", "signed", SYSTEM_ROLE, "核查未通过或反馈被驳回"),
        row(OrderMove.WITHDRAW, "撤回", "withdraw", ("issued", "signed", "assigned", "returned"), "withdrawn",
            SYSTEM_ROLE, "案件撤回或结束"),
    ),
)  # fmt: skip
OPEN_ORDER_STATES: Final = ("issued", "signed", "assigned")
HELD_ORDER_STATES: Final = ("issued", "signed", "assigned", "done")
"""States in which a leg gives its department sight of the event."""
