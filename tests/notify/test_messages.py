"""From a notice to the person: who is told, by which channel, what became of it."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.roles import Role
from core.clock import as_of, now
from core.models import OutboxMessage
from dispatch.models import DutyShift
from notify.actions.deliver import send_due
from notify.actions.expand import expand_notices
from notify.actions.post import post_notice
from notify.actions.receipts import erase_old_messages, forget_addresses, note_receipt
from notify.addressees import Recipient, post, register_addressees, unit, user
from notify.models import Delivery, Message, Notice, Preference
from notify.signatures import SIGNATURE, TIMESTAMP, signature
from tests.factories import GrantFactory, OrgUnitFactory, UserFactory
from tests.notify.conftest import ALARM, NEWS, PUBLIC

pytestmark = pytest.mark.django_db


def somebody(**fields: Any) -> User:
    number = User.objects.count()
    return UserFactory.create(**{"phone": f"1380000{number:04d}", "email": f"p{number}@example.org"} | fields)


def tell(*words: Any, kind: str = NEWS, what: str = "消息", **options: Any) -> None:
    post_notice(kind, to=words, subject=("event", 7), values={"what": what}, **options)
    expand_notices()


def states(**about: Any) -> dict[str, tuple[str, str]]:
    rows = Delivery.objects.filter(**about)
    return {row.channel: (row.state, row.reason) for row in rows}


def lines(outbox: Path, channel: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (outbox / f"{channel}.jsonl").read_text().splitlines()]


def test_a_notice_costs_one_statement_whoever_is_told() -> None:
    people = [somebody() for _ in range(5)]
    with CaptureQueriesContext(connection) as queries:
        post_notice(NEWS, to=[user(one.pk) for one in people], subject=("event", 7))
    assert len(queries) == 1


def test_a_notice_of_a_change_that_is_taken_back_reaches_nobody() -> None:
    from_person = somebody()
    with pytest.raises(ZeroDivisionError):
        _post_and_fail(from_person)
    assert expand_notices() == 0


def _post_and_fail(person: User) -> None:
    with transaction.atomic():
        post_notice(NEWS, to=[user(person.pk)], subject=("event", 7))
        raise ZeroDivisionError


def test_everybody_at_a_post_is_told_once_and_never_the_actor() -> None:
    centre = OrgUnitFactory.create(kind="centre")
    chief, other = somebody(), somebody()
    for one in (chief, other):
        GrantFactory.create(user=one, role=Role.DISPATCHER, unit=centre, area_path="c.d")
    GrantFactory.create(user=somebody(), role=Role.DISPATCHER, unit=OrgUnitFactory.create(), area_path="c.d")
    tell(post(Role.DISPATCHER, centre.pk, "c.d.s"), user(other.pk), actor=chief.as_actor())
    assert list(Message.objects.values_list("user_id", flat=True)) == [other.pk]
    assert not Notice.objects.exists()


def test_a_desk_is_told_by_its_unit_and_the_deactivated_are_not() -> None:
    office = OrgUnitFactory.create()
    present, gone = somebody(), somebody(is_active=False)
    for one in (present, gone):
        GrantFactory.create(user=one, role=Role.DEPARTMENT_DESK, unit=office)
    tell(unit(office.pk, Role.DEPARTMENT_DESK))
    assert [message.user for message in Message.objects.all()] == [present]


def test_a_message_reaches_the_persons_own_screens_only() -> None:
    person = somebody()
    tell(user(person.pk))
    update = OutboxMessage.objects.get(type="message.created")
    assert update.after == [f"user:{person.pk}"]
    assert update.payload["row"]["zh"] == "消息来了"
    assert update.payload["row"]["en"] == "消息 has come"


def test_what_is_not_urgent_waits_for_the_digest_and_goes_in_one_mail(outbox: Path) -> None:
    person = somebody(email="w@example.org")
    at = now().replace(minute=2)
    with as_of(at):
        tell(user(person.pk), what="甲")
        tell(user(person.pk), what="乙")
        assert send_due(at=at) == 0
    assert send_due(at=at.replace(minute=15)) == 2
    sent = lines(outbox, "smtp")
    assert [(line["to"], line["subject"]) for line in sent] == [("w@example.org", "【一网】2 条消息")]
    assert "甲来了\n乙来了" in sent[0]["text"]
    assert set(Delivery.objects.filter(channel="smtp").values_list("state", flat=True)) == {"delivered"}


def test_an_urgent_message_goes_at_once_also_to_somebody_off_duty(outbox: Path) -> None:
    person = somebody()
    yesterday = now() - timedelta(days=1)
    DutyShift.objects.create(
        user=person, seat=Role.DUTY_CHIEF, area_path="c.d", starts_at=yesterday, ends_at=yesterday + timedelta(hours=8)
    )
    tell(user(person.pk), kind=NEWS)
    assert states() == {"in_app": ("sent", ""), "smtp": ("suppressed", "off_duty")}
    tell(user(person.pk), kind=ALARM, what="起火", is_urgent=True)
    assert send_due() == 1
    assert lines(outbox, "sms")[0]["text"] == "起火！"


def test_who_is_on_duty_now_is_not_spared(outbox: Path) -> None:
    person = somebody()
    DutyShift.objects.create(
        user=person,
        seat=Role.DUTY_CHIEF,
        area_path="c.d",
        starts_at=now() - timedelta(hours=1),
        ends_at=now() + timedelta(hours=1),
    )
    tell(user(person.pk))
    assert states()["smtp"] == ("queued", "")


def test_own_wishes_come_before_the_sites_and_those_before_the_kinds(outbox: Path) -> None:
    person, other = somebody(), somebody()
    Preference.objects.create(user=None, kind=NEWS, channel="smtp", mode="off")
    Preference.objects.create(user=person, kind=NEWS, channel="smtp", mode="at_once")
    Preference.objects.create(user=person, kind=NEWS, channel="sms", mode="daily")
    tell(user(person.pk), user(other.pk))
    assert states(message__user=person) == {"in_app": ("sent", ""), "smtp": ("queued", ""), "sms": ("queued", "")}
    assert states(message__user=other) == {"in_app": ("sent", ""), "smtp": ("suppressed", "not_wished")}


def test_nothing_leaves_by_a_channel_that_is_closed(settings: Any) -> None:
    settings.NOTIFY_CHANNELS = {"smtp": "", "sms": "", "phone": ""}
    tell(user(somebody().pk))
    assert states()["smtp"] == ("suppressed", "channel_off")


def test_a_person_outside_is_told_once_however_many_reports_are_theirs(outbox: Path) -> None:
    people = [Recipient(key=f"reporter:{n}", phone="13800000000", values={"what": "谢谢"}) for n in (1, 2)]
    register_addressees("these", lambda: people)
    tell(["these"], kind=PUBLIC)
    assert send_due() == 1
    message = Message.objects.get()
    assert (message.recipient, message.address, message.user) == ("reporter:1", "13800000000", None)
    assert lines(outbox, "sms")[0]["text"] == "您好，谢谢"
    assert forget_addresses(["reporter:1"]) == 1
    message.refresh_from_db()
    assert message.address == ""


class Gateway:
    """A gateway that answers what it is told to."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self.answers, self.asked = list(answers), [httpx.Request("POST", "http://none")][:0]

    def post(self, url: str, *, content: bytes, headers: dict[str, str], **_: Any) -> httpx.Response:
        self.asked.append(httpx.Request("POST", url, content=content, headers=headers))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
