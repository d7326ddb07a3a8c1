"""A whole district's grids come into force together: by a number of statements that does not follow theirs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.actor import Actor
from grids.actions.draft_fill import Outline, fill_draft
from grids.actions.draft_moves import publish_draft_now, submit_draft
from grids.models import Area, AreaBoundary, AreaSuccession, BoundaryDraft
from grids.queries.locate import locate
from tests.grids.town import DISTRICT, Town, at, box

COMMUNITY = f"{DISTRICT}.001.001"
CODE = "329905001001"


def filled(columns: int, rows: int) -> list[Outline]:
    """The community of two by one sides cut into a raster; the two grids it had are among them, redrawn."""
    cells = [(u, v) for u in range(columns) for v in range(rows)]
    return [
        Outline(
            "grid",
            f"{CODE}G{number:03d}",
            box(2 * u / columns, v / rows, 2 * (u + 1) / columns, (v + 1) / rows),
            name=f"{number}号网格",
            households=40,
        )
        for number, (u, v) in enumerate(cells, start=1)
    ]


@pytest.mark.parametrize(("columns", "rows"), [(3, 2), (30, 20)])
def test_publishing_takes_as_many_statements_for_six_grids_as_for_six_hundred(
    town: Town, draft: BoundaryDraft, editor: Actor, reviewer: Actor, columns: int, rows: int
) -> None:
    fill_draft(draft_id=draft.pk, version=1, actor=editor, outlines=filled(columns, rows))
    submit_draft(draft_id=draft.pk, version=2, actor=editor)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        publish_draft_now(draft_id=draft.pk, version=3, actor=reviewer)
    assert len(asked) <= 60
    assert Area.objects.current().filter(parent=town[COMMUNITY]).count() == columns * rows
    assert AreaBoundary.objects.filter(validity__endswith=None, area__parent=town[COMMUNITY]).count() == columns * rows
    assert AreaSuccession.objects.filter(draft=draft).count() >= columns * rows
    assert locate(*at(1.99, 0.99)).path == f"{COMMUNITY}.g{columns * rows:03d}"
