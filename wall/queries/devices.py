"""Paired walls, as they and the pages that control them see them."""

from datetime import timedelta

from core.actor import Actor
from core.clock import now
from core.errors import NotFound
from core.models import HistoryRow
from grids.models import Area
from wall.models import WallDevice
from wall.policies import MANAGERS, may_control, may_manage
from wall.queries.scenes import FIRST
from wall.rules.text_size import needs_far_layout, smallest_needed, zoom_of
from wall.rules.view import EMPTY
from wall.shapes import TextSize, WallAct, WallDetail, WallList, WallRow, WallView

DEVICE_KIND = "wall_device"
HEARD_WITHIN = timedelta(minutes=2)
ACTS_SHOWN = 50


def visible_walls(actor: Actor) -> list[WallDevice]:
    walls = WallDevice.objects.visible_to(actor).select_related("scene", "paired_by")
    return list(walls.order_by("state", "name", "id"))


def visible_wall(actor: Actor, wall_id: int) -> WallDevice:
    wall = WallDevice.objects.visible_to(actor).select_related("scene", "paired_by").filter(pk=wall_id).first()
    if wall is None:
        raise NotFound()
    return wall


def device_of(user_id: int | None) -> WallDevice | None:
    """The wall that signs in as this account; None for a person."""
    return WallDevice.objects.select_related("scene", "paired_by").filter(user_id=user_id or 0).first()


def text_size(wall: WallDevice) -> TextSize:
    """What somebody read at the farthest seat counts before what the distance says."""
    smallest = wall.smallest_px or smallest_needed(height_m=wall.height_m, farthest_m=wall.farthest_m)
    far = wall.arrangement == "far" or (wall.arrangement == "auto" and needs_far_layout(smallest))
    return TextSize(
        height_m=wall.height_m,
        farthest_m=wall.farthest_m,
        marked_px=wall.smallest_px,
        smallest_px=round(smallest, 1),
        zoom=zoom_of(smallest),
        far=far,
    )


def area_names(walls: list[WallDevice]) -> dict[str, str]:
    return dict(Area.objects.filter(path__in={wall.area_path for wall in walls}).values_list("path", "name"))


def wall_row(wall: WallDevice, area_name: str) -> WallRow:
    return WallRow(
        id=wall.pk,
        version=wall.version,
        name=wall.name,
        area_path=wall.area_path,
        area_name=area_name,
        state=wall.state,  # type: ignore[arg-type]
        scene=wall.scene.code if wall.scene else FIRST,
        view=WallView.model_validate({**EMPTY, **wall.view}),
        theme=wall.theme,  # type: ignore[arg-type]
        arrangement=wall.arrangement,  # type: ignore[arg-type]
        text=text_size(wall),
        aspect=wall.aspect,
        paired_at=wall.paired_at,
        paired_by=wall.paired_by.name,
        revoked_at=wall.revoked_at,
        seen_at=wall.seen_at,
        is_on=wall.seen_at is not None and wall.seen_at > now() - HEARD_WITHIN,
        reported=wall.reported,
    )


def wall_rows(walls: list[WallDevice]) -> list[WallRow]:
    names = area_names(walls)
    return [wall_row(wall, names.get(wall.area_path, "")) for wall in walls]


def wall_list(actor: Actor) -> WallList:
    """The walls of the actor's areas: two statements."""
    return WallList(items=wall_rows(visible_walls(actor)), may_manage=actor.has_role(*MANAGERS))


def wall_detail(actor: Actor, wall: WallDevice) -> WallDetail:
    """A wall, and who did what with it, newest first."""
    rows = HistoryRow.objects.filter(subject_kind=DEVICE_KIND, subject_id=wall.pk).order_by("-seq")[:ACTS_SHOWN]
    return WallDetail(
        wall=wall_rows([wall])[0],
        acts=[
            WallAct(
                at=row.at, by=(row.personal or {}).get("actor_name", ""), role=row.role, move=row.move, facts=row.facts
            )
            for row in rows
        ],
        may_control=may_control(actor, wall.area_path),
        may_manage=may_manage(actor, wall.area_path),
    )
