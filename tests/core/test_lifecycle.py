from dataclasses import dataclass

import pytest

from core.actor import SYSTEM, Actor
from core.errors import Forbidden, MoveNotAllowed, MoveNotAvailable
from core.lifecycle import Lifecycle, Transition

TABLE = Lifecycle(
    name="lamp",
    states={"on": ("亮", "on"), "off": ("灭", "off")},
    transitions=(
        Transition("switch_on", "开灯", "switch on", frozenset({"off"}), "on", frozenset({"acceptor"})),
        Transition("blow", "熔断", "blow", frozenset({"on"}), "off", frozenset({"system"})),
        Transition("dim", "调暗", "dim", frozenset({"on"}), "on", frozenset({"acceptor"}), available=False),
    ),
    role_names={"acceptor": "受理员"},
)
ACCEPTOR = Actor(user_id=1, name="李敏")


@dataclass
class Lamp:
    state: str = "off"
    version: int = 1


def test_a_move_changes_the_state_and_counts_the_version() -> None:
    lamp = Lamp()
    change = TABLE.apply("switch_on", lamp, actor=ACCEPTOR, roles={"acceptor"})
    assert (lamp.state, lamp.version, change.from_state, change.role) == ("on", 2, "off", "acceptor")


def test_a_move_out_of_another_state_is_refused() -> None:
    with pytest.raises(MoveNotAllowed):
        TABLE.apply("switch_on", Lamp(state="on"), actor=ACCEPTOR, roles={"acceptor"})


def test_a_role_that_may_not_is_told_which_role_may() -> None:
    with pytest.raises(Forbidden) as refusal:
        TABLE.apply("switch_on", Lamp(), actor=ACCEPTOR, roles={"leader"})
    assert "受理员" in refusal.value.detail("zh")


def test_the_system_moves_only_where_the_table_names_it() -> None:
    lamp = Lamp(state="on")
    assert TABLE.apply("blow", lamp, actor=SYSTEM).to_state == "off"
    with pytest.raises(Forbidden):
        TABLE.apply("switch_on", lamp, actor=SYSTEM)


def test_a_declared_move_that_is_not_open_is_refused() -> None:
    with pytest.raises(MoveNotAvailable):
        TABLE.apply("dim", Lamp(state="on"), actor=ACCEPTOR, roles={"acceptor"})
