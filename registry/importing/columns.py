"""The columns of a file of components: under which headings they are known, and which must be there."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    key: str
    zh: str
    en: str
    others: tuple[str, ...] = ()
    required: bool = False
    longest: int = 0

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(_plain(title) for title in (self.key, self.zh, self.en, *self.others))


COLUMNS = (
    Column("code", "部件代码", "code", ("部件标识码", "标识码", "编码", "部件编码", "objcode", "objid"), required=True),
    Column("type", "类型", "type", ("小类", "部件类型", "部件名称", "小类名称", "objname", "type_code")),
    Column("lng", "经度", "longitude", ("lon", "x", "东经"), required=True),
    Column("lat", "纬度", "latitude", ("y", "北纬"), required=True),
    Column("state", "状态", "state", ("部件状态", "objstate")),
    Column("address", "地址", "address", ("位置", "位置描述"), longest=120),
    Column("department", "主管部门", "department", ("主管部门名称", "deptname1")),
    Column("owner", "权属单位", "owner", ("权属单位名称", "deptname2"), longest=60),
    Column("maintainer", "养护单位", "maintainer", ("养护单位名称", "deptname3"), longest=60),
    Column("source", "来源", "source", ("数据来源", "datasource"), longest=40),
    Column("inspection_due", "下次巡检", "inspection due", ("巡检日期", "下次巡检日期")),
)
BY_KEY = {column.key: column for column in COLUMNS}
PLACE = ("lng", "lat")

STATE_WORDS = {
    "完好": "intact", "正常": "intact", "intact": "intact", "1": "intact",
    "破损": "damaged", "损坏": "damaged", "damaged": "damaged", "2": "damaged",
    "丢失": "lost", "缺失": "lost", "lost": "lost", "3": "lost",
    "废弃": "abandoned", "abandoned": "abandoned", "4": "abandoned",
    "移除": "removed", "removed": "removed", "5": "removed",
}  # fmt: skip
"""GB/T 30428.2 numbers the states 1 to 5; files carry the number or the word."""


def column_titled(title: str) -> Column | None:
    plain = _plain(title)
    return next((column for column in COLUMNS if plain in column.titles), None)


def _plain(title: str) -> str:
    return title.strip().lower().replace(" ", "").replace("_", "")
