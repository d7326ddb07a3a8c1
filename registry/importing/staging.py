"""Rows on their way into the register: a table of their own first, then one merge.

The merge is one transaction: the register is never half changed. Reads go on meanwhile; single edits wait for it. Where
a file brings more than stands there, the register is written anew in the order of places and takes the old one's place:
building its indexes at once is several times faster than feeding them row by row.
"""

from dataclasses import dataclass
from io import BytesIO

from django.db import connection
from django.db.backends.utils import CursorWrapper

from core.clock import now
from registry.actions.component_bins import ADD, IS_FAULTY, LEAF, count_everything, drop_empty, share_lock
from registry.importing.understanding import STAGED
from registry.models import Component

ANEW_FROM = 200_000
"""New rows from which the register is written anew, where they are more than it has."""
WORK_MEMORY = "256MB"

_TYPES = {
    "row_number": "integer", "code": 'varchar(24) COLLATE "C"', "place_key": "bigint", "type_id": "smallint",
    "unit_grid": "varchar(18)",
    "state": "varchar(9)", "owner": "varchar(60)", "maintainer": "varchar(60)", "address": "varchar(120)",
    "source": "varchar(40)", "inspection_due": "date", "lng": "double precision", "lat": "double precision",
}  # fmt: skip
"""The others are keys."""
PLACED = ("place_key", "type_id", "district_id", "street_id", "community_id", "grid_id", "unit_grid")
"""Always told by a file."""
PAIRS = {"owner": "owner_unit_id", "maintainer": "maintainer_unit_id"}
WORDS = ("department_id", "owner_unit_id", "owner", "maintainer_unit_id", "maintainer", "address", "source",
         "inspection_due")  # fmt: skip
LEAF_OF_OLD = "COALESCE(c.grid_id, c.community_id, c.street_id, c.district_id, 0)"
FAULTY_OF_OLD = f"c.{IS_FAULTY}"
_POINT = "ST_SetSRID(ST_MakePoint(s.lng, s.lat), 4326)"


@dataclass(frozen=True)
class Merged:
    created: int
    updated: int
    unchanged: int


