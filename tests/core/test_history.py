import time

import pytest
from django.db import DatabaseError, connection, transaction

from core.actor import Actor
from core.clock import as_of, local, now
from core.history.record import append, of_subject
from core.history.seal import seal_finished_rows
from core.history.verify import broken_anchors, broken_chains
from core.lifecycle import Change
from core.models import HistoryAnchor, HistoryRow

WORKER = Actor(user_id=7, name="张红")


def write_rows(count: int = 3, subject_id: int = 1) -> None:
    for number in range(count):
        append(
            subject_kind="event",
            subject_id=subject_id,
            actor=WORKER,
            change=Change("file", "reported", "filed", "acceptor"),
            facts={"number": number},
            personal={"reason": "井盖缺失"},
        )


def seal() -> HistoryAnchor:
    """Seals once no older transaction runs: those of other databases on the same server count as well."""
    for _ in range(600):
        if anchor := seal_finished_rows():
            return anchor
        time.sleep(0.1)
    raise AssertionError("nothing could be sealed within a minute")


def tamper(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE core_history DISABLE TRIGGER history_is_append_only")
        cursor.execute(sql)
        cursor.execute("ALTER TABLE core_history ENABLE TRIGGER history_is_append_only")


@pytest.mark.django_db
def test_rows_of_a_subject_form_one_chain() -> None:
    write_rows()
    assert [row.seq for row in of_subject("event", 1)] == [1, 2, 3]
    assert list(broken_chains()) == []


@pytest.mark.django_db
def test_a_time_told_in_another_zone_is_the_same_time():
    with as_of(local(now())):
        write_rows(1)
    assert list(broken_chains()) == []


@pytest.mark.django_db
def test_a_row_cannot_be_updated() -> None:
    write_rows(1)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        HistoryRow.objects.update(move="dispatch")


@pytest.mark.django_db
def test_a_row_cannot_be_deleted() -> None:
    write_rows(1)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        HistoryRow.objects.all().delete()


@pytest.mark.django_db
def test_erasing_a_persons_data_leaves_the_chain_valid() -> None:
    write_rows(2)
    HistoryRow.objects.filter(seq=1).update(personal=None, personal_salt="")
    assert list(broken_chains()) == []


@pytest.mark.django_db
def test_a_changed_fact_shows() -> None:
    write_rows(2)
    tamper("UPDATE core_history SET facts = '{\"number\": 9}' WHERE seq = 1")
    assert [problem for problem in broken_chains() if "was changed" in problem]


@pytest.mark.django_db
def test_a_changed_text_shows() -> None:
    write_rows(1)
    tamper('UPDATE core_history SET personal = \'{"reason": "x"}\'')
    assert [problem for problem in broken_chains() if "text was changed" in problem]


@pytest.mark.django_db
def test_a_removed_row_shows() -> None:
    write_rows(3)
    tamper("DELETE FROM core_history WHERE seq = 2")
    assert [problem for problem in broken_chains() if "is missing" in problem]


@pytest.mark.xdist_group("long transactions")
@pytest.mark.django_db(transaction=True)
def test_a_whole_chain_removed_after_sealing_shows() -> None:
    write_rows(2, subject_id=1)
    write_rows(1, subject_id=2)
    seal()
    tamper("DELETE FROM core_history WHERE subject_id = 2")
    assert list(broken_chains()) == []
    assert [problem for problem in broken_anchors() if "no longer match" in problem]


@pytest.mark.xdist_group("long transactions")
@pytest.mark.django_db(transaction=True)
def test_sealing_twice_adds_no_empty_anchor() -> None:
    write_rows(1)
    assert seal().row_count == 1
    assert seal_finished_rows() is None
    assert list(broken_anchors()) == []
