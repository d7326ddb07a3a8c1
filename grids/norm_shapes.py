"""What the API of the norms of grids gives out."""

from pydantic import BaseModel, ConfigDict

from accounts.setting_shapes import BoundShape, SettingShape


class GridNormsShape(SettingShape):
    households_per_worker: int
    bound: BoundShape
    may_edit: bool


class GridNormsTrial(BaseModel):
    """Of `grids` in force `over` are too large by the norm that was tried; `largest` is the most households in one."""

    model_config = ConfigDict(extra="forbid")

    grids: int
    over: int
    largest: int
