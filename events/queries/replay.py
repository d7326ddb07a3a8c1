"""A rule tried on past events: what would have gone elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import islice
from typing import Any

from django.db.models import Q

from core.actor import Actor
from core.clock import now
from events.models import Event, RoutingRule
from events.queries.components import Keepers, keepers_of_many
from events.queries.routing import ground, rule_of, rules_of
from events.rules.expressions import AskFailed, activation, ask
from events.rules.routing import Decision, Facts, Ground, Rule, Word, decide

MOST_EVENTS = 5000
MOST_DAYS = 366
DAYS = 30
SHOWN = 200
BATCH = 500

COLUMNS = (
    "id",
    "number",
    "title",
    "reported_at",
    "area_label",
    "type_code",
    "type__category",
    "type__main_class",
    "type__default_unit_code",
    "level",
    "area_path",
    "source",
    "description",
    "has_citizen",
    "component_id",
)


@dataclass
class Replay:
    """What came out: `changed` events would have gone elsewhere, of which the newest are `items`; on `failed` ones the
    rule broke off. `truncated` where there were more events than are looked at.
    """

    rule_id: int
    edition: int
    days: int | None
    examined: int = 0
    matched: int = 0
    changed: int = 0
    failed: int = 0
    truncated: bool = False
    problem: str = ""
    items: list[dict[str, Any]] = field(default_factory=list)

    @property
    def summary(self) -> dict[str, Any]:
        names = ("days", "examined", "matched", "changed", "failed", "truncated")
        return {name: getattr(self, name) for name in names}


def replay_rule(rule: RoutingRule, actor: Actor, *, days: int | None = None, count: int | None = None) -> Replay:
    """The set of rules with this one and without it, over the events that the actor may see, newest first.

    A rule of an area is tried on its events alone. A draft is tried in its place among the rules that are on (in the
    place of the one it replaces); a rule that is on is taken out. Events are read in batches and never more than
    `MOST_EVENTS`; memory does not grow with them.
    """
    tried = rule_of(rule)
    now_ground, then_ground = _grounds(rule, tried)
    wanted = min(count or MOST_EVENTS, MOST_EVENTS)
    days = min(days or (MOST_DAYS if count else DAYS), MOST_DAYS)
    found = Replay(rule.pk, rule.edition, days)
    for row, facts in islice(_past(actor, days, wanted + 1, rule.area_path), wanted):
        _compare(found, row, facts, tried, now_ground, then_ground)
    found.truncated = found.examined == wanted and count is None
    return found


def _grounds(rule: RoutingRule, tried: Rule) -> tuple[Ground, Ground]:
    present = ground()
    rows = [row for row in RoutingRule.objects.in_force() if row.pk != rule.pk]
    without = replace(present, rules=rules_of(rows))
    if rule.state == "on":
        return present, without
    # In its place: behind the ones that stand before it. The one it replaces leaves.
    keyed = [(_place(row), row) for row in rows if row.pk != rule.replaces_id]
    keyed.append((_place(rule), rule))
    ordered = [row for _, row in sorted(keyed, key=lambda pair: pair[0])]
    usable = {one.id: one for one in rules_of(ordered)} | {tried.id: tried}
    return without, replace(present, rules=tuple(usable[row.pk] for row in ordered if row.pk in usable))


def _place(rule: RoutingRule) -> tuple[int, str, int, int]:
    """Where the rule stands among the others, as `in_order` has it."""
    return (-len(rule.area_path), rule.area_path, rule.position, rule.pk)


def _past(actor: Actor, days: int, wanted: int, area_path: str) -> Iterator[tuple[dict[str, Any], Facts]]:
    events = Event.objects.visible_to(actor).filter(reported_at__gte=now() - timedelta(days=days))
    if area_path:
        events = events.filter(Q(area_path=area_path) | Q(area_path__startswith=area_path + "."))
    rows = events.order_by("-reported_at", "-id").values(*COLUMNS)[:wanted]
    for row, keepers in _with_keepers(rows.iterator(chunk_size=BATCH)):
        yield (
            row,
            Facts(
                type_code=row["type_code"],
                category=row["type__category"],
                main_class=row["type__main_class"],
                default_unit_code=row["type__default_unit_code"],
                level=row["level"],
                area_path=row["area_path"],
                area_label=row["area_label"],
                at=row["reported_at"],
                source=row["source"],
                text=row["description"],
                has_citizen=row["has_citizen"],
                keepers=keepers,
            ),
        )


def _with_keepers(rows: Iterator[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], Keepers]]:
    """Each row with who answers for its component now, read for a batch at once."""
    while batch := list(islice(rows, BATCH)):
        known = keepers_of_many(row["component_id"] for row in batch if row["component_id"] is not None)
        for row in batch:
            yield row, known.get(row["component_id"], ())


def _compare(found: Replay, row: dict[str, Any], facts: Facts, tried: Rule, present: Ground, then: Ground) -> None:
    found.examined += 1
    try:
        found.matched += ask(tried.compiled, activation(facts.as_named(present.calendar)))
    except AskFailed as failed:
        found.failed += 1
        found.problem = str(failed)[:200]
    is_now, would_be = decide(present, facts), decide(then, facts)
    if is_now.outcome == would_be.outcome:
        return
    found.changed += 1
    if len(found.items) < SHOWN:
        shown = {name: row[name] for name in ("id", "number", "title", "reported_at", "area_label")}
        found.items.append({**shown, "now": _outcome(is_now), "then": _outcome(would_be)})


def _outcome(decision: Decision) -> dict[str, Any]:
    return {
        "lead": decision.lead.name if decision.lead else "",
        "lead_by": _by(decision.lead_by),
        "owner": decision.owner.name if decision.owner else "",
        "co_units": [unit.name for unit in decision.co_units],
        "level": decision.level,
        "automatic": decision.automatic,
    }


def _by(word: Word) -> str:
    return word.name if word.by == "rule" else word.by
