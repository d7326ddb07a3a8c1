"""manage.py load_risk_rules: where a place is at risk, an administrator's own kept."""

from typing import Any

from django.core.management.base import BaseCommand

from analytics.actions.risk import load_risk_rules


class Command(BaseCommand):
    help = "Load the shipped rules of risk; those that an administrator has changed are kept."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{load_risk_rules()} rules of risk written")
