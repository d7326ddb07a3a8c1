"""Invented Chinese names, put together so that they sound like a town on a river and repeat nowhere."""

from collections.abc import Iterator

import numpy as np

_COMMUNITIES = (
    "友谊 月光 长虹 明园 金虹 中胜 滨河 水西 莲花 凤栖 元通 江东 金穗 泉塘 紫荆 向阳 晨光 石榴 玉兰 桂香 "
    "柳岸 松涛 竹影 梅林 兰亭 枫桥 槐荫 杏园 桃源 樱花 银杏 香樟 丹桂 海棠 芙蓉 百合 茉莉 蔷薇 牡丹 丁香 "
    "清水 双塘 古井 石桥 木渎 三汊 白鹭 鹤鸣 燕回 鸿雁 鹭洲 鲤湾 渔歌 渡口 船坞 码头 望江 听涛 观澜 揽月 "
    "和平 团结 建设 新建 光明 胜利 幸福 平安 康乐 永兴 安泰 福星 祥和 锦绣 文昌 书院 学府 育才 崇德 尚义 "
    "东升 西苑 南苑 北苑 中和 上林 下关 前湖 后塘 左岸 金陵湾 银河 星光 朝霞 暮云 青石 白云 紫霞 翠屏 丹霞 "
    "云锦 织造 机厂 粮库 盐仓 茶亭 纸坊 瓷巷 铁心 铜井 兴隆 万寿 积善 鼓楼坡 钟亭 牌坊 城门 护城 驿站 长亭 "
    "绿洲 湿地 芦荡 苇湾 沙洲 鸥渚 浅水 深港 远帆 归舟"
)
_FIXED = {
    ("望江街道", 3): "荷花社区",
    ("兴河街道", 2): "吉庆社区",
    ("沙汀街道", 5): "滨江生态科技城人才公寓联合社区",
    ("莫澜湖街道", 4): "莫澜湖东岸历史文化保护片区社区",
}
"""Names the screens are tried with; the longest have fifteen characters."""

_ROAD_FIRST = (
    "云 江 兴 富 应 金 明 长 春 秋 文 和 安 福 康 永 平 庆 瑞 嘉 凤 龙 鹤 鹭 梅 兰 竹 桂 松 柳 清 秀 锦 华 湖 河 泰 宁"
)
_ROAD_SECOND = "澜 天 春 河 山 陵 源 景 泽 园 台 溪 岭 林 塘 亭 泉 浦 汀 洲 桥 坊 阳 月 星 霞 庭 平 乐 昌"
_MAIN_ROADS = "滨西大道 莫澜湖大街 兴河大街 云澜大道 双桥大街 沙汀大街 望江大道 滨江大道 应天路 江山大道 富春路 云台路"
_ESTATE_SECOND = "苑 园 新村 花园 家园 雅居 名邸 华庭 公寓 小区 里 坊"
_WORK_SECOND = "大厦 广场 中心 商务楼 国际 商厦"
_WORKSHOP_SECOND = "工业园 科技园 物流园 产业园 创业园"


def _words(text: str) -> list[str]:
    return text.split()


def community_names(rng: np.random.Generator) -> Iterator[str]:
    """Community names in a random order, each once."""
    words = _words(_COMMUNITIES)
    for index in rng.permutation(len(words)):
        yield f"{words[int(index)]}社区"


def take_community_name(pool: Iterator[str], street: str, number: int) -> str:
    """The next free name, or the one this place always has."""
    return _FIXED.get((street, number)) or next(pool)


def road_names(rng: np.random.Generator) -> Iterator[str]:
    """Names for ordinary roads, each once: 富春路 and the like, without the ending."""
    pairs = [first + second for first in _words(_ROAD_FIRST) for second in _words(_ROAD_SECOND) if first != second]
    taken = {name[:2] for name in _words(_MAIN_ROADS)}
    for index in rng.permutation(len(pairs)):
        if pairs[int(index)] not in taken:
            yield pairs[int(index)]


def main_road(index: int) -> str:
    """The name of a main road, columns from west to east, then rows from the river up."""
    return _words(_MAIN_ROADS)[index]


def place_names(kind: str, rng: np.random.Generator) -> Iterator[str]:
    """Names of estates, offices or works, each once within its kind."""
    endings = {"estate": _ESTATE_SECOND, "work": _WORK_SECOND, "workshop": _WORKSHOP_SECOND}[kind]
    stems = [first + second for first in _words(_ROAD_FIRST) for second in _words(_ROAD_SECOND) if first != second]
    names = [stem + ending for stem in stems for ending in _words(endings)]
    for index in rng.permutation(len(names)):
        yield names[int(index)]
