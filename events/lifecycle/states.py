"""The states of events: their names, the stages of the command loop they belong to, and what the public is told."""

from typing import Final

from events.lifecycle.rows import NEW

EVENT_STATES: Final = {
    NEW: ("新建", "new"),
    "reported": ("已上报", "reported"),
    "verifying": ("核实中", "verifying"),
    "filed": ("已立案", "filed"),
    "dispatched": ("待签收", "dispatched"),
    "returned": ("已回退", "returned"),
    "handling": ("处置中", "handling"),
    "suspended": ("挂账", "suspended"),
    "handled": ("已处置", "handled"),
    "checking": ("核查中", "checking"),
    "checked": ("待结案", "checked"),
    "closed": ("已结案", "closed"),
    "evaluated": ("已评价", "evaluated"),
    "rejected": ("不予受理", "rejected"),
    "merged": ("并案", "merged"),
    "cancelled": ("作废", "cancelled"),
}
STAGES: Final = {
    "reported": "discover",
    "verifying": "verify",
    "filed": "verify",
    "dispatched": "dispatch",
    "returned": "dispatch",
    "handling": "handle",
    "suspended": "handle",
    "handled": "feedback",
    "checking": "feedback",
    "checked": "feedback",
    "closed": "evaluate",
    "evaluated": "evaluate",
    "rejected": "ended",
    "merged": "ended",
    "cancelled": "ended",
}
PUBLIC_STAGES: Final = {
    "reported": "已上报",
    "verifying": "已上报",
    "filed": "已立案",
    "dispatched": "已派遣",
    "returned": "已派遣",
    "handling": "处置中",
    "suspended": "挂账",
    "handled": "已处置",
    "checking": "已处置",
    "checked": "已处置",
    "closed": "已结案",
    "evaluated": "已结案",
    "rejected": "不予受理",
    "merged": "并案",
    "cancelled": "作废",
}
OPEN_STATES: Final = tuple(state for state, stage in STAGES.items() if stage not in {"evaluate", "ended"})
CO_HANDLING: Final = ("dispatched", "handling")
"""States in which co-handling departments work: they need not wait until the lead has signed."""
MERGEABLE: Final = ("reported", "verifying", "filed", "dispatched", "returned")
