"""The life of a draft of boundaries."""

from enum import StrEnum

from accounts.roles import ROLE_NAMES
from core.actor import SYSTEM_ROLE
from core.lifecycle import Lifecycle, Transition
from grids.models.draft import DraftState
from grids.policies import TREE_ROLES


class DraftMove(StrEnum):
    SUBMIT = "submit"
    TAKE_BACK = "take_back"
    RETURN = "return"
    APPROVE = "approve"
    PUBLISH = "publish"
    COME_INTO_FORCE = "come_into_force"
    WITHDRAW = "withdraw"


_ROLES = frozenset(str(role) for role in TREE_ROLES)
_D = DraftState


def _move(
    move: DraftMove, zh: str, en: str, sources: set[DraftState], target: DraftState, guard: str = "", *needs: str
) -> Transition:
    roles = frozenset({SYSTEM_ROLE}) if move == DraftMove.COME_INTO_FORCE else _ROLES | {SYSTEM_ROLE}
    return Transition(move, zh, en, frozenset(map(str, sources)), target, roles, guard, needs)


BOUNDARY_DRAFT = Lifecycle(
    name="boundary_draft",
    states={
        _D.DRAFT: ("草稿", "draft"),
        _D.SUBMITTED: ("送审", "in review"),
        _D.APPROVED: ("待生效", "approved, not yet in force"),
        _D.PUBLISHED: ("已发布", "published"),
        _D.WITHDRAWN: ("已作废", "withdrawn"),
    },
    transitions=(
        _move(DraftMove.SUBMIT, "送审", "submit for review", {_D.DRAFT}, _D.SUBMITTED, "no check that blocks"),
        _move(DraftMove.TAKE_BACK, "撤回送审", "take back", {_D.SUBMITTED}, _D.DRAFT, "who submitted it"),
        _move(DraftMove.RETURN, "退回修改", "return", {_D.SUBMITTED, _D.APPROVED}, _D.DRAFT, "somebody else", "reason"),
        _move(
            DraftMove.APPROVE,
            "审定待生效",
            "approve for a time",
            {_D.SUBMITTED},
            _D.APPROVED,
            "somebody else; no check that blocks; the time is to come",
            "effective_at",
        ),
        _move(
            DraftMove.PUBLISH,
            "发布",
            "publish",
            {_D.SUBMITTED, _D.APPROVED},
            _D.PUBLISHED,
            "somebody else; no check that blocks; no area changed since it was drafted",
        ),
        _move(
            DraftMove.COME_INTO_FORCE,
            "生效",
            "come into force",
            {_D.APPROVED},
            _D.PUBLISHED,
            "the time has come; no check that blocks; no area changed since it was drafted",
        ),
        _move(
            DraftMove.WITHDRAW,
            "作废",
            "withdraw",
            {_D.DRAFT, _D.SUBMITTED, _D.APPROVED},
            _D.WITHDRAWN,
            "",
            "reason",
        ),
    ),
    role_names=ROLE_NAMES,
)
