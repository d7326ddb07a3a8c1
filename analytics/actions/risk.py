"""Judging risk: every rule over every level, from what history says, at a bounded cost."""

from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import Any, Literal

import yaml
from django.db import connection, transaction
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from analytics.errors import RiskRulesInvalid
from analytics.models import EventLife, RiskFinding, RiskJudgement, RiskRule
from analytics.queries.measures import MEASURES
from analytics.queries.risk import found_by, history_begins, newest_judgement
from core.clock import now
from core.history.chain import row_hash

SHIPPED = Path(__file__).parent.parent / "reference_data" / "risk_rules.yaml"
JUDGE_LOCK = 7_120_311
NOT_SOONER = timedelta(minutes=1)
"""Whoever asks within a minute of the last judgement gets that one."""


class Entry(BaseModel):
    """One rule of the file."""

    model_config = ConfigDict(extra="forbid")

    code: str
    kind: Literal["outbreak", "cycle", "spread", "backlog"]
    name: str
    name_en: str
    statistic: Literal["surge", "recurrence", "spread", "number"]
    measure: str
    levels: list[Literal["district", "street", "community", "grid"]] = Field(min_length=1)
    type_codes: list[str] = []
    citizens_only: bool = False
    window_days: int = Field(ge=1, le=366)
    compared: int = Field(default=0, ge=0, le=12)
    minimum: int = Field(ge=1)
    attention: float = Field(gt=0)
    warning: float = Field(gt=0)
    alarm: float = Field(gt=0)


class File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    rules: list[Entry]


@transaction.atomic
def load_risk_rules(path: Path = SHIPPED) -> int:
    """Write the shipped rules; the number written. One that an administrator has changed is kept."""
    try:
        entries = File.model_validate(yaml.safe_load(path.read_text(encoding="utf-8"))).rules
    except (ValidationError, yaml.YAMLError) as error:
        raise RiskRulesInvalid(file=path.name, problem=str(error)) from error
    written = 0
    for position, entry in enumerate(entries):
        require_measure(entry.measure, path.name)
        written += _write(entry, position)
    return written


def require_measure(name: str, file: str = "") -> None:
    """Rules look at events: a measure of stints, a sum of minutes or an unknown name is refused."""
    measure = MEASURES.get(name)
    if measure is None or measure.table is not EventLife or measure.between is not None:
        raise RiskRulesInvalid(file=file, problem=f"no count of events is called {name!r}")


def _write(entry: Entry, position: int) -> bool:
    values = entry.model_dump() | {"position": position}
    digest = row_hash("", values)
    row = RiskRule.objects.filter(code=entry.code).first() or RiskRule(code=entry.code)
    if row.pk and (row.shipped_digest == digest or row.shipped_digest != row_hash("", _values(row))):
        return False
    for name, value in values.items():
        setattr(row, name, value)
    row.shipped_digest = digest
    row.version += bool(row.pk)
    row.save()
    return True


def _values(row: RiskRule) -> dict[str, Any]:
    return {name: getattr(row, name) for name in Entry.model_fields} | {"position": row.position}


@transaction.atomic
def judge_risk(*, not_sooner: timedelta = NOT_SOONER) -> RiskJudgement:
    """Judge anew; the newest judgement where another one is just being made or was made a moment ago.

    A statement or two for each rule and level, each over its window only and with a limit on what it may find.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [JUDGE_LOCK])
        is_mine = cursor.fetchone()[0]
    newest, at = newest_judgement(), now()
    if newest is not None and (not is_mine or at - newest.judged_at < not_sooner):
        return newest
    begun = monotonic()
    found, is_truncated = [], False
    since = history_begins() or at
    for rule in RiskRule.objects.filter(is_on=True):
        for level in rule.levels:
            of_rule, is_cut = found_by(rule, level, at, since)
            found += of_rule
            is_truncated = is_truncated or is_cut
    RiskFinding.objects.all().delete()
    RiskFinding.objects.bulk_create(found, batch_size=500)
    RiskJudgement.objects.all().delete()
    return RiskJudgement.objects.create(
        judged_at=at, found=len(found), milliseconds=int((monotonic() - begun) * 1000), is_truncated=is_truncated
    )
