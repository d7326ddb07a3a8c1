"""Exports: what a job takes out of which list, and how it stands."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from core.actor import Actor
from core.clock import local, now
from core.errors import Language, NotFound
from events.exporting.columns import COLUMNS, STAGE_NAMES, TITLES, spoken
from events.exporting.sheet import Sheet
from events.lifecycle import EVENT, WORK_ORDER
from events.models import Event, ExportJob, WorkOrder
from events.queries.board import ORDERS, event_list
from events.queries.export_rows import language_of
from events.queries.orders import BY_DUE, order_list
from events.queries.rows import event_row, order_row
from grids.models import Area

SHOWN = 20
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
    return order_list(actor, **filters).order_by(*BY_DUE)


def row_of(job: ExportJob, found: Event | WorkOrder) -> dict[str, Any]:
    """The row as the list shows it."""
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
    of_events = kind == ExportJob.Kind.EVENTS
    parts: list[tuple[tuple[str, str], str]] = []
    if state := filters.get("state"):
        names = EVENT.states if of_events else WORK_ORDER.states
        parts.append((("状态", "state"), "、".join(spoken(names[one], language) for one in state.split(","))))
    if stage := filters.get("stage"):
        parts.append((("阶段", "stage"), spoken(STAGE_NAMES[stage], language)))
    if box := filters.get("box"):
        parts.append((("分类", "box"), spoken(BOX_NAMES[box], language)))
    if street := filters.get("street"):
        area = Area.objects.filter(path=street).values_list("name", flat=True).first()
        parts.append((("街道", "street"), area or street))
    if words := filters.get("q"):
        parts.append((("关键词", "words"), words))
    if filters.get("mine"):
        parts.append((("上报人", "reporter"), spoken(("本人", "me"), language)))
    if filters.get("open"):
        parts.append((("办理", "progress"), spoken(("未结", "open"), language)))
    between, after = ("：", "；") if language == "zh" else (": ", "; ")
    return after.join(f"{spoken(name, language)}{between}{value}" for name, value in parts)
