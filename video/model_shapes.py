"""The shapes of models over HTTP."""

from datetime import datetime
from typing import Any, Literal

from video.shapes import Shape

ModelStateName = Literal["ready", "missing", "not_accepted", "awaiting", "trying", "tried", "refused", "on"]


class ModelTrialBox(Shape):
    label: str
    score: float
    box: tuple[float, float, float, float]


class ModelTrialPicture(Shape):
    """A picture the model was tried on, faces hidden, with what it saw; boxes in fractions of the picture."""

    url: str
    boxes: list[ModelTrialBox]


class ModelTrial(Shape):
    """`int8` is the share of what the full model saw that the small one saw too, or why there is none."""

    layout: str
    height: int
    width: int
    milliseconds: float
    full_milliseconds: float
    int8: str
    looked_at: int
    found: int
    hidden: bool
    pictures: list[ModelTrialPicture]


class OwnFields(Shape):
    """What was told of a site's own model."""

    labels: list[str]
    layout: str
    colour: str
    scale: str
    height: int
    width: int
    threshold: float
    stretched: bool
    calibrate: bool
    licence: str
    origin: str


class ModelMoveRow(Shape):
    move: str
    name: str


class ModelRow(Shape):
    """One model. `id` is given for a site's own; `running` tells on which machines it works just now, and on what."""

    name: str
    id: int | None
    version: int
    title: str
    note: str
    purpose: str
    classes: list[str]
    licence: str
    source: str
    state: ModelStateName
    reason: str
    detail: str
    needed: bool
    opt_in: bool
    milliseconds: float | None
    running: list[str]
    bytes: int
    sha256: str
    sent_by: str
    tried_at: datetime | None
    told: OwnFields | None
    trial: ModelTrial | None
    allowed_moves: list[ModelMoveRow]


class ProviderRow(Shape):
    """What may run models. `state`: running, asked (no worker says yet), missing (with the remedy), not_asked."""

    name: str
    state: Literal["running", "asked", "missing", "not_asked"]
    package: str
    detail: str


class ModelUseRow(Shape):
    camera: int | None
    camera_name: str
    algorithm: str
    model: str


class ModelBook(Shape):
    items: list[ModelRow]
    providers: list[ProviderRow]
    uses: list[ModelUseRow]
    detectors: list[str]
    default: str
    upload_limit: int
    may_edit: bool


class PlateAnswer(Shape):
    """A plate as read from one still. `why` is empty when one was read; nothing of it is kept here."""

    plate: str
    score: float
    why: Literal["", "no_vehicle", "no_text", "not_a_plate"]


class PlateTypes(Shape):
    """The event types for which whoever asks may have a plate read."""

    types: list[str]


class UseAnswer(Shape):
    camera: int | None
    algorithm: str
    model: str


Report = dict[str, Any]
