"""Trying a rule on past events, and keeping that it was tried."""

from django.db import transaction

from core.actor import Actor
from core.clock import now
from core.errors import NotFound
from core.history.record import append
from events.actions.freshness import require_fresh
from events.errors import ExpressionRefused
from events.models import RoutingRule
from events.models.routing import RULE_KIND
from events.queries.replay import Replay, replay_rule
from events.queries.routing_faults import fault_in_words
from events.routing_lifecycle import ROUTING_RULE, RuleMove
from events.routing_policies import editing_roles, require_rule_editor
from events.rules.expressions import NotAnExpression


def replay(*, rule_id: int, actor: Actor, days: int | None = None, count: int | None = None) -> Replay:
    """What would have gone elsewhere. The rule may then be switched on, in the edition that was tried.

    The events are read before the rule is locked; a rule that was edited meanwhile is not marked (StaleVersion).
    """
    rule = RoutingRule.objects.filter(pk=rule_id, removed_at=None).first()
    if rule is None:
        require_rule_editor(actor)
        raise NotFound()
    require_rule_editor(actor, rule.area_path)
    try:
        found = replay_rule(rule, actor, days=days, count=count)
    except NotAnExpression as refused:
        raise ExpressionRefused(**fault_in_words(refused.fault)) from refused
    _mark(rule, found, actor)
    return found


@transaction.atomic
def _mark(tried: RoutingRule, found: Replay, actor: Actor) -> None:
    rule = RoutingRule.objects.select_for_update().get(pk=tried.pk)
    if rule.edition != found.edition or rule.removed_at is not None:
        require_fresh(RULE_KIND, rule.pk, RuleMove.EDIT, actor, seen=tried.version, current=rule.version)
    at = now()
    change = ROUTING_RULE.apply(RuleMove.REPLAY, rule, actor=actor, roles=editing_roles(actor, rule.area_path))
    rule.replayed_edition, rule.replayed_at, rule.replay = rule.edition, at, found.summary
    if found.failed:
        rule.problem, rule.problem_at = found.problem, at
    rule.save()
    append(
        subject_kind=RULE_KIND,
        subject_id=rule.pk,
        actor=actor,
        change=change,
        at=at,
        facts={"version": rule.version, "edition": rule.edition, **found.summary},
    )
