"""Who changed which duty zone of a community, when and from what to what: from the history, ended zones included."""

from collections.abc import Iterable

from django.db.models import F, Q, Window
from django.db.models.functions import Lag

from accounts.models import User
from core.models import HistoryRow
from grids.actions.duty_zones import LETTERS, SUBJECT_KIND
from grids.models import Area
from grids.rules.zone_changes import differences
from grids.unit_grid_shapes import ZoneChange, ZoneHistory, ZoneHistoryRow

SHOWN = 100
"""Changes on one page; a community has a few dozen zones that change a few times a year."""


def zone_history(community: Area, *, zone_id: int | None = None) -> ZoneHistory:
    """The newest changes first, of one zone or of all: two statements. The caller has checked who asks.

    A zone that has ended is found by its code, which begins with its community's.
    """
    stems = Q()
    for letter in LETTERS.values():
        stems |= Q(facts__code__startswith=f"{community.code}{letter}")
    rows = HistoryRow.objects.filter(stems, subject_kind=SUBJECT_KIND)
    if zone_id is not None:
        rows = rows.filter(subject_id=zone_id)
    earlier = Window(Lag("facts"), partition_by=[F("subject_id")], order_by=F("seq").asc())
    newest = list(rows.annotate(earlier=earlier).order_by("-at", "-id")[:SHOWN])
    people = _names(value for row in newest for value in ((row.earlier or {}).get("person"), row.facts.get("person")))
    return ZoneHistory(items=[_row(row, people) for row in newest])


def _names(ids: Iterable[int | None]) -> dict[int, str]:
    wanted = {value for value in ids if value is not None}
    return dict(User.objects.filter(pk__in=wanted).values_list("pk", "name"))


def _row(row: HistoryRow, people: dict[int, str]) -> ZoneHistoryRow:
    earlier = row.earlier  # type: ignore[attr-defined]  # annotated by the query above
    before = earlier or {}
    ended = row.move == "remove"
    return ZoneHistoryRow(
        at=row.at,
        by=(row.personal or {}).get("actor_name", ""),
        move=row.move,  # type: ignore[arg-type]  # the actions write just these
        zone_id=row.subject_id,
        code=row.facts["code"],
        name=row.facts.get("name") or before.get("name", ""),
        kind=row.facts.get("kind") or before.get("kind"),
        changes=[] if ended else [ZoneChange(**one) for one in differences(earlier, row.facts, people)],
    )
