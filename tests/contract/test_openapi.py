"""The API keeps its own description: generated requests, right and wrong ones, never meet a fault."""

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, cast

import pytest
from django.conf import settings as site
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode, openapi

from config.env import REPOSITORY
from tests.events.stage import Stage
from tests.factories import UserFactory, person_with

DESCRIPTION = json.loads((REPOSITORY / "frontend" / "src" / "api" / "openapi.json").read_text())
EXAMPLES = 3
LEFT_OUT = {"session_close", "session_open", "health"}
"""The first two end the session in which everything else is asked; the last lets go of the test's own connection."""

bounded = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def one_connection(db: None) -> Iterator[None]:
    """The application ends and begins its requests on the test's own connection, as Django's test client lets it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def signed_in(one_connection: None, stage: Stage) -> dict[str, Any]:
    """Cookies and headers of somebody who may set things up and accept events."""
    user = person_with("system_admin", area=stage.district)
    UserFactory.create()
    stage.event_in("handling")
    stage.alert()
    client = Client()
    client.force_login(user)
    token = "t" * 32
    cookies = {site.SESSION_COOKIE_NAME: client.cookies[site.SESSION_COOKIE_NAME].value, "csrftoken": token}
    return {"cookies": cookies, "headers": {"X-CSRFToken": token, "Host": "localhost"}}


def fault_in(case: Case[Any], signed_in: dict[str, Any]) -> str | None:
    """What is wrong with the answer, or None."""
    answer = case.call(**signed_in)
    kind = answer.headers.get("content-type", [""])[0]
    is_problem = kind.startswith("application/problem+json")
    if answer.status_code < 400 or (answer.status_code < 500 and is_problem):
        return None
    return f"{case.method} {case.formatted_path} {case.query} {case.body!r}: {answer.status_code} {kind}"


def faults(mode: GenerationMode, signed_in: dict[str, Any]) -> list[str]:
    """A few generated requests of every operation, each asked once."""
    description = openapi.from_dict(DESCRIPTION)
    description.app = get_wsgi_application()
    found: list[str | None] = []
    for result in description.get_all_operations():
        operation = cast(Any, result).ok()
        if operation.definition.raw.get("operationId") not in LEFT_OUT:
            cases = given(case=operation.as_strategy(generation_mode=mode))
            with suppress(Unsatisfiable):  # an operation without input has no wrong one
                bounded(cases(lambda case: found.append(fault_in(case, signed_in))))()
    return [fault for fault in found if fault]


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_no_generated_request_meets_a_fault(signed_in: dict[str, Any], mode: GenerationMode) -> None:
    assert faults(mode, signed_in) == []
