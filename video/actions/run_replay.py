"""Running a replay: by one worker, with progress, in pieces, so that it can be called off and taken up again."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet, Sum

from core.actor import SYSTEM
from core.clock import local, now
from events.models import Alert
from events.queries.automation import RIGHT, WRONG
from events.rules.automation import Figure
from video.actions.replays import candidate_of, note_replay
from video.models import DetectionBlock, ReplayJob, Zone
from video.pipeline.packing import UnknownFormat
from video.pipeline.plans import ZonePlan
from video.pipeline.replaying import Episode, Replay, cannot_replay
from video.queries.plans import camera_plan, zone_plan
from video.queries.precision_figures import figure_values
from video.replay_lifecycle import REPLAY, ReplayMove
from video.replay_shapes import RaisedItem, ReplayDay, ReplayResult, TallyShape, WouldBe
from video.rules.algorithms import read_algorithms
from video.rules.comparison import Comparison, Span, compare, stretches, tally

logger = logging.getLogger(__name__)

CANDIDATE, AS_IT_IS = -1, -2
"""Under which numbers the two zones run side by side."""
TOLD_EVERY = timedelta(seconds=1)
MOST_SHOWN = 100


class Stopped(Exception):
    """It was called off, or another run has taken it up."""


def run_replay(replay_id: int) -> bool:
    """True where this call finished it. May be called any number of times: whoever comes second does nothing."""
    job = _begin(replay_id)
    if job is None:
        return False
    try:
        result = _run(job)
    except Stopped:
        return False
    except Exception:
        logger.exception("replay %s failed", replay_id)
        _end(job, ReplayMove.FAIL, problem=ReplayJob.Problem.FAULT)
        return False
    return _end(job, ReplayMove.FINISH, result=result.model_dump(mode="json"))


@transaction.atomic
def _begin(replay_id: int) -> ReplayJob | None:
    job = ReplayJob.objects.select_for_update(skip_locked=True).filter(pk=replay_id, state="queued").first()
    if job is None:
        return None
    blocks = _blocks(job).aggregate(total=Sum("looks"))
    job.attempt, job.looked, job.total = job.attempt + 1, 0, blocks["total"] or 0
    job.started_at = job.seen_at = now()
    change = REPLAY.apply(ReplayMove.START, job, actor=SYSTEM)
    job.save()
    note_replay(job, change, SYSTEM)
    return job


def _run(job: ReplayJob) -> ReplayResult:
    camera = job.camera
    candidate = zone_plan(candidate_of(camera, job.zone_id, job.candidate), CANDIDATE)
    zones = [candidate]
    now_zone = Zone.objects.filter(pk=job.zone_id).first() if job.zone_id else None
    algorithms = read_algorithms()
    if now_zone is not None and now_zone.algorithm in algorithms:
        as_it_is = zone_plan(now_zone, AS_IT_IS)
        zones += [] if cannot_replay(as_it_is, algorithms[as_it_is.algorithm]) else [as_it_is]
    replay = Replay(camera_plan(camera, tuple(zones)), algorithms)
    spans = []
    for block in _blocks(job).order_by("began_at", "id").iterator(chunk_size=200):
        spans.append((block.began_at, block.ended_at))
        try:
            replay.feed(block)
        except UnknownFormat as error:
            logger.warning("block %s of camera %s is left out: %s", block.pk, camera.pk, error)
        _tell(job, replay.looks)
    raised = _raised(job)
    return _result(replay, candidate, spans, raised, as_it_is=len(zones) > 1)


def _blocks(job: ReplayJob) -> QuerySet[DetectionBlock]:
    return DetectionBlock.objects.filter(camera_id=job.camera_id, began_at__gte=job.since, began_at__lte=job.until)


def _raised(job: ReplayJob) -> list[Span]:
    """The alerts of the zone in that time, with what people made of them by the words of every measure."""
    if job.zone_id is None:
        return []
    alerts = Alert.objects.filter(
        source="video",
        subject_kind="zone",
        subject_id=job.zone_id,
        last_seen_at__gte=job.since,
        found_at__lte=job.until,
    )
    right = set(alerts.filter(RIGHT).values_list("pk", flat=True))
    wrong = set(alerts.filter(WRONG).values_list("pk", flat=True))
    return [
        Span(pk, found_at, last_seen_at, True if pk in right else False if pk in wrong else None)
        for pk, found_at, last_seen_at in alerts.order_by("found_at").values_list("pk", "found_at", "last_seen_at")
    ]


def _result(
    replay: Replay,
    candidate: ZonePlan,
    spans: list[tuple[datetime, datetime]],
    raised: list[Span],
    *,
    as_it_is: bool,
) -> ReplayResult:
    would = [one for one in replay.episodes if one.zone == CANDIDATE]
    told = _spans(would)
    covered = stretches(spans)
    found = compare(raised, told, covered)
    base = _spans([one for one in replay.episodes if one.zone == AS_IT_IS])
    now_too = {one.key for one in found.new if any(one.meets(other) for other in base)}
    words = read_algorithms()[candidate.algorithm].words(candidate.parameters)
    return ReplayResult.model_validate(
        {
            "looks": replay.looks,
            "watched_seconds": int(sum((ended - began).total_seconds() for began, ended in covered)),
            "would_be": len(would),
            "as_it_is": len(base) if as_it_is else None,
            "reproduced": len(compare(raised, base, covered).kept) if as_it_is else None,
            "raised": tally_shape(found.raised),
            "kept": tally_shape(found.kept),
            "lost": tally_shape(found.lost),
            "new": len(found.new),
            "new_as_now": len(now_too),
            "uncovered": found.uncovered,
            "now": precision_of_spans(found.raised),
            "then": precision_of_spans(found.kept),
            "never_seen": sorted(words - replay.labels),
            "days": _days(found, told),
            "lost_items": [raised_item(one) for one in found.lost[-MOST_SHOWN:]],
            "new_items": [_would_be(would[one.key], one.key in now_too) for one in found.new[-MOST_SHOWN:]],
        }
    )


def precision_of_spans(spans: Iterable[Span]) -> dict[str, object]:
    counted = tally(spans)
    return figure_values(Figure(counted.confirmed, counted.dismissed))


def raised_item(one: Span) -> RaisedItem:
    words = {True: "confirmed", False: "dismissed", None: "none"}
    return RaisedItem.model_validate({"alert_id": one.key, "began_at": one.began, "verdict": words[one.verdict]})


def tally_shape(spans: Iterable[Span]) -> TallyShape:
    counted = tally(spans)
    return TallyShape(total=counted.total, confirmed=counted.confirmed, dismissed=counted.dismissed)


def _spans(episodes: list[Episode]) -> list[Span]:
    return [Span(number, one.began_at, one.ended_at) for number, one in enumerate(episodes)]


def _would_be(one: Episode, as_now: bool) -> WouldBe:
    return WouldBe(
        began_at=one.began_at,
        ended_at=one.ended_at,
        lasted_seconds=one.lasted_seconds,
        confidence=one.confidence,
        boxes=[{"label": box.label, "score": round(box.score, 3), "box": list(box.box)} for box in one.boxes],
        as_now=as_now,
    )


def _days(found: Comparison, told: list[Span]) -> list[ReplayDay]:
    raised = [local(one.began).date() for one in found.raised]
    would = [local(one.began).date() for one in told]
    return [
        ReplayDay(day=day, raised=raised.count(day), would_be=would.count(day)) for day in sorted({*raised, *would})
    ]


def _tell(job: ReplayJob, looked: int) -> None:
    at = now()
    if job.seen_at is not None and at - job.seen_at < TOLD_EVERY:
        return
    mine = ReplayJob.objects.filter(pk=job.pk, state="running", attempt=job.attempt)
    if not mine.update(looked=looked, seen_at=at):
        raise Stopped
    job.seen_at = at


@transaction.atomic
def _end(job: ReplayJob, move: str, *, result: dict[str, object] | None = None, problem: str = "") -> bool:
    found = ReplayJob.objects.select_for_update().filter(pk=job.pk, state="running", attempt=job.attempt).first()
    if found is None:
        return False
    found.result, found.problem = result or {}, problem
    found.looked = found.total if result else found.looked
    found.ended_at = found.seen_at = now()
    change = REPLAY.apply(move, found, actor=SYSTEM)
    found.save()
    note_replay(found, change, SYSTEM)
    return True
