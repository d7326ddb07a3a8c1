"""How often one camera is right, rule by rule, and whether its findings are confirmed by the platform."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta

from core.clock import now
from events.models import Alert, Automation
from events.queries.automation import Pair, Procedure, judged_by_subject, measure, procedures, why_not
from events.queries.automation_list import DAYS
from events.rules.automation import Figure, is_weaker, shortfall

SOURCE = "video"


@dataclass(frozen=True)
class CameraFigure:
    """`own` is of the camera alone, `whole` of every camera with the rule: both have to stand above the limits, and a
    part of the picture (`weak`, by its subject's id) that is measurably worse is left to people all the same. `asked`
    is None where nobody wrote limits. `why_not` is empty where the platform may confirm.
    """

    rule: str
    days: int
    own: Figure
    whole: Figure
    asked: float | None
    state: str
    is_automatic: bool
    why_not: str
    weak: list[int] = field(default_factory=list)


def camera_figures(camera_id: int, rules: Collection[str]) -> list[CameraFigure]:
    """Of the rules that its zones are watched by, and of those by which it found something lately: four statements."""
    at = now()
    seen = Alert.objects.filter(source=SOURCE, camera_id=camera_id, found_at__gte=at - timedelta(days=DAYS))
    wanted = sorted({*rules, *seen.values_list("rule", flat=True).distinct().order_by()})
    automations = {one.rule: one for one in Automation.objects.filter(source=SOURCE, rule__in=wanted)}
    days = {rule: automations[rule].window_days if rule in automations else DAYS for rule in wanted}
    windows = {(SOURCE, rule): at - timedelta(days=days[rule]) for rule in wanted}
    whole, known = measure(windows), procedures()
    parts = judged_by_subject(camera_id, windows)
    return [
        _figure(rule, automations.get(rule), days[rule], whole[SOURCE, rule], parts.get((SOURCE, rule), {}), known)
        for rule in wanted
    ]


def _figure(
    rule: str,
    automation: Automation | None,
    days: int,
    whole: Figure,
    parts: dict[int, Figure],
    known: dict[Pair, Procedure],
) -> CameraFigure:
    procedure = known.get((SOURCE, rule))
    own = Figure(sum(one.confirmed for one in parts.values()), sum(one.dismissed for one in parts.values()))
    lacks = why_not(automation, whole, procedure)
    if lacks is None and automation is not None:
        lacks = shortfall(own, precision=automation.min_precision, sample=automation.min_sample)
    weak = [key for key, part in parts.items() if automation and is_weaker(part, precision=automation.min_precision)]
    return CameraFigure(
        rule=rule,
        days=days,
        own=own,
        whole=whole,
        asked=automation.min_precision if automation else None,
        state=automation.state if automation else "none",
        is_automatic=lacks is None and automation is not None and automation.confirms,
        why_not=lacks or "",
        weak=weak,
    )
