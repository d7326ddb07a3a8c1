"""Small made-up pictures of a zone, for the rules that compare pictures: a textured ground under changing light."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from video.rules.patches import Patch
from video.rules.temporal import Claim, TemporalRule, Thing

WIDTH, HEIGHT = 96, 72
ZONE = (slice(12, 60), slice(16, 80))
"""Rows and columns of the zone; the rest is what lies around it."""
BOX = (0.2, 0.2, 0.7, 0.7)
BROWN = (40, 60, 110)


@dataclass
class Scene:
    """What the camera shows now; change the fields as time goes on."""

    light: float = 1.0
    dye: tuple[int, int, int] | None = None
    spot: tuple[int, int, int, int] | None = None  # rows from–to, columns from–to
    stir: float = 0.0
    things: list[Thing] = field(default_factory=list)
    seed: int = 5

    def patch(self) -> Patch:
        rng = np.random.default_rng(self.seed)
        picture = rng.normal(120, 18, (HEIGHT // 4, WIDTH // 4, 3)).repeat(4, 0).repeat(4, 1)
        if self.dye:
            picture[ZONE] = 0.4 * picture[ZONE] + 0.6 * np.array(self.dye)
        if self.spot:
            top, bottom, left, right = self.spot
            picture[top:bottom, left:right] = BROWN
        self._moment += 1
        noise = np.random.default_rng(self._moment)
        picture = picture * self.light + noise.normal(0, 2, picture.shape)
        if self.stir:
            picture[ZONE] += noise.normal(0, self.stir, picture[ZONE].shape[:2])[..., None]
        inside = np.zeros((HEIGHT, WIDTH), np.bool_)
        inside[ZONE] = True
        boxes = tuple(thing.box for thing in self.things)
        return Patch(np.clip(picture, 0, 255).astype(np.uint8), inside, ~inside, BOX, boxes)

    _moment: int = 0


def in_picture(rows: slice, columns: slice) -> tuple[float, float, float, float]:
    """The box of these pixels of the patch, in fractions of the whole picture."""
    across, down = (BOX[2] - BOX[0]) / WIDTH, (BOX[3] - BOX[1]) / HEIGHT
    return (
        BOX[0] + columns.start * across,
        BOX[1] + rows.start * down,
        BOX[0] + columns.stop * across,
        BOX[1] + rows.stop * down,
    )


def play(rule: TemporalRule, scene: Scene, begin: float, end: float, step: float = 0.5) -> list[Claim]:
    """What the rule claims while the scene stays as it is."""
    moments: NDArray[np.float64] = np.arange(begin, end, step)
    found = [rule.see(float(at), scene.things, scene.patch) for at in moments]
    return [claim for claim in found if claim]
