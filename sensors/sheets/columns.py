"""The columns of the sheet of sensors: one row for each device."""

from events.sheets.columns import Column, SheetForm, Words
from sensors.kinds import KINDS
from sensors.lifecycle import SENSOR

COLUMNS = (
    Column("code", "编码", "Code", required=True, width=18),
    Column("name", "名称", "Name", required=True, width=26),
    Column("kind", "类型", "Kind", required=True, width=16),
    Column("lng", "经度", "Longitude", required=True),
    Column("lat", "纬度", "Latitude", required=True),
    Column("address", "地址", "Address", width=30),
    Column("maker", "厂商", "Maker", width=16),
    Column("model_name", "型号", "Model", width=16),
    Column("installed_on", "安装日期", "Installed on", width=14),
    Column("unit", "主管单位", "Competent unit", width=18),
    Column("measures", "计量单位", "Unit of measurement", of="told"),
    Column("state", "状态", "State", of="told"),
    Column("area", "区域", "Area", of="told", width=26),
)
FORM = SheetForm(("传感器", "Sensors"), COLUMNS)
BY_KEY = {column.key: column for column in COLUMNS}
NUMBERS = ("lng", "lat")
MAY_BE_EMPTIED = ("address", "maker", "model_name", "installed_on", "unit")
KIND_WORDS: Words = {kind.value: (row.zh, row.en) for kind, row in KINDS.items()}
STATE_WORDS: Words = {state: words for state, words in SENSOR.states.items() if state}
