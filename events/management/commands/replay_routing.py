"""`manage.py replay_routing RULE`: what a routing rule would change, tried on past events."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.actor import SYSTEM
from events.models import RoutingRule
from events.queries.replay import DAYS, MOST_DAYS, MOST_EVENTS, replay_rule
from events.rules.expressions import NotAnExpression


class Command(BaseCommand):
    help = (
        "Runs the set of rules with and without one rule over past events and lists what would go elsewhere. "
        "It only tells: whoever switches the rule on replays it on the page."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("rule", type=int, help="the rule's id")
        parser.add_argument("--days", type=int, help=f"events of the last days ({DAYS}; at most {MOST_DAYS})")
        parser.add_argument("--count", type=int, help=f"the newest events (at most {MOST_EVENTS})")

    def handle(self, *args: Any, **options: Any) -> None:
        rule = RoutingRule.objects.filter(pk=options["rule"], removed_at=None).first()
        if rule is None:
            raise CommandError(f"There is no routing rule {options['rule']}.")
        try:
            found = replay_rule(rule, SYSTEM, days=options["days"], count=options["count"])
        except NotAnExpression as refused:
            raise CommandError(f"The rule's condition cannot be used: {refused}") from refused
        for item in found.items:
            self.stdout.write(f"{item['number']}  {item['title']}  {_words(item['now'])} → {_words(item['then'])}")
        self.stdout.write(
            f"{rule.name} ({rule.state}): {found.examined} events, {found.matched} match, "
            f"{found.changed} would change, {found.failed} could not be judged"
        )


def _words(outcome: dict[str, Any]) -> str:
    parts = [outcome["lead"] or "-", outcome["owner"], "+".join(outcome["co_units"])]
    parts += [f"level {outcome['level']}"] if outcome["level"] else []
    parts += ["automatic"] if outcome["automatic"] else []
    return " / ".join(part for part in parts if part)
