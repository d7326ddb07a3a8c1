"""Exports: what a job takes out of which list, and how it stands."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from core.actor import Actor
from core.clock import local, now
from core.errors import Language, NotFound
from events.exporting.columns import COLUMNS, STAGE_NAMES, TITLES, spoken
from events.exporting.sheet import Sheet
from events.lifecycle import ALERT, EVENT, WORK_ORDER
from events.models import Alert, Event, ExportJob, WorkOrder
from events.queries.alerts import NEWEST, alert_list
from events.queries.board import ORDERS, event_list
from events.queries.export_rows import language_of
from events.queries.orders import BY_DUE, order_list
from events.queries.rows import alert_row, event_row, order_row
from grids.models import Area

SHOWN = 20
SHELF_NAMES = {"only": ("仅搁置的", "shelved ones only"), "without": ("不含搁置的", "without shelved ones")}
BOX_NAMES = {
    "to_sign": ("待签收", "to sign"),
    "handling": ("处置中", "handling"),
    "rework": ("返工", "rework"),
    "co": ("协办", "co-handling"),
    "suspended": ("挂账", "suspended"),
    "done": ("已反馈", "done"),
    "replies": ("待回复", "replies due"),
    "asking": ("申请中", "asking"),
    "closed": ("已结", "closed"),
}


def exports_of(actor: Actor) -> list[ExportJob]:
    """The person's own, newest first."""
    return list(ExportJob.objects.visible_to(actor).order_by("-created_at", "-id")[:SHOWN])


def export_of(export_id: int, actor: Actor) -> ExportJob:
    job = ExportJob.objects.visible_to(actor).filter(pk=export_id).first()
    if job is None:
        raise NotFound()
    return job


def listed(job: ExportJob, actor: Actor) -> QuerySet[Any]:
    """The rows of the list that the person looked at, by the same query and in the same order; nothing is read yet."""
    filters = dict(job.filters)
    if job.kind == ExportJob.Kind.EVENTS:
        order = ORDERS[filters.pop("order", "newest")]
        return event_list(actor, only_open=filters.pop("open", False), **filters).order_by(*order)
    if job.kind == ExportJob.Kind.ALERTS:
        return alert_list(actor, **filters).select_related("event").order_by(*NEWEST)
    return order_list(actor, **filters).order_by(*BY_DUE)


def row_of(job: ExportJob, found: Alert | Event | WorkOrder) -> dict[str, Any]:
    """The row as the list shows it; of an alert also what was decided about it, and of which event it is."""
    if isinstance(found, Alert):
        event = {"number": found.event.number} if found.event else None
        decided = {"decided_at": found.decided_at, "decision_reason": found.decision_reason}
        return {**alert_row(found), **decided, "event": event, "address": found.address}
    return event_row(found, now()) if isinstance(found, Event) else order_row(found, found.event, now())


def sheet_of(job: ExportJob, actor: Actor) -> Sheet:
    language = language_of(job)
    narrowed = _narrowed(job.kind, job.filters, language)
    taken = f"{local(now()):%Y-%m-%d %H:%M:%S} {actor.name}"
    about = (f"筛选：{narrowed or '全部'}", f"导出：{taken}") if language == "zh" else (
        f"Filters: {narrowed or 'all'}", f"Exported: {taken}"
    )  # fmt: skip
    return Sheet(spoken(TITLES[job.kind], language), about, COLUMNS[job.kind], language)


def truncated_note(job: ExportJob) -> str:
    """The last line of a file that does not hold everything."""
    if not job.is_truncated:
        return ""
    if language_of(job) == "zh":
        return f"共 {job.total} 条，本文件只含前 {job.most} 条。请缩小筛选范围后分次导出。"
    return (
        f"{job.total} rows in all, of which this file holds the first {job.most}. Narrow the filters to get the rest."
    )


def _narrowed(kind: str, filters: Mapping[str, Any], language: Language) -> str:
    """The filters in words."""
    states = {ExportJob.Kind.EVENTS: EVENT.states, ExportJob.Kind.ALERTS: ALERT.states}.get(
        ExportJob.Kind(kind), WORK_ORDER.states
    )
    parts: list[tuple[tuple[str, str], str]] = []
    if state := filters.get("state"):
        parts.append((("状态", "state"), "、".join(spoken(states[one], language) for one in state.split(","))))
    if stage := filters.get("stage"):
        parts.append((("阶段", "stage"), spoken(STAGE_NAMES[stage], language)))
    if box := filters.get("box"):
        parts.append((("分类", "box"), spoken(BOX_NAMES[box], language)))
    if street := filters.get("street"):
        area = Area.objects.filter(path=street).values_list("name", flat=True).first()
        parts.append((("街道", "street"), area or street))
    if inside := filters.get("area"):
        name = Area.objects.filter(path=inside).values_list("name", flat=True).first()
        parts.append((("区域", "area"), name or inside))
    if shelf := filters.get("shelf"):
        parts.append((("搁置", "shelf"), spoken(SHELF_NAMES[shelf], language)))
    if words := filters.get("q"):
        parts.append((("关键词", "words"), words))
    if filters.get("mine"):
        parts.append((("上报人", "reporter"), spoken(("本人", "me"), language)))
    if filters.get("open"):
        parts.append((("办理", "progress"), spoken(("未结", "open"), language)))
    between, after = ("：", "；") if language == "zh" else (": ", "; ")
    return after.join(f"{spoken(name, language)}{between}{value}" for name, value in parts)
