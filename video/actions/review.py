"""A card of the review queue is judged: each of its alerts by the actions that any judgement goes by."""

from collections.abc import Mapping

from core.actor import Actor
from core.errors import DomainError, Language
from events.actions.alert_decisions import confirm_alert, dismiss_alert
from video.review_shapes import JudgedAlert, JudgedCard, RefusedAlert

CONFIRM, DISMISS = "confirm", "dismiss"


def judge_together(
    *, seen: Mapping[int, int], verdict: str, actor: Actor, language: Language, reason: str = "", note: str = ""
) -> JudgedCard:
    """What was on the card, alert id → version, each in its own transaction: one that somebody was faster with spoils
    nothing for the others, and is told with its refusal."""
    done: list[JudgedAlert] = []
    refused: list[RefusedAlert] = []
    for alert_id, version in sorted(seen.items()):
        try:
            if verdict == CONFIRM:
                alert = confirm_alert(alert_id=alert_id, actor=actor, version=version, note=note)
            else:
                alert = dismiss_alert(alert_id=alert_id, actor=actor, version=version, reason=reason, note=note)
            done.append(JudgedAlert.model_validate({"id": alert.pk, "state": alert.state, "event_id": alert.event_id}))
        except DomainError as refusal:
            refused.append(RefusedAlert(id=alert_id, code=refusal.code, detail=refusal.detail(language)))
    return JudgedCard(done=done, refused=refused)
