"""The shapes of components, the same in API answers and in live updates."""

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

ComponentState = Literal["intact", "damaged", "lost", "abandoned", "removed"]
ImportState = Literal["previewed", "queued", "running", "done", "failed", "cancelled"]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ComponentTypeRow(Shape):
    code: str
    number: str
    name: str
    main_class: str
    department_code: str
    is_current: bool


class ComponentTypeList(Shape):
    items: list[ComponentTypeRow]
    code_split: str
    may_edit: bool


class Party(Shape):
    """Who answers for a component in one way: a unit of the platform, or a name only."""

    unit_id: int | None
    name: str


class ComponentRow(Shape):
    id: int
    version: int
    code: str
    type_code: str
    type_name: str
    state: ComponentState
    area_path: str
    area_label: str
    address: str
    lng: float
    lat: float
    inspection_due: date | None


class NearComponent(ComponentRow):
    distance_m: float


class NearComponents(Shape):
    """Nearest first."""

    items: list[NearComponent]


class ComponentList(Shape):
    items: list[ComponentRow]
    next: str | None


class ComponentDetail(ComponentRow):
    """`allowed_moves` are those the reader may make now; `department_by_type` where the competent department is the
    type's own.
    """

    main_class: str
    unit_grid: str
    department: Party
    department_by_type: bool
    owner: Party
    maintainer: Party
    source: str
    import_id: int | None
    may_edit: bool
    allowed_moves: list[str]


class ComponentHistoryRow(Shape):
    """`changes` has old and new values by field; an import names its file."""

    at: datetime
    actor_name: str
    move: str
    from_state: str
    to_state: str
    note: str
    import_id: int | None
    import_file: str
    changes: dict[str, list[Any]]


class ComponentHistory(Shape):
    items: list[ComponentHistoryRow]


class ComponentImportFault(Shape):
    row: int
    column: str
    code: str
    message: str
    value: str


class ComponentImportColumn(Shape):
    key: str
    title: str
    column: str


class ComponentImportPreview(Shape):
    """What was found in the first rows: `rows` as they will be read, by column; `ignored` are headings nobody knows."""

    columns: list[ComponentImportColumn]
    ignored: list[str]
    rows: list[dict[str, str]]
    faults: list[ComponentImportFault]
    may_start: bool


class ComponentImportRow(Shape):
    id: int
    version: int
    state: ImportState
    file_name: str
    format: Literal["csv", "xlsx", "gpkg"]
    datum: str
    size: int
    total: int | None
    read: int
    created: int
    updated: int
    unchanged: int
    refused: int
    problem: str
    detail: str
    preview: ComponentImportPreview
    faults: list[ComponentImportFault]
    has_faults_file: bool
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


class ComponentImportList(Shape):
    """`limit_mb`: how large a file may be, so that a page refuses a larger one before it is sent."""

    items: list[ComponentImportRow]
    limit_mb: int