def gateway(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Gateway:
    settings.NOTIFY_CHANNELS = {"smtp": "", "sms": "https://sms.example/send", "phone": ""}
    settings.GATEWAY_SECRET = "told to both"
    made = Gateway()
    monkeypatch.setattr(httpx, "post", made.post)
    return made


def test_a_gateway_gets_a_signed_envelope_and_its_number_is_kept(gateway: Gateway) -> None:
    gateway.answers = [httpx.Response(202, json={"id": "g-1"})]
    tell(user(somebody(phone="13900000001").pk), kind=ALARM, what="停电", is_urgent=True)
    send_due()
    asked = gateway.asked[0]
    body = json.loads(asked.content)
    assert (body["to"], body["text"], body["channel"], body["is_urgent"]) == ("13900000001", "停电！", "sms", True)
    assert asked.headers[SIGNATURE] == signature("told to both", asked.headers[TIMESTAMP], asked.content)
    assert asked.headers["Idempotency-Key"] == body["id"]
    delivery = Delivery.objects.get(channel="sms")
    assert (delivery.state, delivery.reference) == ("sent", "g-1")
    assert note_receipt(reference="g-1", state="delivered")
    assert not note_receipt(reference="g-1", state="failed")


def test_a_gateway_that_is_away_is_asked_again_with_longer_pauses_until_it_has_failed(gateway: Gateway) -> None:
    tell(user(somebody().pk), kind=ALARM, is_urgent=True)
    gateway.answers = [httpx.ConnectError("no"), *(httpx.Response(503) for _ in range(5))]
    at, tries = now(), []
    for minutes in (0, 2, 8, 24, 90, 400):
        with as_of(at + timedelta(minutes=minutes)):
            send_due()
        tries.append(Delivery.objects.get(channel="sms").state)
    assert tries == ["queued"] * 5 + ["failed"]
    assert Delivery.objects.get(channel="sms").error == "HTTP 503"
    assert len({request.headers["Idempotency-Key"] for request in gateway.asked}) == 1


def test_what_a_gateway_refuses_for_good_is_not_sent_again(gateway: Gateway) -> None:
    gateway.answers = [httpx.Response(422)]
    tell(user(somebody().pk), kind=ALARM, is_urgent=True)
    send_due()
    assert states()["sms"] == ("failed", "")


def test_a_claimed_delivery_of_a_worker_that_died_is_sent_after_its_lease(outbox: Path) -> None:
    tell(user(somebody().pk), kind=ALARM, is_urgent=True)
    at = now()
    Delivery.objects.filter(channel="sms").update(attempts=1, send_after=at + timedelta(minutes=2))
    assert send_due(at=at) == 0
    assert send_due(at=at + timedelta(minutes=3)) == 1


def test_what_a_slow_channel_leaves_no_time_for_is_given_back_and_goes_once(
    outbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise another worker takes it for that of a dead one, and both send it."""
    for _ in range(3):
        tell(user(somebody().pk), kind=ALARM, is_urgent=True)
    moments = iter([0.0, 1.0, 31.0, 32.0])
    monkeypatch.setattr("notify.actions.deliver.monotonic", lambda: next(moments))
    assert (send_due(), len(lines(outbox, "sms"))) == (3, 1)
    waiting = Delivery.objects.filter(channel="sms", state="queued", send_after__lte=now())
    assert list(waiting.values_list("attempts", flat=True)) == [0, 0]
    monkeypatch.undo()
    assert (send_due(), len(lines(outbox, "sms"))) == (2, 3)


def test_old_messages_are_erased_read_ones_first() -> None:
    person = somebody()
    for days, read in ((31, True), (31, False), (181, False), (1, True)):
        with as_of(now() - timedelta(days=days)):
            tell(user(person.pk))
        Message.objects.filter(pk=Message.objects.latest("pk").pk).update(read_at=now() if read else None)
    assert erase_old_messages() == 2
    assert Message.objects.count() == 2


def test_one_more_message_costs_one_more_statement_the_live_update() -> None:
    one = somebody()

    def statements(notices: int) -> int:
        for _ in range(notices):
            post_notice(NEWS, to=[user(one.pk)], subject=("event", 7))
        with CaptureQueriesContext(connection) as queries:
            expand_notices()
        return len(queries)

    assert statements(20) - statements(1) == 19
