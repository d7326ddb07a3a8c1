"""Administrators are told when something is no longer automatic: findings wait for people again from that moment."""

from typing import Any, Final

from django.db.models import Q

from accounts.models import User
from accounts.roles import Role
from events.models import Alert, Automation
from events.models.automation import AUTOMATION_KIND
from events.routing_policies import WHOLE_DISTRICT
from events.rules.automation import Figure, Why
from notify.actions.post import post_notice
from notify.addressees import Recipient

RULE_EDITORS: Final = "rule_editors"
BECAUSE: Final = {
    Why.BELOW: ("实测属实率低于下限", "its measured precision fell below what is asked"),
    Why.ABOUT_PERSON: ("场景已改为涉及对人的决定", "its scenario now decides about a person"),
    Why.SUSPECTED: ("该规则只报疑似，须由人核实", "it only suspects, and a person decides"),
    Why.NO_SCENARIO: ("已没有场景以此为触发", "no scenario is triggered by it any more"),
}


def on_automation_stopped(*, automation: Automation, why: Why, figure: Figure, **_: Any) -> None:
    zh, en = BECAUSE[why]
    values = {
        "what": f"{Alert.Source(automation.source).label} × {automation.rule}",
        "why": zh,
        "why_en": en,
        "lower": f"{figure.lower:.1%}" if figure.lower is not None else "—",
        "asked": f"{automation.min_precision:.1%}",
        "sample": figure.sample,
    }
    about = (AUTOMATION_KIND, automation.pk)
    post_notice("automation_stopped", to=[(RULE_EDITORS,)], subject=about, values=values, is_urgent=True)


def rule_editors_to_tell() -> list[Recipient]:
    """Whoever may switch it on again: administrators, and duty chiefs of a whole district."""
    may = Q(grants__role=Role.SYSTEM_ADMIN) | Q(grants__role=Role.DUTY_CHIEF, grants__area_level__in=WHOLE_DISTRICT)
    users = User.objects.filter(may, is_active=True).order_by("pk").distinct()
    return [Recipient(f"user:{one.pk}", one.pk, one.phone, one.email) for one in users]
