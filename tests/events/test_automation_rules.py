"""The measure above which a machine's findings need no person, and its rehearsal on the past."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.rules.automation import (
    Figure,
    Limits,
    Past,
    Why,
    is_weaker,
    least_sample_for,
    rehearse,
    shortfall,
    wilson,
)

START = datetime(2026, 9, 1, tzinfo=UTC)
counts = st.integers(0, 3000)


@pytest.mark.parametrize(
    ("confirmed", "dismissed", "lower", "upper"),
    [
        (10, 0, 0.7225, 1.0),
        (1000, 0, 0.9962, 1.0),
        (95, 5, 0.8882, 0.9785),
        (0, 10, 0.0, 0.2775),
        (81, 182, 0.2553, 0.3662),  # Newcombe 1998, table I
    ],
)
def test_the_interval_is_the_one_of_the_literature(confirmed: int, dismissed: int, lower: float, upper: float) -> None:
    assert wilson(Figure(confirmed, dismissed)) == pytest.approx((lower, upper), abs=6e-5)


@given(counts, counts)
def test_the_share_lies_in_its_interval(confirmed: int, dismissed: int) -> None:
    lower, upper = wilson(Figure(confirmed, dismissed))
    share = Figure(confirmed, dismissed).ratio
    assert 0 <= lower <= upper <= 1
    assert share is None or lower - 1e-12 <= share <= upper + 1e-12


@given(counts, st.integers(1, 3000))
def test_one_more_dismissal_never_raises_the_bound(confirmed: int, dismissed: int) -> None:
    assert wilson(Figure(confirmed, dismissed))[0] <= wilson(Figure(confirmed, dismissed - 1))[0] or confirmed == 0


@given(st.floats(0.501, 0.999))
def test_the_least_sample_is_the_first_that_reaches_the_precision(precision: float) -> None:
    needed = least_sample_for(precision)
    assert wilson(Figure(needed, 0))[0] >= precision - 1e-9
    assert wilson(Figure(needed - 1, 0))[0] < precision


def test_what_a_figure_lacks_is_named() -> None:
    assert shortfall(Figure(), precision=0.9, sample=10) is Why.NO_SAMPLE
    assert shortfall(Figure(9, 0), precision=0.6, sample=10) is Why.TOO_FEW
    assert shortfall(Figure(30, 0), precision=0.95, sample=10) is Why.BELOW
    assert shortfall(Figure(100, 0), precision=0.95, sample=10) is None


def test_a_camera_is_weaker_only_where_that_is_sure() -> None:
    assert is_weaker(Figure(0, 1), precision=0.95)
    assert is_weaker(Figure(2, 8), precision=0.95)
    assert not is_weaker(Figure(3, 1), precision=0.95)
    assert not is_weaker(Figure(), precision=0.95)


def finding(number: int, *, hours: float, verdict: bool | None, after: float = 0.5) -> Past:
    at = START + timedelta(hours=hours)
    return Past(number, at, at + timedelta(hours=after) if verdict is not None else None, verdict)


def told(past: list[Past], *, since: datetime = START, percent: int = 1, window_days: int = 30, sample: int = 10):
    return rehearse(past, Limits(0.6, sample, timedelta(days=window_days)), audit_percent=percent, since=since)


def test_nothing_would_be_automatic_before_the_sample_is_there() -> None:
    past = [finding(n, hours=n, verdict=True) for n in range(30)]
    found = told(past)
    assert (found.examined, found.automatic + found.sampled) == (30, 20)


def test_a_judgement_counts_from_when_it_was_made() -> None:
    late = [finding(n, hours=n, verdict=True, after=1000) for n in range(30)]
    assert told(late).automatic == 0


def test_what_people_dismissed_is_counted_and_named() -> None:
    past = [finding(n, hours=n, verdict=True) for n in range(40)]
    past += [finding(40, hours=40, verdict=False), finding(41, hours=41, verdict=None)]
    found = told(past)
    assert (found.dismissed, found.wrong, found.undecided) == (1, [40], 1)
    assert found.automatic == found.confirmed + found.dismissed + found.undecided


def test_old_judgements_leave_the_window() -> None:
    past = [finding(n, hours=n, verdict=True) for n in range(20)]
    assert told([*past, finding(99, hours=24 * 20, verdict=True)]).automatic > told(past).automatic
    assert told([*past, finding(99, hours=24 * 40, verdict=True)]).automatic == told(past).automatic


def test_all_of_it_can_be_put_before_a_person() -> None:
    found = told([finding(n, hours=n, verdict=True) for n in range(30)], percent=100)
    assert (found.automatic, found.sampled) == (0, 20)


@given(st.lists(st.tuples(st.integers(0, 400), st.sampled_from([True, False, None]), st.integers(0, 200)), max_size=40))
def test_the_rehearsal_agrees_with_counting_by_hand(rows: list[tuple[int, bool | None, int]]) -> None:
    past = [finding(n, hours=h, verdict=v, after=a) for n, (h, v, a) in enumerate(rows)]
    limits = Limits(0.55, 3, timedelta(hours=100))
    since = START + timedelta(hours=50)
    expected = 0
    for one in (each for each in past if each.found_at >= since):
        known = [
            other.verdict
            for other in past
            if other.verdict is not None
            and other.judged_at is not None
            and other.judged_at <= one.found_at
            and (other.found_at, other.id) < (one.found_at, one.id)
            and other.found_at >= one.found_at - limits.window
        ]
        figure = Figure(known.count(True), known.count(False))
        expected += shortfall(figure, precision=limits.precision, sample=limits.sample) is None
    found = rehearse(past, limits, audit_percent=1, since=since)
    assert found.automatic + found.sampled == expected
