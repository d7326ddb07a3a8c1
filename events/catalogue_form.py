"""What every file of the catalogue is made of."""

from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from core.deadlines.arithmetic import Limit, LimitType

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,47}$")]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class LimitEntry(Strict):
    """A limit: an amount of its type, or so many minutes around the clock."""

    type: LimitType
    amount: Annotated[Decimal, Field(gt=0)] | None = None
    minutes: Annotated[int, Field(gt=0)] | None = None

    @model_validator(mode="after")
    def one_measure(self) -> "LimitEntry":
        if (self.amount is None) == (self.minutes is None):
            raise ValueError("a limit has either an amount or minutes")
        if self.minutes is not None and self.type is not LimitType.URGENT_HOURS:
            raise ValueError("minutes are for urgent_hours")
        return self

    @property
    def limit(self) -> Limit:
        return Limit.minutes(self.minutes) if self.minutes else Limit(self.type, self.amount or Decimal(0))
