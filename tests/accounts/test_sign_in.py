from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from rest_framework.test import APIClient

from accounts.actions.grants import give_grant, take_grant
from accounts.live_identity import ended_sessions, identify
from accounts.models import Grant, Session, SignInAttempt, User
from core.clock import now
from core.models import OutboxMessage

PASSWORD = "river-lantern-42"


@pytest.fixture
def acceptor(db: None) -> User:
    user = User.objects.create_user("limin", PASSWORD, name="李敏")
    Grant.objects.create(user=user, role="acceptor", area_path="c.d", area_level="district", area_key=1)
    return user


@pytest.fixture
def browser() -> APIClient:
    client = APIClient(enforce_csrf_checks=True)
    client.get("/api/v1/session")
    client.credentials(HTTP_X_CSRFTOKEN=client.cookies["csrftoken"].value)
    return client


def sign_in(browser: APIClient, password: str = PASSWORD) -> Any:
    return browser.post("/api/v1/session", {"username": "limin", "password": password}, format="json")


def test_signing_in_tells_who_one_is_and_where_to_go(acceptor: User, browser: APIClient) -> None:
    answer = sign_in(browser).json()
    assert (answer["user"]["name"], answer["user"]["home"]) == ("李敏", "/desk")
    assert answer["user"]["grants"][0]["role_name"] == "受理员"


def test_a_wrong_password_is_refused_in_the_readers_language(acceptor: User, browser: APIClient) -> None:
    assert "请重新输入" in sign_in(browser, "wrong").json()["detail"]
    browser.credentials(HTTP_X_CSRFTOKEN=browser.cookies["csrftoken"].value, HTTP_ACCEPT_LANGUAGE="en")
    assert sign_in(browser, "wrong").json()["detail"].endswith("Try again.")


def test_repeated_failures_lock_the_name(acceptor: User, browser: APIClient) -> None:
    for _ in range(settings.SIGN_IN_ATTEMPTS):
        sign_in(browser, "wrong")
    answer = sign_in(browser)
    assert (answer.status_code, answer.json()["code"]) == (429, "locked_out")


def test_an_unknown_name_gets_the_same_answer_as_a_wrong_password(db: None, browser: APIClient) -> None:
    assert sign_in(browser).json()["code"] == "bad_credentials"


