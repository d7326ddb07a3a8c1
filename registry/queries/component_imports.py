"""Imports as their owner's page shows them."""

from core.actor import Actor
from core.errors import NotFound
from registry.component_shapes import ComponentImportRow
from registry.models import ComponentImport

SHOWN = 30
_PLAIN = (
    "version", "state", "file_name", "format", "datum", "size", "total", "read", "created", "updated", "unchanged",
    "refused", "problem", "detail", "preview", "faults", "created_at", "started_at", "ended_at",
)  # fmt: skip


def import_row(job: ComponentImport) -> ComponentImportRow:
    values = {name: getattr(job, name) for name in _PLAIN}
    return ComponentImportRow.model_validate({"id": job.pk, "has_faults_file": bool(job.faults_path), **values})


def imports_of(actor: Actor) -> list[ComponentImportRow]:
    """The newest first."""
    return [import_row(job) for job in ComponentImport.objects.visible_to(actor).order_by("-created_at")[:SHOWN]]


def import_of(import_id: int, actor: Actor) -> ComponentImport:
    job = ComponentImport.objects.visible_to(actor).filter(pk=import_id).first()
    if job is None:
        raise NotFound()
    return job
