"""Events are found by number, telephone number and words, within the scope of who asks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.roles import Role
from events.actions.texts import index_events
from events.models import Event, EventText
from events.queries.board import event_list
from events.rules.search_terms import query_text, vector_text
from tests.events.stage import OTHER_STREET, Stage
from tests.factories import person_with


def found(stage: Stage, question: str) -> list[str]:
    return sorted(event.title for event in event_list(stage.acceptor.as_actor(), q=question))


@pytest.fixture
def two(stage: Stage) -> tuple[Event, Event]:
    return (
        stage.report(title="湖滨路占道经营", description="烧烤摊 A12 占了盲道"),
        stage.report(title="井盖缺失", description="车辆绕行", address="湖滨南路 7 号"),
    )


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("占道经营", ["湖滨路占道经营"]),
        ("道经", ["湖滨路占道经营"]),
        ("湖滨", ["井盖缺失", "湖滨路占道经营"]),
        ("湖滨 盲道", ["湖滨路占道经营"]),
        ("a1", ["湖滨路占道经营"]),
        ("Ａ１２", ["湖滨路占道经营"]),
        ("井", ["井盖缺失"]),
        ("经营湖滨", []),
        ("路灯", []),
        ("'; DROP TABLE", []),
        ("（）", []),
    ],
)
def test_words_are_found_as_they_were_written(
    stage: Stage, two: tuple[Event, Event], question: str, titles: list[str]
) -> None:
    assert found(stage, question) == titles


def test_a_whole_number_and_the_end_of_one_of_todays_are_found(stage: Stage, two: tuple[Event, Event]) -> None:
    event = two[0]
    event.refresh_from_db()
    assert found(stage, event.number) == [event.title]
    assert found(stage, event.number.split("-")[1].lstrip("0")) == [event.title]


def test_what_others_may_not_see_is_not_found(stage: Stage, two: tuple[Event, Event]) -> None:
    stranger = person_with(Role.ACCEPTOR, area=stage.town[OTHER_STREET])
    assert not event_list(stranger.as_actor(), q="湖滨").exists()


def test_the_words_of_older_events_are_written_by_a_command(stage: Stage, two: tuple[Event, Event]) -> None:
    EventText.objects.all().delete()
    assert found(stage, "井盖") == []
    assert index_events([event.pk for event in two]) == 2
    assert found(stage, "井盖") == ["井盖缺失"]


@given(st.text(max_size=80), st.text(max_size=20))
def test_any_text_and_any_question_can_be_taken_apart(text: str, question: str) -> None:
    assert "\x00" not in vector_text(text)
    assert query_text(question).count("(") == query_text(question).count(")")
