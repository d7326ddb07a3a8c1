"""The indicators of the assessment as data: loading the shipped ones, changing them."""

from pathlib import Path
from typing import Any, Literal

import yaml
from django.db import transaction
from pydantic import BaseModel, ConfigDict, ValidationError

from analytics.errors import IndicatorsInvalid
from analytics.models import Indicator
from analytics.queries.formulas import formula_texts, indicator_shape, read_formula, readable
from core.actor import Actor
from core.errors import NotFound
from core.history.chain import row_hash
from core.history.record import append
from core.lifecycle import Change

SHIPPED = Path(__file__).parent.parent / "reference_data" / "indicators.yaml"
Subject = Literal["area", "department", "acceptor", "dispatcher", "checker", "collector"]


class Entry(BaseModel):
    """One indicator of the file."""

    model_config = ConfigDict(extra="forbid")

    code: str
    name: str
    name_en: str
    subjects: list[Subject]
    formula: str
    unit: Literal["share", "minutes", "count"] = "share"
    higher_is_better: bool = True
    explanation: str = ""


class File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    indicators: list[Entry]


@transaction.atomic
def load_indicators(path: Path = SHIPPED) -> int:
    """Write the shipped indicators; the number written. One that an administrator has changed is kept."""
    try:
        entries = File.model_validate(yaml.safe_load(path.read_text(encoding="utf-8"))).indicators
    except (ValidationError, yaml.YAMLError) as error:
        raise IndicatorsInvalid(file=path.name, problem=str(error)) from error
    written, texts = 0, formula_texts() | {entry.code: entry.formula for entry in entries}
    for position, entry in enumerate(entries):
        read_formula(entry.formula, code=entry.code, others=texts)
        written += _write(entry, position)
    return written


def _write(entry: Entry, position: int) -> bool:
    values = entry.model_dump() | {"position": position}
    digest = row_hash("", values)
    there = Indicator.objects.filter(code=entry.code).first()
    if there is not None and (there.shipped_digest == digest or _is_changed(there)):
        return False
    row = there or Indicator(code=entry.code)
    for name, value in values.items():
        setattr(row, name, value)
    row.shipped_digest = digest
    row.save()
    return True


def _is_changed(row: Indicator) -> bool:
    """Has an administrator made it the site's own?"""
    values: dict[str, Any] = {name: getattr(row, name) for name in Entry.model_fields} | {"position": row.position}
    return row.shipped_digest != row_hash("", values)


def _require_others_hold(code: str, text: str) -> None:
    """An indicator that names this one must be as readable with the new text as it was with the old one."""
    rows = list(Indicator.objects.exclude(code=code))
    texts, held = formula_texts() | {code: text}, readable(rows)
    for row in rows:
        if row.code in held:
            read_formula(row.formula, code=row.code, others=texts)


@transaction.atomic
def change_indicator(*, code: str, actor: Actor, **values: Any) -> dict[str, Any]:
    """An administrator or the assessor changes name, formula or use; what was and what is stays in history."""
    row = Indicator.objects.select_for_update().filter(code=code).first()
    if row is None:
        raise NotFound()
    before = {name: getattr(row, name) for name in values}
    if "formula" in values:
        values["formula"] = read_formula(values["formula"], code=code).text
        _require_others_hold(code, values["formula"])
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    role = sorted(actor.roles)[0] if actor.roles else ""
    change = Change(move="change", from_state="", to_state="", role=role)
    append(
        subject_kind="indicator", subject_id=row.pk, actor=actor, change=change, facts={"before": before, "now": values}
    )
    return indicator_shape(row)
