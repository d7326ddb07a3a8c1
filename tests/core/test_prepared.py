"""Statements that are planned once per connection, and rows that go in one message."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.utils import InterfaceError

from core.clock import now
from core.insert import insert, key_of_newest, together
from core.models import Deadline, DeadlineInterval, OutboxMessage
from core.prepared import prepared

SUM = prepared("SELECT $1 + $2", count=2, types=("int", "int"))
WRONG = prepared("SELECT nonsense FROM nowhere", count=0)


def message(subject_id: int = 1) -> OutboxMessage:
    return OutboxMessage(
        type="event.changed",
        subject_kind="event",
        subject_id=subject_id,
        payload={"text": "占道；'摆摊'"},
        before=[],
        after=["area:a"],
        created_at=now(),
    )


def clock() -> Deadline:
    at = now()
    return Deadline(
        subject_kind="event", subject_id=1, kind="accept", limit_type="urgent_hours", limit_amount=1, state="running",
        started_at=at, running_since=at, warn_at=at, due_at=at, counted_before=timedelta(),
    )  # fmt: skip


@pytest.mark.django_db
def test_a_statement_is_prepared_once_and_answers_each_time() -> None:
    assert [SUM.fetch_one((1, 2)), SUM.fetch_one((3, 4)), SUM.fetch_all((5, 6))] == [(3,), (7,), [(11,)]]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE name = %s", [SUM.name])
        assert cursor.fetchone() == (1,)


@pytest.mark.django_db(transaction=True)
def test_a_new_connection_prepares_again() -> None:
    SUM.fetch_one((1, 2))
    connection.close()
    assert SUM.fetch_one((2, 2)) == (4,)


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_was_cut_between_two_requests_is_replaced() -> None:
    SUM.fetch_one((1, 2))
    with connection.cursor() as cursor, pytest.raises((OperationalError, InterfaceError)):
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    connection.health_check_enabled, connection.health_check_done = True, False  # type: ignore[attr-defined]
    assert SUM.fetch_one((2, 3)) == (5,)


@pytest.mark.django_db
def test_a_statement_that_is_wrong_fails_like_any_other() -> None:
    with pytest.raises(Exception, match="nowhere") as failure, transaction.atomic():
        WRONG.fetch_all(())
    assert type(failure.value).__module__.startswith("django.db")


@pytest.mark.django_db
def test_rows_together_are_one_message_in_their_order(django_assert_num_queries) -> None:
    with django_assert_num_queries(1), together():
        insert(clock())
        interval = DeadlineInterval(kind="run", started_at=now())
        interval.deadline_id = key_of_newest(Deadline)
        insert(interval)
        insert(message())
    assert DeadlineInterval.objects.get().deadline_id == Deadline.objects.get().pk
    assert OutboxMessage.objects.get().payload == {"text": "占道；'摆摊'"}


@pytest.mark.django_db
def test_a_row_at_once_knows_its_key_while_the_others_wait() -> None:
    with together():
        insert(message(1))
        second = message(2)
        insert(second, at_once=True)
        assert second.pk is not None
        assert OutboxMessage.objects.count() == 1
    assert OutboxMessage.objects.count() == 2


@pytest.mark.django_db
def test_a_failure_in_the_block_sends_nothing() -> None:
    with pytest.raises(RuntimeError), together():
        insert(message())
        raise RuntimeError
    assert not OutboxMessage.objects.exists()


@pytest.mark.django_db
def test_a_broken_constraint_is_told_at_the_end_of_the_block() -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), together():
        wrong = clock()
        wrong.limit_amount = 0
        insert(wrong)
        insert(message())
    assert not OutboxMessage.objects.exists()
