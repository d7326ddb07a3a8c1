"""The sample district's organisation: its command centre, street centres, departments, offices and teams."""

from dataclasses import dataclass

from accounts.models import OrgUnit
from grids.models import Area, AreaLevel
from simulator.district.areas import DISTRICT_CODE, DISTRICT_NAME

CENTRE = "centre"
"""Code of the district's command centre; a street's is `centre-008`, by the street's digits."""

DEPARTMENTS: tuple[tuple[str, str, str], ...] = (
    ("chengguan", "城市管理局", "城管局"),
    ("gongan", "公安分局", "公安分局"),
    ("xiaofang", "消防救援大队", "消防大队"),
    ("zhujian", "住房和城乡建设局", "住建局"),
    ("jiaotong", "交通运输局", "交通局"),
    ("huanbao", "生态环境局", "生态环境局"),
    ("shichang", "市场监督管理局", "市场监管局"),
    ("yingji", "应急管理局", "应急局"),
    ("weijian", "卫生健康局", "卫健局"),
    ("minzheng", "民政局", "民政局"),
    ("shuiwu", "水务局", "水务局"),
    ("yuanlin", "园林绿化局", "园林局"),
    ("sifa", "司法局", "司法局"),
    ("jinrong", "金融监督管理局", "金融监管局"),
    ("gongdian", "供电公司", "供电公司"),
    ("jiaojing", "公安分局交通警察大队", "交警大队"),
    ("jiaoyu", "教育局", "教育局"),
    ("gongxin", "工业和信息化局", "工信局"),
    ("shangwu", "商务局", "商务局"),
    ("youzheng", "邮政管理局", "邮政局"),
    ("guihua", "自然资源和规划局", "规划资源局"),
    ("qixiang", "气象局", "气象局"),
    ("haishi", "海事处", "海事处"),
    ("nongye", "农业农村局", "农业农村局"),
    ("renshe", "人力资源和社会保障局", "人社局"),
    ("xinfang", "信访局", "信访局"),
    ("ranqi", "燃气公司", "燃气公司"),
)
"""Code, name and short name. Event types, scenarios and routing rules name departments by these codes."""

STREET_OFFICES: tuple[tuple[str, str], ...] = (
    ("zhifa", "综合行政执法队"),
    ("chengjian", "城市建设管理办公室"),
    ("ping-an", "平安法治办公室"),
    ("minsheng", "民生服务办公室"),
)
TEAMS: tuple[tuple[str, str, str], ...] = (
    ("chengguan", "chengguan-1", "城管执法一中队"),
    ("chengguan", "chengguan-2", "城管执法二中队"),
    ("chengguan", "chengguan-3", "渣土整治专班"),
    ("gongan", "gongan-1", "巡特警一中队"),
    ("gongan", "gongan-2", "交警巡逻中队"),
    ("xiaofang", "xiaofang-1", "滨江消防救援站"),
    ("xiaofang", "xiaofang-2", "云台消防救援站"),
    ("shuiwu", "shuiwu-1", "防汛抢险队"),
    ("yuanlin", "yuanlin-1", "绿化抢险队"),
    ("gongdian", "gongdian-1", "电力抢修队"),
)
"""Department, code and name of each standing team."""


@dataclass(frozen=True)
class Organisation:
    """The units by their codes, and the areas they answer for by their paths."""

    units: dict[str, OrgUnit]
    district: Area
    streets: list[Area]

    def street_centre(self, street: Area) -> OrgUnit:
        return self.units[f"{CENTRE}-{street.label}"]


def write_organisation() -> Organisation:
    """Creates what is missing; a unit that exists keeps what an administrator made of it."""
    district = Area.objects.get(code=DISTRICT_CODE)
    streets = list(Area.objects.filter(level=AreaLevel.STREET, parent=district).order_by("code"))
    units = {unit.code: unit for unit in OrgUnit.objects.all()}
    organisation = Organisation(units, district, streets)

    _add(units, CENTRE, f"{DISTRICT_NAME}城市运行指挥中心", "区指挥中心", OrgUnit.Kind.CENTRE, None, district)
    for code, name, short in DEPARTMENTS:
        parent = units[CENTRE]
        _add(units, code, f"{DISTRICT_NAME}{name}", short, OrgUnit.Kind.DEPARTMENT, parent, district)
    for department, code, name in TEAMS:
        _add(units, code, name, name, OrgUnit.Kind.TEAM, units[department], district)
    for street in streets:
        code = f"{CENTRE}-{street.label}"
        short = street.name.removesuffix("街道")
        _add(units, code, f"{street.name}城市运行分中心", f"{short}分中心", OrgUnit.Kind.CENTRE, units[CENTRE], street)
        for office, name in STREET_OFFICES:
            full = f"{street.name}{name}"
            _add(units, f"{office}-{street.label}", full, full[:20], OrgUnit.Kind.OFFICE, units[code], street)
    return organisation


def _add(
    units: dict[str, OrgUnit], code: str, name: str, short: str, kind: str, parent: OrgUnit | None, area: Area
) -> None:
    if code not in units:
        units[code] = OrgUnit.objects.create(
            code=code,
            name=name,
            short_name=short,
            kind=kind,
            parent=parent,
            area_path=area.path,
            area_level=area.level,
            area_key=area.pk,
        )
