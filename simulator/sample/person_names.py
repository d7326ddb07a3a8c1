"""Invented names of people."""

from collections.abc import Iterator

import numpy as np

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜"
    "范江傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施"
)
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂红建国华志文斌辉鹏宇晨欣怡佳雪梅兰英玉萍燕玲波宁飞凯健俊"
    "峰庆云海燕晓东春阳雨桐子涵思源一鸣家豪立新国强永康瑞雅婷嘉怡浩然"
)


def person_names(rng: np.random.Generator) -> Iterator[str]:
    """Full names without end; two people may be called the same, as anywhere."""
    while True:
        surname = _SURNAMES[int(rng.integers(len(_SURNAMES)))]
        length = 1 if rng.random() < 0.25 else 2
        yield surname + "".join(_GIVEN[int(rng.integers(len(_GIVEN)))] for _ in range(length))
