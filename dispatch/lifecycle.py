"""The states of a field task and the moves between them, as data."""

from typing import Final

from accounts.roles import ROLE_NAMES, Role
from core.actor import SYSTEM_ROLE
from core.lifecycle import Lifecycle, Transition

ASSIGNEE: Final = "assignee"
"""The post of the one who holds the task; nobody else moves it."""
SUBJECT: Final = "subject"
"""The owner of what the task is about; it has already decided who may call its tasks off."""

DESKS: Final = frozenset({str(Role.DISPATCHER), str(Role.DUTY_CHIEF)})
"""Seats that hear by telephone or radio that somebody has arrived, and record it."""

OPEN_STATES: Final = ("issued", "seen", "accepted", "arrived")
ENDED_STATES: Final = ("done", "refused", "timed_out", "withdrawn")


class Move:
    SEE: Final = "see"
    ACCEPT: Final = "accept"
    ARRIVE: Final = "arrive"
    REPORT_ARRIVAL: Final = "report_arrival"
    DONE: Final = "done"
    REFUSE: Final = "refuse"
    TIME_OUT: Final = "time_out"
    WITHDRAW: Final = "withdraw"


def _row(
    move: str,
    zh: str,
    en: str,
    sources: tuple[str, ...],
    target: str,
    role: str = ASSIGNEE,
    guard: str = "",
    needs: tuple[str, ...] = (),
) -> Transition:
    return Transition(move, zh, en, frozenset(sources), target, frozenset({role}), guard, needs)


FIELD_TASK = Lifecycle(
    name="field_task",
    states={
        "issued": ("已下达", "issued"),
        "seen": ("已查看", "seen"),
        "accepted": ("已接受", "accepted"),
        "arrived": ("已到场", "arrived"),
        "done": ("已完成", "done"),
        "refused": ("已拒绝", "refused"),
        "timed_out": ("已超时", "timed out"),
        "withdrawn": ("已撤回", "withdrawn"),
    },
    transitions=(
        _row(Move.SEE, "查看", "see", ("issued",), "seen"),
        _row(Move.ACCEPT, "接受", "accept", ("issued", "seen"), "accepted"),
        _row(
            Move.ARRIVE,
            "到场签到",
            "sign in on arrival",
            ("accepted",),
            "arrived",
            guard="定位在任务地点的签到范围内",
            needs=("lng", "lat", "accuracy_m"),
        ),
        Transition(
            Move.REPORT_ARRIVAL,
            "代报到场",
            "report the arrival",
            frozenset({"issued", "seen", "accepted"}),
            "arrived",
            DESKS,
            "承办人电话或电台报到；有新近定位的须在签到范围内，核实和核查须有定位",
        ),
        _row(
            Move.DONE,
            "完成",
            "finish",
            ("accepted", "arrived"),
            "done",
            guard="需到场的任务须先签到",
            needs=("passed", "note", "attachment_ids", "lng", "lat", "accuracy_m"),
        ),
        _row(Move.REFUSE, "拒绝", "refuse", OPEN_STATES, "refused", guard="说明理由", needs=("reason",)),
        _row(Move.TIME_OUT, "超时", "time out", OPEN_STATES, "timed_out", SYSTEM_ROLE, guard="时限已过"),
        Transition(
            Move.WITHDRAW,
            "撤回",
            "withdraw",
            frozenset(OPEN_STATES),
            "withdrawn",
            frozenset({SUBJECT, SYSTEM_ROLE}),
            "案件已变更或结束",
            ("reason",),
        ),
    ),
    role_names={**ROLE_NAMES, ASSIGNEE: "任务承办人", SUBJECT: "案件经办人", SYSTEM_ROLE: "系统"},
)
