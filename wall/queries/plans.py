"""The emergency plans that ship, read once per process."""

from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

PLANS_FILE = Path(__file__).parent.parent / "reference_data" / "plans.yaml"


class Step(BaseModel):
    model_config = ConfigDict(extra="forbid")

    code: str
    zh: str
    en: str


class Plan(BaseModel):
    model_config = ConfigDict(extra="forbid")

    code: str
    zh: str
    en: str
    steps: list[Step]


class PlansFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    plans: list[Plan]


@lru_cache(maxsize=1)
def plans() -> dict[str, Plan]:
    read = PlansFile.model_validate(yaml.safe_load(PLANS_FILE.read_text(encoding="utf-8")))
    return {plan.code: plan for plan in read.plans}
