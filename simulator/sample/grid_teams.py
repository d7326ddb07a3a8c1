"""Teams and lists of the sample's grids, and its unit grids with who collects in them."""

from datetime import date

import numpy as np
from django.contrib.gis.db.models.aggregates import Union
from django.contrib.gis.geos import MultiPolygon

from accounts.models import User
from core.actor import SYSTEM
from dispatch.models import DutyEntry, GridTeamMember, Responder
from grids.actions.unit_grids import USUAL_METRES, make_unit_grids
from grids.models import Area, AreaLevel, DutyZone, UnitGrid
from simulator.sample.org import Organisation
from simulator.sample.person_names import person_names

WITHOUT_LEADER = 0.03
"""A few grids wait for their leader, so that the page of gaps has something to show."""
_SINCE = date(2026, 1, 4)
_LISTS = (
    ("duty", "基础信息", "人、房、单位信息采集与更新", "full_time", 1, "month"),
    ("duty", "矛盾纠纷", "矛盾纠纷排查调处", "leader", 1, "week"),
    ("duty", "安全隐患", "“九小场所”消防安全巡查", "full_time", 1, "week"),
    ("duty", "市容环境", "街面秩序与环境卫生巡查", "full_time", 2, "day"),
    ("duty", "民生服务", "独居老人、困境儿童走访", "part_time", 1, "week"),
    ("duty", "政策宣传", "政策法规宣传", "instructor", 1, "month"),
    ("task", "巡查", "防汛点位巡查", "full_time", 2, "month"),
    ("task", "走访", "重点家庭入户走访", "leader", 1, "month"),
    ("task", "服务", "代办帮办事项登记", "part_time", 1, "need"),
    ("task", "议事", "网格议事会", "secretary", 1, "quarter"),
)


def write_grid_teams(organisation: Organisation, seed: int) -> dict[str, int]:
    """A leader for nearly every grid, an instructor for each street's; the lists of the district."""
    rng = np.random.default_rng([seed, 11])
    names = person_names(rng)
    district = organisation.district.path
    grids = list(Area.objects.current().filter(level=AreaLevel.GRID).under(district).order_by("code"))
    if not GridTeamMember.objects.exists():
        led = [grid for grid in grids if rng.random() >= WITHOUT_LEADER]
        leaders = [_member(grid, "leader", next(names), "社区居委会") for grid in led]
        instructors = [_member(grid, "instructor", next(names), "街道办事处") for grid in grids]
        GridTeamMember.objects.bulk_create([*leaders, *instructors])
    if not DutyEntry.objects.exists():
        DutyEntry.objects.bulk_create(
            DutyEntry(
                area_path=district, level="grid", kind=kind, group=group, title=title, post=post, times=times, per=per,
                rank=rank,
            )
            for rank, (kind, group, title, post, times, per) in enumerate(_LISTS, start=1)
        )  # fmt: skip
    return {"members": GridTeamMember.objects.count(), "lines": len(_LISTS)}


def write_unit_grids(organisation: Organisation) -> dict[str, int]:
    """Unit grids of every community; those of the first communities are given to the sample's collectors."""
    communities = Area.objects.current().filter(level=AreaLevel.COMMUNITY).under(organisation.district.path)
    bare = list(communities.filter(unit_grids=None).order_by("code"))
    if bare:
        make_unit_grids(communities=bare, size_metres=USUAL_METRES, actor=SYSTEM)
    if not DutyZone.objects.exists():
        collectors = Responder.objects.filter(kind=Responder.Kind.COLLECTOR).exclude(user=None).select_related("user")
        for community, collector in zip(communities.order_by("code"), collectors.order_by("id"), strict=False):
            _give(community, collector.user)
    return {"unit grids": UnitGrid.objects.count()}


def _member(grid: Area, post: str, name: str, unit: str) -> GridTeamMember:
    return GridTeamMember(grid_path=grid.path, post=post, name=name, unit_name=unit, since=_SINCE)


def _give(community: Area, person: User | None) -> None:
    cells = UnitGrid.objects.filter(community=community)
    ground = cells.aggregate(ground=Union("geometry"))["ground"]
    outline = ground if isinstance(ground, MultiPolygon) else MultiPolygon(ground, srid=4326)
    zone = DutyZone.objects.create(
        community=community,
        kind=DutyZone.Kind.COLLECTOR,
        code=f"{community.code}Z001",
        name=f"{community.name}责任网格",
        person=person,
        outline=outline,
    )
    cells.update(zone=zone)
