"""A citizen's phone sends the same report twice at the same moment; two workers look at the same notices."""

from collections.abc import Iterator
from threading import Barrier

import pytest

from core.clock import now
from events.actions.public_reports import PublicReport, Signs, submit_report
from events.models import Event, PublicRules, Reporter
from events.queries.catalogue import forget
from events.receipts import Proof
from notify.actions.expand import expand_notices
from notify.actions.post import post_notice
from notify.addressees import user
from notify.models import Message, Notice
from tests.concurrency.test_two_dispatchers import at_once
from tests.events.stage import HERE, Stage, build_stage

pytestmark = pytest.mark.django_db(transaction=True)
PROOF = Proof("a" * 64, now())


@pytest.fixture
def stage() -> Iterator[Stage]:
    made = build_stage()
    PublicRules.objects.create(minimum_seconds=0)
    yield made
    forget()


def test_without_the_lock_both_believe_they_are_the_first(stage: Stage) -> None:
    def look(number: int, barrier: Barrier) -> str:
        found = Reporter.objects.filter(submission=PROOF.submission).exists()
        barrier.wait()
        return "known" if found else "first"

    assert at_once(look) == ["first", "first"]


def test_with_the_lock_both_get_the_receipt_of_one_event(stage: Stage) -> None:
    report = PublicReport("路灯不亮了", stage.kind.code, lng=HERE[0], lat=HERE[1])

    def send(number: int, barrier: Barrier) -> str:
        barrier.wait()
        return submit_report(report=report, proof=PROOF, signs=Signs())

    first, second = at_once(send)
    assert first == second
    assert (Event.objects.count(), Reporter.objects.count()) == (1, 1)


def test_two_workers_make_each_message_once(stage: Stage) -> None:
    people = [stage.acceptor, stage.dispatcher]
    for number in range(20):
        post_notice("report_held", to=[user(one.pk) for one in people], subject=("held_report", number))

    def work(number: int, barrier: Barrier) -> str:
        barrier.wait()
        while expand_notices(batch=3):
            pass
        return "done"

    at_once(work)
    expand_notices()
    assert (Message.objects.count(), Notice.objects.count()) == (40, 0)
