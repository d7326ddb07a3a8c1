"""How often a source × rule is right, by what people made of its findings, and which scenario it belongs to."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q

from events.models import Alert, AutomaticVerdict, Automation, Scenario
from events.models.event import Ending
from events.queries.catalogue import catalogue
from events.rules.automation import Figure, Why, shortfall
from events.suspicions import is_only_suspected

Pair = tuple[str, str]

BY_PLATFORM = Q(automatic__kind=AutomaticVerdict.Kind.CONFIRMED)
BY_PEOPLE = Q(automatic=None) | Q(automatic__kind__in=(AutomaticVerdict.Kind.SAMPLED, AutomaticVerdict.Kind.LEFT))
FOUND_TRUE = Q(event__state__in=("closed", "evaluated"), event__ending=Ending.CHECKED)
FOUND_FALSE = Q(event__state__in=("rejected", "cancelled"))
RIGHT = Q(state="confirmed") & (BY_PEOPLE | FOUND_TRUE)
WRONG = Q(state="dismissed") | (Q(state="confirmed") & BY_PLATFORM & FOUND_FALSE)
"""What counts is a person's word: a confirmation or a dismissal as it stands now, so that one taken back counts no
more. What the platform itself confirmed proves nothing by that; it counts once people have closed its event after a
check, or have rejected or cancelled it.
"""


@dataclass(frozen=True)
class Procedure:
    """What a scenario says of one source × rule that triggers it."""

    code: str
    name: str
    about_person: bool
    reason: str
    types: frozenset[str]
    event_type: str
    condition: str = ""
    suspected: bool = False
    precision_above: float | None = None

    @property
    def declares_filing(self) -> bool:
        return self.precision_above is not None and not (self.about_person or self.suspected)


def procedures() -> dict[Pair, Procedure]:
    """The scenario of each source × rule, from the catalogue in memory. Where two name the same pair, one that decides
    about a person prevails.
    """
    found: dict[Pair, Procedure] = {}
    for scenario in sorted(catalogue().scenarios.values(), key=lambda row: row.number):
        for pair, procedure in _pairs_of(scenario):
            first = found.get(pair)
            if first is None or (procedure.about_person and not first.about_person):
                found[pair] = procedure
    return found


def _pairs_of(scenario: Scenario) -> Iterable[tuple[Pair, Procedure]]:
    said = scenario.definition
    filing = said.get("auto_file", {})
    rules = {(rule["source"], rule["rule"]): rule for rule in filing.get("rules", ())}
    triggers = [(one["source"], one["rule"]) for one in said.get("triggers", ()) if one.get("rule")]
    for pair in dict.fromkeys((*triggers, *rules)):
        rule = rules.get(pair, {})
        yield (
            pair,
            Procedure(
                code=scenario.code,
                name=scenario.name,
                about_person=bool(filing.get("decides_about_person", True)),
                reason=filing.get("reason", ""),
                types=frozenset({said["event_type"], *said.get("also_types", ())}),
                event_type=said["event_type"],
                condition=rule.get("condition", ""),
                suspected=is_only_suspected(*pair),
                precision_above=rule.get("precision_above"),
            ),
        )


def measure(windows: Mapping[Pair, datetime]) -> dict[Pair, Figure]:
    """What people made of the findings of each pair since its moment: one statement for all of them."""
    if not windows:
        return {}
    wanted = Q()
    for (source, rule), since in windows.items():
        wanted |= Q(source=source, rule=rule, found_at__gte=since)
    rows = Alert.objects.filter(wanted).values("source", "rule").annotate(right=_count(RIGHT), wrong=_count(WRONG))
    figures = {(row["source"], row["rule"]): Figure(row["right"], row["wrong"]) for row in rows}
    return {pair: figures.get(pair, Figure()) for pair in windows}


def measure_types(since: datetime) -> dict[str, Figure]:
    """The same by type of event, for the scenarios as wholes: one statement."""
    rows = Alert.objects.filter(found_at__gte=since).values("type_code")
    counted = rows.annotate(right=_count(RIGHT), wrong=_count(WRONG)).order_by("type_code")
    return {row["type_code"]: Figure(row["right"], row["wrong"]) for row in counted}


def measure_subjects(pair: Pair, subjects: Collection[tuple[str, int]], since: datetime) -> dict[Any, Figure]:
    """Of single cameras and devices, by (kind, id): one statement."""
    alerts = Alert.objects.filter(source=pair[0], rule=pair[1], found_at__gte=since)
    alerts = alerts.filter(subject_id__in={subject_id for _, subject_id in subjects})
    rows = alerts.values("subject_kind", "subject_id").annotate(right=_count(RIGHT), wrong=_count(WRONG))
    return {(row["subject_kind"], row["subject_id"]): Figure(row["right"], row["wrong"]) for row in rows}


def measure_cameras(pair: Pair, cameras: Collection[int], since: datetime) -> dict[int, Figure]:
    """Of each of these cameras alone: one statement."""
    if not cameras:
        return {}
    alerts = Alert.objects.filter(source=pair[0], rule=pair[1], found_at__gte=since, camera_id__in=set(cameras))
    rows = alerts.values("camera_id").annotate(right=_count(RIGHT), wrong=_count(WRONG))
    found = {row["camera_id"]: Figure(row["right"], row["wrong"]) for row in rows}
    return {camera_id: found.get(camera_id, Figure()) for camera_id in cameras}


def measure_pairs(source: str, pairs: Collection[tuple[int, str]], since: datetime) -> dict[tuple[int, str], Figure]:
    """Of these cameras by these rules, (camera, rule): one statement."""
    if not pairs:
        return {}
    alerts = Alert.objects.filter(source=source, found_at__gte=since)
    alerts = alerts.filter(camera_id__in={camera for camera, _ in pairs}, rule__in={rule for _, rule in pairs})
    rows = alerts.values("camera_id", "rule").annotate(right=_count(RIGHT), wrong=_count(WRONG))
    found: dict[tuple[int, str], Figure] = {}
    for row in rows:
        found[row["camera_id"] or 0, row["rule"]] = Figure(row["right"], row["wrong"])
    return found


def judged_by_subject(camera_id: int, windows: Mapping[Pair, datetime]) -> dict[Pair, dict[int, Figure]]:
    """What people made of the findings of one camera, by pair and by the part of the picture: one statement."""
    if not windows:
        return {}
    wanted = Q()
    for (source, rule), since in windows.items():
        wanted |= Q(source=source, rule=rule, found_at__gte=since)
    alerts = Alert.objects.filter(wanted, camera_id=camera_id)
    found: dict[Pair, dict[int, Figure]] = {}
    for row in alerts.values("source", "rule", "subject_id").annotate(right=_count(RIGHT), wrong=_count(WRONG)):
        found.setdefault((row["source"], row["rule"]), {})[row["subject_id"]] = Figure(row["right"], row["wrong"])
    return found


def _count(which: Q) -> Count:
    return Count("id", filter=which)


def pair_of(automation: Automation) -> Pair:
    return automation.source, automation.rule


def windows_of(automations: Iterable[Automation], at: datetime) -> dict[Pair, datetime]:
    return {pair_of(one): at - timedelta(days=one.window_days) for one in automations}


def why_not(automation: Automation | None, figure: Figure, procedure: Procedure | None) -> Why | None:
    """Why a person judges the findings of this pair; None where the platform may."""
    forbidden = _forbidden(procedure)
    if forbidden is not None:
        return forbidden
    if automation is None or automation.state == "off":
        return Why.OFF
    if automation.state == "stopped":
        return Why.STOPPED
    return shortfall(figure, precision=automation.min_precision, sample=automation.min_sample)


def why_not_filed(automation: Automation | None, figure: Figure, procedure: Procedure | None) -> Why | None:
    """Why a person files what comes of this pair: also where the scenario asks for a higher precision still."""
    lacks = why_not(automation, figure, procedure)
    if lacks is not None or automation is None or procedure is None:
        return lacks
    if not procedure.declares_filing:
        return Why.NOT_DECLARED
    if not procedure.condition:
        return Why.NO_CONDITION
    if not automation.files:
        return Why.OFF
    return shortfall(figure, precision=filing_precision(automation, procedure), sample=automation.min_sample)


def filing_precision(automation: Automation, procedure: Procedure) -> float:
    return max(automation.min_precision, procedure.precision_above or 0.0)


def _forbidden(procedure: Procedure | None) -> Why | None:
    if procedure is None:
        return Why.NO_SCENARIO
    if procedure.about_person:
        return Why.ABOUT_PERSON
    return Why.SUSPECTED if procedure.suspected else None
