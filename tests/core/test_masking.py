"""What a screen in public view says of people."""

import pytest

from core.live.audience import text_for
from core.live.publish import IN_PUBLIC, REGISTRY
from core.live.stream import Entry, entry_of
from core.masking import masked_name, without_numbers


@pytest.mark.parametrize(("name", "shown"), [("张红", "张*"), ("欧阳若男", "欧**"), ("Jane", "J***"), ("", "")])
def test_of_a_name_the_surname_is_left(name: str, shown: str) -> None:
    assert masked_name(name) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("请联系13800001234处理", "请联系***处理"),
        ("电话 025-84441234", "电话 ***"),
        ("证件 32010519900101123X 遗失", "证件 *** 遗失"),
        ("3号楼 1201 室积水 32cm", "3号楼 1201 室积水 32cm"),
    ],
)
def test_numbers_that_lead_to_a_person_are_taken_out(text: str, shown: str) -> None:
    assert without_numbers(text) == shown


def entry(kind: str, payload: str) -> Entry:
    fields = {
        "e": "e",
        "t": kind,
        "k": "x",
        "s": "1",
        "at": "2026-11-22T00:00:00Z",
        "p": payload,
        "b": "[]",
        "a": '["area:c"]',
    }
    return entry_of("1-1", fields)


def test_an_update_that_says_nothing_about_public_view_stays_off_the_wall() -> None:
    told = text_for(entry("order.changed", '{"id":1}'), frozenset({"area:c", IN_PUBLIC}), REGISTRY)
    assert told is None


def test_a_screen_in_public_view_gets_the_event_without_the_person() -> None:
    row = '{"title":"找13800001234","address":"1号","taken_by":{"id":1,"name":"李敏"}}'
    payload = f'{{"id":1,"version":2,"change":"take","row":{row}}}'
    told = text_for(entry("event.changed", payload), frozenset({"area:c", IN_PUBLIC}), REGISTRY) or ""
    assert "13800001234" not in told
    assert "李敏" not in told
    assert '"title":"找***"' in told
    assert "李敏" in (text_for(entry("event.changed", payload), frozenset({"area:c"}), REGISTRY) or "")
