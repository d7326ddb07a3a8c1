"""What kinds of sensors a city has: what each measures, in which unit, and what it usually tells.

`usual` is the range in which a reading is believed without doubt, in `unit`; what lies outside is looked at before
anybody acts on it. Kinds of form `yes_no` tell one of two things and have words for them instead. Every kind has a row:
`row_of` and a test fail on a missing one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

Form = Literal["number", "yes_no"]
Theme = Literal["water", "air", "safety", "facility", "structure"]

THEMES: Final[Mapping[Theme, tuple[str, str]]] = {
    "water": ("水务防汛", "water"),
    "air": ("环境气象", "air and weather"),
    "safety": ("消防燃气", "fire and gas"),
    "facility": ("市政设施", "street facilities"),
    "structure": ("结构安全", "structures"),
}


class SensorKind(StrEnum):
    WATER_LEVEL = "water_level"
    RAINFALL = "rainfall"
    PONDING = "ponding"
    FLOW = "flow"
    PIPE_PRESSURE = "pipe_pressure"
    WATER_PH = "water_ph"
    WATER_OXYGEN = "water_oxygen"
    TURBIDITY = "turbidity"
    PM25 = "pm25"
    PM10 = "pm10"
    TSP = "tsp"
    NOISE = "noise"
    TEMPERATURE = "temperature"
    HUMIDITY = "humidity"
    WIND_SPEED = "wind_speed"
    GAS = "gas"
    SMOKE = "smoke"
    HYDRANT_PRESSURE = "hydrant_pressure"
    LEAKAGE_CURRENT = "leakage_current"
    MANHOLE_COVER = "manhole_cover"
    BIN_FILL = "bin_fill"
    PARKING = "parking"
    STREET_LAMP = "street_lamp"
    BRIDGE_STRAIN = "bridge_strain"
    TILT = "tilt"
    CRACK = "crack"


@dataclass(frozen=True)
class KindRow:
    """`states` are the words (zh, en) for no and yes, where the sensor tells nothing else."""

    zh: str
    en: str
    theme: Theme
    unit: str = ""
    usual: tuple[float, float] | None = None
    states: tuple[tuple[str, str], tuple[str, str]] | None = None

    @property
    def form(self) -> Form:
        return "number" if self.usual is not None else "yes_no"


KINDS: Final[Mapping[SensorKind, KindRow]] = {
    SensorKind.WATER_LEVEL: KindRow("水位", "Water level", "water", "m", (-10, 500)),
    SensorKind.RAINFALL: KindRow("雨量", "Rainfall", "water", "mm", (0, 200)),
    SensorKind.PONDING: KindRow("积水", "Ponding depth", "water", "cm", (0, 300)),
    SensorKind.FLOW: KindRow("流量", "Flow", "water", "m³/h", (0, 100_000)),
    SensorKind.PIPE_PRESSURE: KindRow("管网压力", "Pipe pressure", "water", "MPa", (0, 2.5)),
    SensorKind.WATER_PH: KindRow("水质 pH", "Water pH", "water", "pH", (0, 14)),
    SensorKind.WATER_OXYGEN: KindRow("水质溶解氧", "Dissolved oxygen", "water", "mg/L", (0, 20)),
    SensorKind.TURBIDITY: KindRow("水质浊度", "Turbidity", "water", "NTU", (0, 4000)),
    SensorKind.PM25: KindRow("PM2.5", "PM2.5", "air", "µg/m³", (0, 1000)),
    SensorKind.PM10: KindRow("PM10", "PM10", "air", "µg/m³", (0, 2000)),
    SensorKind.TSP: KindRow("扬尘 TSP", "Dust (TSP)", "air", "µg/m³", (0, 5000)),
    SensorKind.NOISE: KindRow("噪声", "Noise", "air", "dB(A)", (20, 140)),
    SensorKind.TEMPERATURE: KindRow("气温", "Air temperature", "air", "℃", (-40, 60)),
    SensorKind.HUMIDITY: KindRow("相对湿度", "Relative humidity", "air", "%RH", (0, 100)),
    SensorKind.WIND_SPEED: KindRow("风速", "Wind speed", "air", "m/s", (0, 60)),
    SensorKind.GAS: KindRow("可燃气体", "Combustible gas", "safety", "%LEL", (0, 100)),
    SensorKind.SMOKE: KindRow("烟感", "Smoke", "safety", states=(("正常", "clear"), ("报警", "smoke"))),
    SensorKind.HYDRANT_PRESSURE: KindRow("消防水压", "Hydrant pressure", "safety", "MPa", (0, 2.5)),
    SensorKind.LEAKAGE_CURRENT: KindRow("电气火灾剩余电流", "Leakage current", "safety", "mA", (0, 1000)),
    SensorKind.MANHOLE_COVER: KindRow(
        "井盖", "Manhole cover", "facility", states=(("关闭", "closed"), ("打开", "open"))
    ),
    SensorKind.BIN_FILL: KindRow("垃圾满溢", "Bin fill", "facility", "%", (0, 100)),
    SensorKind.PARKING: KindRow("停车占用", "Parking", "facility", states=(("空闲", "free"), ("占用", "occupied"))),
    SensorKind.STREET_LAMP: KindRow("路灯", "Street lamp", "facility", states=(("熄灭", "off"), ("点亮", "on"))),
    SensorKind.BRIDGE_STRAIN: KindRow("桥梁应变", "Bridge strain", "structure", "με", (-3000, 3000)),
    SensorKind.TILT: KindRow("倾角", "Tilt", "structure", "°", (-90, 90)),
    SensorKind.CRACK: KindRow("裂缝宽度", "Crack width", "structure", "mm", (0, 50)),
}


def row_of(kind: str) -> KindRow:
    """What is known of a kind; KeyError where there is none."""
    return KINDS[SensorKind(kind)]
