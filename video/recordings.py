"""What cameras recorded that is nobody's evidence, by kind; the kinds of evidence are those of events."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import F, QuerySet

from core.clock import now
from events.actions.retention import erase_attachments
from events.models import Attachment
from events.queries.retention import kept_for
from events.retention_kinds import RetentionKind, register_kinds
from video.actions.trials import STILLS, erase_findings
from video.models import OwnModel, ShadowFinding
from video.models.own_model import PICTURES

_FILE = Path(__file__).parent / "reference_data" / "retention.yaml"
SAMPLED = "sampled_picture"


def register() -> None:
    register_kinds(
        _FILE,
        RetentionKind(STILLS, _findings_before, _erase_trial_stills, changed=_keep_trial_stills),
        RetentionKind(SAMPLED, _models_tried_before, _erase_sampled),
    )


def _findings_before(before: datetime) -> QuerySet[ShadowFinding]:
    return ShadowFinding.objects.filter(last_seen_at__lt=before)


def _erase_trial_stills(due: QuerySet[ShadowFinding], batch: int) -> int:
    keys = list(due.values_list("pk", flat=True)[:batch])
    with_still = ShadowFinding.objects.filter(pk__in=keys, still__isnull=False)
    stills = list(with_still.values_list("still_id", flat=True))
    erase_findings(keys)
    erase_attachments(Attachment.objects.filter(pk__in=stills, event=None), len(stills))
    return len(keys)


def _keep_trial_stills(kept: timedelta) -> None:
    """Stills of zones that are removed meanwhile go by their own moment."""
    stills = ShadowFinding.objects.filter(still__isnull=False).values("still_id")
    Attachment.objects.filter(pk__in=stills, event=None).update(erase_after=F("created_at") + kept)


def _models_tried_before(before: datetime) -> QuerySet[OwnModel]:
    return OwnModel.objects.filter(tried_at__lt=before, report__pictures__0__isnull=False)


def _erase_sampled(due: QuerySet[OwnModel], batch: int) -> int:
    """The figures of a trial stay, its pictures go; so do those whose model is gone or was tried anew."""
    models = list(due.select_for_update(skip_locked=True)[:batch])
    for model in models:
        for folder in _folders_of(model):
            shutil.rmtree(folder, ignore_errors=True)
        model.report = model.report | {"pictures": []}
        model.save(update_fields=["report"])
    return len(models) + _erase_strays()


def _erase_strays() -> int:
    """Folders of pictures that no model shows any more, when their days are over."""
    root = Path(settings.MEDIA_ROOT) / PICTURES
    if not root.is_dir():
        return 0
    shown = {folder for model in OwnModel.objects.only("report") for folder in _folders_of(model)}
    before = (now() - kept_for(SAMPLED, timedelta(days=30))).timestamp()
    old = [folder for folder in root.iterdir() if folder not in shown and folder.stat().st_mtime < before]
    for folder in old:
        shutil.rmtree(folder, ignore_errors=True)
    return len(old)


def _folders_of(model: OwnModel) -> set[Path]:
    root = Path(settings.MEDIA_ROOT)
    return {(root / picture["path"]).parent for picture in model.report.get("pictures", [])}
