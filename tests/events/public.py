"""How tests speak as somebody from the public."""

from itertools import count
from typing import Any

from events.actions.perform import perform
from events.models import Event, HeldReport
from events.public_shapes import NearReports, PublicProgress
from events.receipts import new_challenge, plain_receipt
from events.rules.spam import proves
from tests.events.stage import HERE, Stage, browser

PUBLIC = "/api/v1/public"
BITS = 4


def worked(challenge: str = "") -> dict[str, str]:
    challenge = challenge or new_challenge()
    return {"challenge": challenge, "nonce": next(str(n) for n in count() if proves(challenge, str(n), BITS))}


def report(stage: Stage, **fields: Any) -> Any:
    body = {
        "description": f"人行道上有人摆摊 {next(numbers)} 号摊位",
        "type_code": stage.kind.code,
        "lng": HERE[0],
        "lat": HERE[1],
        **worked(),
    } | fields
    return browser(None).post(f"{PUBLIC}/reports", body, format="json")


numbers = count(1000, 7919)


def receipt_of(answer: Any) -> str:
    assert answer.status_code == 201, answer.json()
    return plain_receipt(answer.json()["receipt"])


def progress(receipt: str) -> PublicProgress:
    return PublicProgress.model_validate(browser(None).get(f"{PUBLIC}/track/{receipt}").json())


def move_on(stage: Stage, event: Event, state: str) -> Event:
    for move, who, inputs in stage.way_to(state):
        event = perform(event.pk, move, who.as_actor(), None, **inputs)
    return event


def held(stage: Stage, **fields: Any) -> HeldReport:
    return HeldReport.objects.get(receipt=receipt_of(report(stage, **fields)))


def near(**point: float) -> list[Any]:
    answer = browser(None).get(f"{PUBLIC}/near", {"lng": HERE[0], "lat": HERE[1]} | point)
    return list(NearReports.model_validate(answer.json()).items)


def me_too(token: str, **fields: Any) -> Any:
    return browser(None).post(f"{PUBLIC}/me-too", {"token": token, **worked()} | fields, format="json")
