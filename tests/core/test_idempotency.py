import threading
from typing import Any, cast

import pytest
from django.db import connection, transaction
from django.urls import path
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIClient
from rest_framework.views import APIView

from accounts.models import OrgUnit, User
from core.api.idempotency import _claim, idempotent
from core.errors import StaleVersion


class MakeUnitView(APIView):
    permission_classes = [IsAuthenticated]

    @idempotent
    def post(self, request: Request) -> Response:
        data = cast(dict[str, Any], request.data)
        unit = OrgUnit.objects.create(code=data["code"], name="队", short_name="队", kind="team")
        if data.get("fail"):
            raise StaleVersion()
        return Response({"id": unit.pk}, status=201)


urlpatterns = [path("units", MakeUnitView.as_view())]
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def client(db: None) -> APIClient:
    client = APIClient()
    client.force_authenticate(User.objects.create_user("u", name="甲"))
    return client


def post(client: APIClient, key: str = "k1", **body: Any) -> Any:
    return client.post("/units", {"code": "a", **body}, format="json", headers={"Idempotency-Key": key})


def test_a_repeated_write_gets_the_first_answer(client: APIClient) -> None:
    first, second = post(client), post(client)
    assert (second.status_code, second.json()) == (201, first.json())
    assert second["Idempotency-Replayed"] == "true"
    assert OrgUnit.objects.count() == 1


def test_the_same_key_with_other_content_is_refused(client: APIClient) -> None:
    post(client)
    answer = post(client, code="b")
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_mismatch")


def test_a_refused_write_leaves_nothing_and_may_be_tried_again(client: APIClient) -> None:
    assert post(client, fail=True).json()["code"] == "stale_version"
    assert OrgUnit.objects.count() == 0
    assert post(client).status_code == 201


@pytest.mark.django_db(transaction=True)
def test_a_second_request_while_the_first_runs_is_told_so() -> None:
    user = User.objects.create_user("u", name="甲")
    held, release = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            _claim(user.pk, "k1")
            held.set()
            release.wait(5)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(5)
    client = APIClient()
    client.force_authenticate(user)
    answer = post(client)
    release.set()
    holder.join()
    assert (answer.status_code, answer.json()["code"]) == (409, "idempotency_in_progress")
