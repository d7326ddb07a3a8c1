"""Writing a rule of risk: what it finds changes with the next judgement, within the hour."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.actions.site_settings import keep, lock_settings, refuse, require_seen
from accounts.rules.site_settings import fault
from accounts.site_policies import setter_role
from analytics.models import RiskRule
from analytics.queries.risk_rules import RISK_RULE_KIND, event_measures, plain_rule
from analytics.rules.risk_rules import CODE, rule_faults
from core.actor import Actor
from core.errors import NotFound
from events.queries.catalogue import catalogue


@transaction.atomic
def set_risk_rule(*, code: str, actor: Actor, version: int, values: Mapping[str, Any]) -> RiskRule:
    """Change a rule, or with version 0 write another one. A shipped rule that was changed is the site's own: loading
    the shipped ones again leaves it.
    """
    role = setter_role(actor)
    lock_settings()
    row = RiskRule.objects.filter(code=code).first()
    if row is None and version:
        raise NotFound()
    require_seen(version, row)
    require_sound(values)
    if row is None and not CODE.fullmatch(code):
        refuse([fault("code", "code", "代码：小写字母开头，3–48 位字母、数字或下划线。", "3 to 48 of a–z, 0–9 and _.")])
    before = plain_rule(row) if row else None
    if row is None:
        last = RiskRule.objects.aggregate(last=Max("position"))["last"]
        row = RiskRule(code=code, position=0 if last is None else last + 1)
    for name, value in values.items():
        setattr(row, name, value)
    keep(row, kind=RISK_RULE_KIND, name=row.name, actor=actor, role=role, before=before, after=plain_rule(row))
    return row


def require_sound(values: Mapping[str, Any]) -> None:
    """Invalid, with the faults at their fields, where a rule may not be written so."""
    refuse(rule_faults(values, measures=event_measures(), types=catalogue().types))
