"""How an export stands, as screens show it: built from the loaded job, no statement of its own."""

from typing import Any

from core.clock import local
from core.errors import Language
from events.exporting.columns import TITLES, spoken
from events.models import ExportJob


def export_row(job: ExportJob) -> dict[str, Any]:
    return {
        "id": job.pk,
        "version": job.version,
        "kind": job.kind,
        "format": job.format,
        "filters": job.filters,
        "state": job.state,
        "total": job.total,
        "written": job.written,
        "most": job.most,
        "truncated": job.is_truncated,
        "size": job.size,
        "problem": job.problem,
        "file_name": file_name(job),
        "created_at": job.created_at,
        "ended_at": job.ended_at,
        "expires_at": job.expires_at,
    }


def file_name(job: ExportJob) -> str:
    """What the file is called on the owner's own machine."""
    title = spoken(TITLES[job.kind], language_of(job)).replace(" ", "-")
    return f"{title}-{local(job.created_at):%Y%m%d-%H%M%S}.{job.format}"


def language_of(job: ExportJob) -> Language:
    return "en" if job.language == "en" else "zh"
