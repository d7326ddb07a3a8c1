"""Which findings are judged as one."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from video.rules.bursts import BURST, Found, bursts

BEGIN = datetime(2026, 11, 22, 8, tzinfo=UTC)
findings = st.lists(
    st.builds(
        lambda number, place, level, began, lasted: Found(
            number, place, level, BEGIN + timedelta(seconds=began), BEGIN + timedelta(seconds=began + lasted)
        ),
        st.integers(1, 10_000),
        st.sampled_from("abc"),
        st.integers(1, 4),
        st.integers(0, 20_000),
        st.integers(0, 2_000),
    ),
    max_size=40,
    unique_by=lambda one: one.id,
)


@given(findings)
def test_every_finding_is_in_exactly_one_burst_of_its_own_place(found: list[Found]) -> None:
    grouped = bursts(found)
    assert sorted(one.id for burst in grouped for one in burst) == sorted(one.id for one in found)
    assert all(len({one.place for one in burst}) == 1 for burst in grouped)


@given(findings)
def test_neighbours_in_a_burst_are_close_and_bursts_of_a_place_are_apart(found: list[Found]) -> None:
    for burst in bursts(found):
        for number, one in enumerate(burst[1:], 1):
            assert one.began - max(each.ended for each in burst[:number]) <= BURST
        for other in bursts(found):
            if other[0].place == burst[0].place and other[0].began > burst[0].began:
                assert other[0].began - max(each.ended for each in burst) > BURST


@given(findings)
def test_the_most_urgent_burst_comes_first(found: list[Found]) -> None:
    levels = [min(one.level for one in burst) for burst in bursts(found)]
    assert levels == sorted(levels)
