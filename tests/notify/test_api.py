"""Messages over HTTP: mine and nobody else's."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.roles import Role
from core.clock import now
from core.models import OutboxMessage
from notify.actions.expand import expand_notices
from notify.actions.post import post_notice
from notify.addressees import user
from notify.models import Delivery, Message
from notify.shapes import DeliveryPage, MessagePage, PreferenceList
from notify.signatures import SIGNATURE, TIMESTAMP, signature
from tests.events.stage import browser
from tests.factories import UserFactory, person_with
from tests.grids.town import DISTRICT, build_town
from tests.notify.conftest import NEWS

pytestmark = pytest.mark.django_db
LIST_STATEMENTS = 4


@pytest.fixture
def person() -> User:
    return UserFactory.create(phone="13800000000", email="w@example.org")


def tell(person: User, what: str, **options: Any) -> int:
    post_notice(NEWS, to=[user(person.pk)], subject=("event", 7), values={"what": what}, **options)
    expand_notices()
    return Message.objects.latest("pk").pk


def test_my_messages_come_newest_first_in_both_languages(person: User) -> None:
    for what in ("甲", "乙", "丙"):
        tell(person, what)
    tell(UserFactory.create(), "丁")
    first = MessagePage.model_validate(browser(person).get("/api/v1/messages?limit=2").json())
    rest = browser(person).get(f"/api/v1/messages?limit=2&cursor={first.next}").json()
    assert [row.zh for row in first.items] + [row["zh"] for row in rest["items"]] == ["丙来了", "乙来了", "甲来了"]
    assert first.items[0].en == "丙 has come"


def test_the_list_takes_the_same_few_statements_whatever_the_rows(person: User) -> None:
    client = browser(person)

    def statements() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/api/v1/messages")
        return len(queries)

    tell(person, "甲")
    few = statements()
    for _ in range(10):
        tell(person, "乙")
    assert statements() == few <= LIST_STATEMENTS


def test_reading_counts_down_and_tells_my_other_screens(person: User) -> None:
    ids = [tell(person, "甲"), tell(person, "乙", is_urgent=True)]
    client = browser(person)
    assert client.get("/api/v1/messages/unread").json() == {"unread": 2, "urgent": 1}
    left = client.post("/api/v1/messages/read", {"ids": ids[:1]}, format="json").json()
    assert left == {"unread": 1, "urgent": 1}
    update = OutboxMessage.objects.get(type="message.read")
    assert (update.after, update.payload["unread"]) == ([f"user:{person.pk}"], 1)
    assert Delivery.objects.get(message=ids[0], channel="in_app").state == "delivered"
    assert client.post("/api/v1/messages/read", {}, format="json").json()["unread"] == 0
    assert client.get("/api/v1/messages?unread=1").json()["items"] == []


def test_nobody_reads_anothers_message_away(person: User) -> None:
    mine = tell(person, "甲")
    browser(UserFactory.create()).post("/api/v1/messages/read", {"ids": [mine]}, format="json")
    assert Message.objects.get(pk=mine).read_at is None


@pytest.mark.parametrize("address", ["messages", "messages/unread", "messages/preferences", "deliveries"])
def test_nobody_asks_without_signing_in(address: str) -> None:
    assert browser(None).get(f"/api/v1/{address}").status_code == 401


def test_a_wish_is_kept_and_the_last_one_holds(person: User) -> None:
    client = browser(person)
    wishes = [{"kind": NEWS, "channel": "smtp", "mode": mode} for mode in ("off", "at_once")]
    for body in ({"items": wishes}, {"items": wishes[1:]}):
        answer = client.put("/api/v1/messages/preferences", body, format="json")
    shown = PreferenceList.model_validate(answer.json())
    of_news = {row.channel: (row.mode, row.is_own) for row in shown.items if row.kind == NEWS}
    assert of_news == {
        "in_app": ("at_once", False),
        "smtp": ("at_once", True),
        "sms": ("off", False),
        "phone": ("off", False),
    }


@pytest.mark.parametrize(
    "wish",
    [
        {"kind": "test_public", "channel": "sms", "mode": "off"},
        {"kind": "nothing", "channel": "sms", "mode": "off"},
        {"kind": NEWS, "channel": "pigeon", "mode": "off"},
    ],
)
def test_a_wish_about_what_is_not_there_is_invalid(person: User, wish: dict[str, str]) -> None:
    answer = browser(person).put("/api/v1/messages/preferences", {"items": [wish]}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


def test_who_runs_the_site_sees_how_messages_fared_with_masked_addresses(person: User) -> None:
    tell(person, "甲")
    admin = person_with(Role.SYSTEM_ADMIN, area=build_town()[DISTRICT])
    page = DeliveryPage.model_validate(browser(admin).get("/api/v1/deliveries?channel=smtp").json())
    assert [(row.to, row.recipient) for row in page.items] == [("w***@example.org", f"user:{person.pk}")]
    assert browser(person).get("/api/v1/deliveries").status_code == 403


def test_a_gateway_reports_by_its_signature_alone(person: User, settings: Any) -> None:
    settings.GATEWAY_SECRET = "told to both"
    Delivery.objects.filter(message=tell(person, "甲"), channel="smtp").update(state="sent", reference="g-9")

    def report(body: bytes, secret: str) -> int:
        stamp = str(int(now().timestamp()))
        headers = {TIMESTAMP: stamp, SIGNATURE: signature(secret, stamp, body)}
        client = browser(None)
        return client.post(
            "/api/v1/deliveries/receipts", body, content_type="application/json", headers=headers
        ).status_code

    body = json.dumps({"id": "g-9", "state": "failed", "error": "number not in use"}).encode()
    assert report(body, "guessed") == 404
    assert report(body, "told to both") == 204
    assert Delivery.objects.get(reference="g-9").error == "number not in use"
    assert report(body, "told to both") == 404
