"""The wall's snapshot: every figure from rows, in a fixed number of statements whatever their number."""

from collections import Counter

from accounts.roles import Role
from analytics.models import Goal
from analytics.models.goal import DEFAULT_GOALS
from analytics.queries import event_figures as figures
from analytics.queries.alerts import wall_alerts
from analytics.queries.cameras import wall_cameras
from analytics.queries.places import on_map, streets_of, title_of
from analytics.queries.scope import WallScope, scope_of
from analytics.rules.days import today_of
from analytics.rules.rates import hours_so_far, mean_by_hour, on_time_rate, total
from analytics.shapes import (
    DutyChief,
    ForceFigures,
    HourFigure,
    SourceCount,
    StageFigures,
    WallKpis,
    WallSnapshot,
    WallTrend,
)
from core.actor import Actor
from core.clock import local, now
from core.live.snapshot import position
from dispatch.models import Responder
from dispatch.queries.duty import at_seat, forces


def wall_snapshot(actor: Actor, area: str | None = None) -> WallSnapshot:
    """What the wall of this actor shows. The stream's position is read first, so that nothing falls in between."""
    stream, at = position(), now()
    scope = scope_of(actor, area)
    today, events = today_of(local(at)), figures.events_of(scope)
    open_events = figures.open_figures(events, at)
    received = figures.received_today(events, today)
    trend = figures.trend(events, today)
    closing = figures.closings(events, at)
    entered = figures.entered_today(events, today)
    chief = at_seat(Role.DUTY_CHIEF, scope.path, at)
    waiting = open_events.waiting + Counter({"evaluate": closing.to_evaluate})
    return WallSnapshot(
        as_of=stream.as_of,
        epoch=stream.epoch,
        at=at,
        title=title_of(scope),
        kpis=WallKpis(
            received_today=received.by_street.total(),
            received_yesterday_same_time=trend.yesterday_same_time,
            open=open_events.total,
            near_due=open_events.near_due,
            overdue=open_events.overdue,
            longest_overdue_seconds=open_events.longest_overdue_seconds,
            on_time_rate=on_time_rate(total(closing.by_street.values())),
            on_time_goal=goal_of(Goal.Indicator.ON_TIME_RATE),
        ),
        sources=[SourceCount(source=source, count=count) for source, count in received.by_source.most_common()],
        trend=WallTrend(
            today=[HourFigure(hour=h, count=n) for h, n in hours_so_far(trend.today, local(at).hour)],
            average7=[HourFigure(hour=h, count=n) for h, n in mean_by_hour(trend.before)],
        ),
        streets=streets_of(scope, received, open_events, closing.by_street),
        stages=[
            StageFigures(stage=stage, total_today=entered.get(stage, 0), waiting=waiting[stage])
            for stage in figures.LOOP
        ],
        alerts=wall_alerts(scope),
        events=on_map(events),
        cameras=wall_cameras(scope),
        forces=force_figures(scope),
        duty_chief=DutyChief(name=chief) if chief else None,
    )


def force_figures(scope: WallScope) -> list[ForceFigures]:
    """Who can be sent, by kind: on duty now, and in all."""
    counted = forces(Responder.objects.filter(scope.within), now())
    return [ForceFigures(kind=force.kind, on_duty=force.on_duty, total=force.total) for force in counted]


def goal_of(indicator: str) -> float:
    set_by_site = Goal.objects.filter(indicator=indicator).values_list("share", flat=True).first()
    return DEFAULT_GOALS[indicator] if set_by_site is None else set_by_site
