"""Events are found by number, telephone number and words, within the scope of who asks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.roles import Role
from events.actions.public_reports import Contact
from events.actions.reporters import register_reporter
from events.actions.texts import index_events
from events.models import Event, EventText
from events.queries.board import event_list
from events.rules.search_terms import query_text, vector_text
from events.rules.telephones import plain_number
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


@pytest.mark.parametrize("written", ["+86 138-0000-0001", "13800000001", "8613800000001", "138 0000 0001"])
@pytest.mark.parametrize("asked", ["13800000001", "+86 138 0000 0001"])
def test_a_caller_is_found_however_the_number_was_written(stage: Stage, written: str, asked: str) -> None:
    event = stage.report(title="井盖缺失", source="hotline_12345")
    contact = Contact("王小芳", written)
    register_reporter(event_id=event.pk, actor=stage.acceptor.as_actor(), channel="hotline_12345", contact=contact)
    assert found(stage, asked) == ["井盖缺失"]


@pytest.mark.parametrize(
    ("written", "plain"),
    [("025-8300 1234", "02583001234"), ("+86 25 8300 1234", "2583001234"), ("+86 (0)25 83001234", "02583001234"),
     ("+852 2123 4567", "+85221234567"), ("0086 13800000001", "13800000001"), ("12345", "12345"), ("", "")],
)  # fmt: skip
def test_a_telephone_number_has_one_spelling(written: str, plain: str) -> None:
    assert plain_number(written) == plain == plain_number(plain)


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
