"""Keeping the counts in bins equal to the components, by what changed or anew as a whole.

Whoever changes counts holds a lock together with the others; whoever counts everything anew holds it alone. Counts are
added to, never set, so two that change one bin at once are both counted.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from registry.component_lifecycle import FAULTY, REMOVED
from registry.models import Component
from registry.rules.place_keys import BIN_BITS, FIRST_BIN_ZOOM, KEY_ZOOM, LAST_BIN_ZOOM

LOCK = 7_120_933
DEPTH = LAST_BIN_ZOOM + BIN_BITS
IS_FAULTY = "state IN ({})".format(", ".join(f"'{state}'" for state in FAULTY))
LEAF = "COALESCE(grid_id, community_id, street_id, district_id, 0)"
_BIN = f"(1::bigint << (2 * (z + {BIN_BITS}))) | (place_key >> (2 * ({KEY_ZOOM} - z - {BIN_BITS})))"

ADD = f"""
INSERT INTO registry_component_bin AS kept (bin, area_id, n, faulty)
SELECT {_BIN}, area_id, sum(n), sum(faulty)
FROM ({{source}}) changed (place_key, area_id, n, faulty), generate_series({FIRST_BIN_ZOOM}, {LAST_BIN_ZOOM}) z
GROUP BY 1, 2 HAVING sum(n) <> 0 OR sum(faulty) <> 0 ORDER BY 1, 2
ON CONFLICT (bin, area_id) DO UPDATE SET n = kept.n + excluded.n, faulty = kept.faulty + excluded.faulty
RETURNING bin, n
"""
"""Adds what changed, of any source with the columns place_key, area_id, n and faulty, to the bins of every zoom."""


@dataclass(frozen=True)
class Counted:
    """How one component is counted: where, in which area, whether at all, whether as faulty."""

    place_key: int
    area_id: int
    n: int
    faulty: int


def counted(component: Component) -> Counted:
    area = component.grid_id or component.community_id or component.street_id or component.district_id or 0
    stands = component.state != REMOVED
    return Counted(component.place_key, area, int(stands), int(stands and component.state in FAULTY))


def count_again(before: Iterable[Counted], after: Iterable[Counted]) -> None:
    """What was counted before is taken away, what is counted now is added; in the caller's transaction."""
    changes = [(c.place_key, c.area_id, -c.n, -c.faulty) for c in before]
    changes += [(c.place_key, c.area_id, c.n, c.faulty) for c in after]
    if not changes:
        return
    keys, areas, numbers, faulty = (list(column) for column in zip(*changes, strict=True))
    with connection.cursor() as cursor:
        share_lock()
        source = "SELECT * FROM unnest(%s::bigint[], %s::int[], %s::int[], %s::int[])"
        cursor.execute(ADD.format(source=source), [keys, areas, numbers, faulty])
        drop_empty(sorted({bin_ for bin_, n in cursor.fetchall() if n == 0}))


def share_lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [LOCK])


def drop_empty(bins: list[int]) -> None:
    """Bins in which nothing stands any more."""
    if bins:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM registry_component_bin WHERE bin = ANY(%s) AND n = 0 AND faulty = 0", [bins])


def count_everything() -> int:
    """All bins anew, into a table that takes the place of the old one when the transaction commits: until then tiles
    are made from the old. The number of bins. Written in their order, so that the bins of a tile lie side by side on
    disk. 10 million components take about a minute.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute("CREATE TABLE registry_component_bin_new (LIKE registry_component_bin INCLUDING DEFAULTS)")
        cursor.execute(
            f"""INSERT INTO registry_component_bin_new (bin, area_id, n, faulty)
            SELECT (1::bigint << {2 * DEPTH}) | (place_key >> {2 * (KEY_ZOOM - DEPTH)}), {LEAF}, count(*),
                   count(*) FILTER (WHERE {IS_FAULTY})
            FROM registry_component WHERE state <> '{REMOVED}' GROUP BY 1, 2 ORDER BY 1, 2"""
        )
        for zoom in range(LAST_BIN_ZOOM - 1, FIRST_BIN_ZOOM - 1, -1):
            below = 2 * (zoom + 1 + BIN_BITS)
            cursor.execute(
                f"""INSERT INTO registry_component_bin_new (bin, area_id, n, faulty)
                SELECT bin >> 2, area_id, sum(n), sum(faulty) FROM registry_component_bin_new
                WHERE bin >= {1 << below} AND bin < {1 << (below + 1)} GROUP BY 1, 2 ORDER BY 1, 2"""
            )
        cursor.execute("SELECT count(*) FROM registry_component_bin_new")
        bins = int(cursor.fetchone()[0])
        cursor.execute("ALTER TABLE registry_component_bin_new ADD CONSTRAINT bins_new PRIMARY KEY (bin, area_id)")
        cursor.execute("ANALYZE registry_component_bin_new")
        cursor.execute("DROP TABLE registry_component_bin")
        cursor.execute("ALTER TABLE registry_component_bin_new RENAME TO registry_component_bin")
        cursor.execute("ALTER TABLE registry_component_bin RENAME CONSTRAINT bins_new TO registry_component_bin_pkey")
    return bins