class Staging:
    """The table of one import."""

    def __init__(self, import_id: int) -> None:
        self.import_id = import_id
        self.name = f"component_staging_{import_id}"

    def create(self) -> None:
        columns = ", ".join(f"{name} {_TYPES.get(name, 'integer')}" for name in STAGED)
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {self.name}")
            cursor.execute(f"CREATE UNLOGGED TABLE {self.name} ({columns})")

    def drop(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {self.name}")

    def add(self, lines: str) -> None:
        """Rows in COPY's text form."""
        with connection.cursor() as cursor:
            cursor.copy_expert(f"COPY {self.name} ({', '.join(STAGED)}) FROM STDIN", BytesIO(lines.encode()))

    def drop_later_ones(self, codes: list[str]) -> list[tuple[int, str, int]]:
        """Rows whose code stood in an earlier row: removed, and told as (row, code, the earlier row)."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"""DELETE FROM {self.name} s USING (
                    SELECT code, min(row_number) AS first FROM {self.name} WHERE code = ANY(%s) GROUP BY code) kept
                WHERE s.code = kept.code AND s.row_number > kept.first
                RETURNING s.row_number, s.code, kept.first""",
                [codes],
            )
            return sorted(cursor.fetchall())

    def drop_held_elsewhere(self, kept_areas: list[int]) -> list[tuple[int, str]]:
        """Rows whose code is that of a component outside these areas: removed, and told as (row, code)."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"""DELETE FROM {self.name} s USING registry_component c
                WHERE c.code = s.code AND {LEAF_OF_OLD} <> ALL(%s) RETURNING s.row_number, s.code""",
                [kept_areas],
            )
            return sorted(cursor.fetchall())

    def codes_at(self, rows: list[int]) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT DISTINCT code FROM {self.name} WHERE row_number = ANY(%s)", [rows])
            return [code for (code,) in cursor.fetchall()]

    def merge(self, told: frozenset[str]) -> Merged:
        """Into the register; `told` are the columns that the file has: others stay as they are."""
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL work_mem = '{WORK_MEMORY}'")
            cursor.execute(f"SET LOCAL maintenance_work_mem = '{WORK_MEMORY}'")
            share_lock()
            cursor.execute("LOCK TABLE registry_component IN SHARE ROW EXCLUSIVE MODE")
            cursor.execute("SELECT EXISTS (SELECT FROM registry_component)")
            is_empty = not cursor.fetchone()[0]
            cursor.execute(f"SELECT count(*) FROM {self.name}")
            staged = int(cursor.fetchone()[0])
            if is_empty:
                found = updated = 0
            else:
                cursor.execute(f"ANALYZE {self.name}")
                cursor.execute(f"SELECT count(*) FROM {self.name} s JOIN registry_component c ON c.code = s.code")
                found = int(cursor.fetchone()[0])
                updated = self._update(cursor, told) if found else 0
            new = staged - found
            if new:
                self._insert(cursor, new, is_empty)
        return Merged(created=new, updated=updated, unchanged=found - updated)

    def _update(self, cursor: CursorWrapper, told: frozenset[str]) -> int:
        """Components that are there already, where the file says something else; what was is kept."""
        columns = [*PLACED, *(word for word in WORDS if _is_told(word, told))]
        state = "COALESCE(s.state, c.state)" if "state" in told else "c.state"
        pairs = [(f"c.{name}", f"s.{name}") for name in columns] + [("c.state", state)]
        differs = " OR ".join(f"{old} IS DISTINCT FROM {new}" for old, new in pairs)
        before = ", ".join(f"'{old[2:]}', {old}" for old, _ in pairs)
        after = ", ".join(f"'{old[2:]}', {new}" for old, new in pairs)
        moved = "ST_X(c.point) IS DISTINCT FROM s.lng OR ST_Y(c.point) IS DISTINCT FROM s.lat"
        cursor.execute(
            f"""CREATE TEMPORARY TABLE changed ON COMMIT DROP AS
            SELECT c.id, s.row_number, c.place_key, {LEAF_OF_OLD} AS leaf,
                   (c.state <> 'removed')::int AS n, ({FAULTY_OF_OLD})::int AS faulty,
                   jsonb_build_object({before}, 'point', jsonb_build_array(ST_X(c.point), ST_Y(c.point))) AS before,
                   jsonb_build_object({after}, 'point', jsonb_build_array(s.lng, s.lat)) AS after
            FROM {self.name} s JOIN registry_component c ON c.code = s.code WHERE {differs} OR {moved}"""
        )
        cursor.execute("CREATE INDEX ON changed (id)")
        cursor.execute(
            """INSERT INTO registry_component_change (component_id, import_id, at, before, after)
            SELECT t.id, %s, %s, b.before, b.after FROM changed t, LATERAL (
                SELECT jsonb_object_agg(o.key, o.value) AS before, jsonb_object_agg(o.key, t.after -> o.key) AS after
                FROM jsonb_each(t.before) o
                WHERE t.after -> o.key IS DISTINCT FROM o.value AND o.key <> 'place_key') b ORDER BY t.id""",
            [self.import_id, now()],
        )
        sets = ", ".join(f"{old[2:]} = {new}" for old, new in pairs)
        cursor.execute(
            f"""UPDATE registry_component c SET {sets}, point = {_POINT}, version = c.version + 1
            FROM changed t JOIN {self.name} s ON s.row_number = t.row_number WHERE c.id = t.id"""
        )
        updated = int(cursor.rowcount)
        taken = "SELECT place_key, leaf, -n, -faulty FROM changed"
        added = f"""SELECT place_key, {LEAF}, (state <> 'removed')::int, ({IS_FAULTY})::int
                FROM registry_component WHERE id IN (SELECT id FROM changed)"""
        self._count(cursor, f"{taken} UNION ALL {added}")
        cursor.execute("DROP TABLE changed")
        return updated

    def _insert(self, cursor: CursorWrapper, new: int, is_empty: bool) -> None:
        columns = ["code", *PLACED, *WORDS]
        values = ", ".join(f"s.{name}" for name in columns)
        there = "" if is_empty else "WHERE NOT EXISTS (SELECT FROM registry_component have WHERE have.code = s.code)"
        rows = f"""SELECT {values}, COALESCE(s.state, 'intact'), 1, %s, {_POINT} FROM {self.name} s {there}
            ORDER BY s.place_key"""
        names = ", ".join([*columns, "state", "version", "import_id", "point"])
        cursor.execute("SELECT count(*) FROM (SELECT FROM registry_component LIMIT %s) have", [new + 1])
        if new >= ANEW_FROM and int(cursor.fetchone()[0]) <= new:
            write_anew(cursor, f"INSERT INTO {{table}} ({names}) {rows}", [self.import_id], is_empty=is_empty)
            count_everything()
            return
        cursor.execute("SELECT COALESCE(max(id), 0) FROM registry_component")
        last = int(cursor.fetchone()[0])  # the table is locked: what is above it is of this statement
        cursor.execute(f"INSERT INTO registry_component ({names}) {rows}", [self.import_id])
        self._count(
            cursor,
            f"""SELECT place_key, {LEAF}, (state <> 'removed')::int, ({IS_FAULTY})::int
            FROM registry_component WHERE id > {last}""",
        )

    def _count(self, cursor: CursorWrapper, source: str) -> None:
        cursor.execute(ADD.format(source=source))
        drop_empty(sorted({bin_ for bin_, n in cursor.fetchall() if n == 0}))


def _is_told(word: str, told: frozenset[str]) -> bool:
    """A column of the register that the file speaks of; a party's unit and name go together."""
    key = next((name for name, unit in PAIRS.items() if word == unit), word)
    return ("department" if word == "department_id" else key) in told


def write_anew(cursor: CursorWrapper, insert: str, values: list[int], *, is_empty: bool) -> None:
    """A register with what is there and what `insert` adds, in the order of places, instead of the present one.

    Nothing refers to the table by a constraint, so it can be exchanged; its indexes keep their names.
    """
    meta = Component._meta
    cursor.execute(
        "CREATE TABLE component_anew "
        "(LIKE registry_component INCLUDING DEFAULTS INCLUDING GENERATED INCLUDING IDENTITY)"
    )
    if not is_empty:
        names = ", ".join(str(f.column) for f in meta.concrete_fields if not f.generated)
        cursor.execute(
            f"INSERT INTO component_anew ({names}) OVERRIDING SYSTEM VALUE "
            f"SELECT {names} FROM registry_component ORDER BY place_key"
        )
    cursor.execute(
        "SELECT setval(pg_get_serial_sequence('component_anew', 'id'), "
        "nextval(pg_get_serial_sequence('registry_component', 'id')))"
    )
    cursor.execute(insert.format(table="component_anew"), values)
    cursor.execute(
        """SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid), c.conname, c.contype::text
        FROM pg_index i LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid
        WHERE i.indrelid = 'registry_component'::regclass ORDER BY 1"""
    )
    exchanged = []
    for number, (index, definition, constraint, kind) in enumerate(cursor.fetchall()):
        made = f"component_anew_{number}"
        body = definition.split(" USING ", 1)[1]
        unique = "UNIQUE " if kind else ""
        cursor.execute(f"CREATE {unique}INDEX {made} ON component_anew USING {body}")
        exchanged.append((made, index.rsplit(".", 1)[-1], constraint, kind))
    cursor.execute("ANALYZE component_anew")
    cursor.execute("SELECT pg_get_serial_sequence('registry_component', 'id')")
    sequence = str(cursor.fetchone()[0]).rsplit(".", 1)[-1]
    cursor.execute("SELECT pg_get_serial_sequence('component_anew', 'id')")
    own_sequence = str(cursor.fetchone()[0])
    cursor.execute("DROP TABLE registry_component")
    cursor.execute("ALTER TABLE component_anew RENAME TO registry_component")
    cursor.execute(f"ALTER SEQUENCE {own_sequence} RENAME TO {sequence}")
    for made, index, constraint, kind in exchanged:
        if kind:
            words = "PRIMARY KEY" if kind == "p" else "UNIQUE"
            cursor.execute(f'ALTER TABLE registry_component ADD CONSTRAINT "{constraint}" {words} USING INDEX {made}')
        else:
            cursor.execute(f'ALTER INDEX {made} RENAME TO "{index}"')
