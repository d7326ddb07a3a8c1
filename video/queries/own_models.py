"""A site's own model as workers are told of it."""

from video.detectors.own import OwnModel as Record
from video.models import OwnModel


def record_of_own(model: OwnModel) -> Record:
    """What workers are told of a model that passed its trial."""
    return Record(
        name=model.name,
        file=model.report["file"],
        sha256=model.report["sha256"],
        layout=model.report["layout"],
        labels=tuple(model.labels),
        licence=model.licence,
        stretched=model.stretched,
        threshold=model.threshold,
        milliseconds=model.report["milliseconds"],
    )
