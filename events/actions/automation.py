"""What an administrator allows to happen without a person, and when the platform takes that back."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from core.actor import SYSTEM, SYSTEM_ROLE, Actor
from core.clock import now
from core.errors import NotFound, StaleVersion
from core.history.record import append
from core.lifecycle import Change
from events.actions.freshness import require_fresh
from events.automation_lifecycle import AUTOMATION, NEW, AutomationMove
from events.errors import (
    AutomationDoesNothing,
    AutomationInForce,
    DecidesAboutPerson,
    FilingConditionMissing,
    FilingNotDeclared,
    NotMeasuredEnough,
    OnlySuspected,
    PairOfNoScenario,
)
from events.models import Alert, Automation, Condition
from events.models.automation import AUTOMATION_KIND
from events.queries.automation import Pair, Procedure, measure, pair_of, procedures, windows_of
from events.queries.catalogue import type_of
from events.routing_policies import editing_roles, require_rule_editor
from events.rules.automation import Figure, Why, least_sample_for, shortfall
from events.signals import automation_stopped


@dataclass(frozen=True)
class AutomationContent:
    """What is asked before a person need not look: a precision between 0.5 and 1, exclusive, over so many days."""

    confirms: bool
    files: bool
    min_precision: float
    min_sample: int
    window_days: int
    audit_percent: int


@transaction.atomic
def write_automation(*, source: str, rule: str, actor: Actor, version: int, content: AutomationContent) -> Automation:
    """The limits of one source × rule; `version` is 0 where there are none yet. Nothing is switched on by it."""
    role = require_rule_editor(actor)
    pair = (source, rule)
    _require_allowed(pair, content.confirms, content.files)
    automation = Automation.objects.select_for_update().filter(source=source, rule=rule).first()
    at = now()
    if automation is None:
        if version:
            raise NotFound()
        automation = Automation(source=source, rule=rule, state=NEW, version=0, **_edit(content, actor, at))
        change = AUTOMATION.apply(AutomationMove.WRITE, automation, actor=actor, roles={role})
        try:
            with transaction.atomic():
                automation.save(force_insert=True)
        except IntegrityError as error:  # somebody else wrote it in the same moment
            raise StaleVersion(current_version=1) from error
        _remember(automation, change, actor, at, first=True)
        return automation
    _require_fresh(automation, AutomationMove.EDIT, actor, version)
    if automation.state == "on":
        raise AutomationInForce()
    for name, value in _edit(content, actor, at).items():
        setattr(automation, name, value)
    automation.stopped_because, automation.stopped_figures = "", {}
    return _moved(automation, AutomationMove.EDIT, actor, at)


@transaction.atomic
def switch_automation(*, source: str, rule: str, actor: Actor, version: int, on: bool) -> Automation:
    """On only while its measure stands above what is asked; off at any time."""
    require_rule_editor(actor)
    automation = Automation.objects.select_for_update().filter(source=source, rule=rule).first()
    if automation is None:
        raise NotFound()
    move, at = AutomationMove.SWITCH_ON if on else AutomationMove.SWITCH_OFF, now()
    _require_fresh(automation, move, actor, version)
    facts: dict[str, Any] = {}
    if on:
        _require_allowed(pair_of(automation), automation.confirms, automation.files)
        figure = measure(windows_of([automation], at))[pair_of(automation)]
        _require_measured(automation, figure)
        facts = {"figures": figures_of(figure)}
        automation.stopped_because, automation.stopped_figures = "", {}
    automation.switched_at, automation.switched_by_id = at, actor.user_id
    return _moved(automation, move, actor, at, **facts)


@transaction.atomic
def stop_automation(*, automation_id: int, why: Why, figure: Figure) -> bool:
    """It falls below what was asked, or its scenario is about a person now: off, and the administrators are told, once.

    False where somebody else was faster.
    """
    automation = Automation.objects.select_for_update().filter(pk=automation_id, state="on").first()
    if automation is None:
        return False
    at = now()
    automation.stopped_because, automation.stopped_figures = why.value, figures_of(figure)
    automation.switched_at, automation.switched_by_id = at, None
    _moved(automation, AutomationMove.STOP, SYSTEM, at, why=why.value, figures=automation.stopped_figures)
    automation_stopped.send(sender=Automation, automation=automation, why=why, figure=figure)
    return True


def figures_of(figure: Figure) -> dict[str, Any]:
    """As history and verdicts keep it."""
    return {
        "confirmed": figure.confirmed,
        "dismissed": figure.dismissed,
        "lower": round(figure.lower, 4) if figure.lower is not None else None,
    }


def _require_allowed(pair: Pair, confirms: bool, files: bool) -> None:
    """Never where a person is decided about, nor where nobody said that none is."""
    procedure = procedures().get(pair)
    if procedure is None:
        raise PairOfNoScenario(source=Alert.Source(pair[0]).label, rule=pair[1])
    if procedure.about_person:
        raise DecidesAboutPerson(scenario=procedure.name)
    if procedure.suspected:
        raise OnlySuspected(rule=pair[1])
    if not (confirms or files):
        raise AutomationDoesNothing()
    if files:
        _require_condition(pair, procedure)


def _require_condition(pair: Pair, procedure: Procedure) -> None:
    if not procedure.declares_filing:
        raise FilingNotDeclared(scenario=procedure.name, source=Alert.Source(pair[0]).label, rule=pair[1])
    kind = type_of(procedure.event_type)
    if not Condition.objects.filter(type=kind, code=procedure.condition).exists():
        raise FilingConditionMissing(condition=procedure.condition, type_name=kind.name)


def _require_measured(automation: Automation, figure: Figure) -> None:
    why = shortfall(figure, precision=automation.min_precision, sample=automation.min_sample)
    if why is None:
        return
    raise NotMeasuredEnough(
        why=why.value,
        days=automation.window_days,
        sample=figure.sample,
        needed=max(automation.min_sample, least_sample_for(automation.min_precision)),
        lower=f"{figure.lower:.1%}" if figure.lower is not None else "—",
        precision=f"{automation.min_precision:.1%}",
    )


def _edit(content: AutomationContent, actor: Actor, at: datetime) -> dict[str, Any]:
    return {**asdict(content), "edited_at": at, "edited_by_id": actor.user_id}


def _require_fresh(automation: Automation, move: str, actor: Actor, version: int) -> None:
    if version == 0:
        raise StaleVersion(current_version=automation.version)
    if automation.version != version:
        require_fresh(AUTOMATION_KIND, automation.pk, move, actor, seen=version, current=automation.version)


def _moved(automation: Automation, move: str, actor: Actor, at: datetime, **facts: Any) -> Automation:
    roles = {SYSTEM_ROLE} if actor.is_system else editing_roles(actor)
    change = AUTOMATION.apply(move, automation, actor=actor, roles=roles)
    automation.save()
    _remember(automation, change, actor, at, **facts)
    return automation


def _remember(
    automation: Automation, change: Change, actor: Actor, at: datetime, *, first: bool = False, **facts: Any
) -> None:
    """History keeps what was asked each time, so that what was automatic can always be explained."""
    names = AutomationContent.__dataclass_fields__
    append(
        subject_kind=AUTOMATION_KIND,
        subject_id=automation.pk,
        actor=actor,
        change=change,
        at=at,
        facts={
            "version": automation.version,
            "source": automation.source,
            "rule": automation.rule,
            "content": {name: getattr(automation, name) for name in names},
            **facts,
        },
        first=first,
    )