def test_a_write_without_the_csrf_token_is_refused(acceptor: User) -> None:
    answer = APIClient(enforce_csrf_checks=True).post(
        "/api/v1/session", {"username": "limin", "password": PASSWORD}, format="json"
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf_failed")


def test_malformed_json_is_named(acceptor: User, browser: APIClient) -> None:
    answer = browser.post("/api/v1/session", "{not json", content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed_json")
    assert answer["Content-Type"] == "application/problem+json"


def test_a_visitor_without_session_is_asked_to_sign_in(db: None) -> None:
    answer = APIClient().get("/api/v1/units")
    assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")


def test_a_session_without_input_ends_and_says_so(acceptor: User, browser: APIClient) -> None:
    sign_in(browser)
    Session.objects.update(last_input_at=now() - timedelta(seconds=settings.SESSION_IDLE_SECONDS + 1))
    answer = browser.get("/api/v1/units")
    assert (answer.status_code, answer.json()["code"]) == (401, "session_expired")


def test_a_late_answer_to_an_old_cookie_leaves_the_new_one_alone(acceptor: User, browser: APIClient) -> None:
    answer = APIClient().get("/api/v1/units", HTTP_COOKIE=f"sessionid={'x' * 32}")
    assert (answer.status_code, answer.json()["code"]) == (401, "session_expired")
    assert settings.SESSION_COOKIE_NAME not in answer.cookies
    sign_in(browser)
    browser.credentials(HTTP_X_CSRFTOKEN=browser.cookies["csrftoken"].value)
    browser.delete("/api/v1/session")
    assert browser.cookies[settings.SESSION_COOKIE_NAME].value == ""


def test_an_old_cookie_is_nobody_on_the_pages_for_everybody(db: None) -> None:
    assert APIClient().get("/api/v1/public/site", HTTP_COOKIE=f"sessionid={'x' * 32}").status_code == 200


def test_an_idle_session_is_nobody_on_the_sign_in_page(acceptor: User, browser: APIClient) -> None:
    sign_in(browser)
    Session.objects.update(last_input_at=now() - timedelta(seconds=settings.SESSION_IDLE_SECONDS + 1))
    assert browser.get("/api/v1/session").json()["user"] is None


def test_knowing_who_asks_takes_two_statements(
    acceptor: User, browser: APIClient, django_assert_num_queries: Any
) -> None:
    sign_in(browser)
    with django_assert_num_queries(2):
        browser.get("/api/v1/units?kind=team")


def test_polling_does_not_extend_a_session_but_input_does(acceptor: User, browser: APIClient) -> None:
    sign_in(browser)
    before = now() - timedelta(minutes=5)
    Session.objects.update(last_input_at=before)
    browser.get("/api/v1/units")
    assert Session.objects.get().last_input_at == before
    browser.get("/api/v1/units", HTTP_X_USER_INPUT="1")
    assert Session.objects.filter(last_input_at__gt=before).exists()


def test_a_wall_stays_signed_in_without_input(db: None, browser: APIClient) -> None:
    wall = User.objects.create_user("limin", PASSWORD, name="大屏")
    Grant.objects.create(user=wall, role="wall_operator", area_path="c", area_level="city", area_key=1)
    sign_in(browser)
    Session.objects.update(last_input_at=now() - timedelta(days=2))
    assert browser.get("/api/v1/units").status_code == 200


def test_signing_out_ends_the_session_and_its_sockets(acceptor: User, browser: APIClient) -> None:
    sign_in(browser)
    browser.credentials(HTTP_X_CSRFTOKEN=browser.cookies["csrftoken"].value)
    key = Session.objects.get().session_key
    assert browser.delete("/api/v1/session").status_code == 204
    assert identify(key) is None
    assert OutboxMessage.objects.get().payload == {"reason": "session_ended", "session_key": key}


def test_a_socket_belongs_to_a_session_and_its_audience_keys(acceptor: User, browser: APIClient) -> None:
    sign_in(browser)
    key = Session.objects.get().session_key
    identity = identify(key)
    assert identity is not None and identity.keys == {f"user:{acceptor.pk}", "area:c.d", "watch:area:c.d"}
    assert ended_sessions([key, "unknown"]) == {"unknown"}


def test_a_deactivated_person_loses_open_sockets(acceptor: User, browser: APIClient) -> None:
    sign_in(browser)
    User.objects.update(is_active=False)
    key = Session.objects.get().session_key
    assert identify(key) is None
    assert ended_sessions([key]) == {key}


def test_changed_rights_close_the_persons_sockets(acceptor: User) -> None:
    grant = give_grant(user=acceptor, role="dispatcher", area_path="c.d")
    give_grant(user=acceptor, role="dispatcher", area_path="c.d")
    take_grant(grant=grant)
    assert [m.payload["reason"] for m in OutboxMessage.objects.all()] == ["rights_changed", "rights_changed"]


def test_the_admins_door_has_the_same_lock(db: None) -> None:
    chief = User.objects.create_user("chenchief", PASSWORD, name="陈值班", is_staff=True)
    client = Client()
    for _ in range(settings.SIGN_IN_ATTEMPTS):
        client.post("/admin/login/", {"username": chief.username, "password": "wrong"})
    answer = client.post("/admin/login/", {"username": chief.username, "password": PASSWORD})
    assert (answer.status_code, "已锁定" in answer.content.decode()) == (200, True)
    SignInAttempt.objects.all().delete()
    answer = client.post("/admin/login/", {"username": chief.username, "password": PASSWORD})
    assert answer.status_code == 302


def test_a_new_password_ends_the_sessions_of_the_old_one(acceptor: User, browser: APIClient) -> None:
    sign_in(browser)
    office = Client()
    office.force_login(User.objects.create_superuser("root", PASSWORD, name="管理员"))
    new = {"password1": "another-lantern-7", "password2": "another-lantern-7"}
    assert office.post(f"/admin/accounts/user/{acceptor.pk}/password/", new).status_code == 302
    assert not Session.objects.filter(user_id=acceptor.pk).exists()
    assert OutboxMessage.objects.filter(subject_id=acceptor.pk, payload__reason="session_ended").exists()
    assert office.get("/admin/").status_code == 200


@pytest.mark.parametrize("cookie", ["a\\000bcdefghij", "../../etc/passwd", "é" * 12, "x" * 4000])
def test_a_cookie_that_is_no_key_of_ours_is_an_ended_session(db: None, cookie: str) -> None:
    client = APIClient()
    answer = client.get("/api/v1/events", HTTP_COOKIE=f'sessionid="{cookie}"')
    assert (answer.status_code, answer.json()["code"]) == (401, "session_expired")


def test_times_are_told_in_utc(browser: APIClient) -> None:
    assert browser.get("/api/v1/session").json()["server_time"].endswith("Z")
