"""Owns the measure words and units that stand behind a number in a reply letter."""

from __future__ import annotations

# 1579家, 28.5万人次, 540余场次, 3463项次, 12个百分点, 5个工作日, 300万千瓦时, 75平方公里


def _words(*lines: str) -> tuple[str, ...]:
    return tuple(word for line in lines for word in line.split())


_LONG = _words(
    "个百分点 百分点 个工作日 工作日 个月 人次 场次 项次 家次 件次 批次 班次 架次 车次 户次 人天",
    "台套 台次 亩次 课时 学时 小时 分钟 季度 周岁 周年 平方米 平方公里 平方千米 立方米 公里 千米",
    "海里 厘米 毫米 公顷 公斤 千克 毫克 千瓦时 兆瓦时 千瓦 兆瓦 千伏安 千伏 兆帕 标箱 标准箱",
    "美元 欧元 日元 港元 英镑 元 车位 床位 席位 摄氏度 字节 部分 方面",
)

_SHORT = (
    "个家项条所种批期支类级届号台座栋幢间辆艘架亩顷里米吨克斤两升倍成折年月日天周岁秒分时度元角"
    "名人位户口员件份次场起宗笔门首部篇册本卷枚块片根段轮堂节档款例处只头匹株棵盏张套组班村镇乡"
    "县区市省楼层室床席孔眼井池尊章版页瓶盒箱袋把副双对颗粒群排列行任代趟回遍"
)

UNITS: tuple[str, ...] = (*sorted(_LONG, key=len, reverse=True), *dict.fromkeys(_SHORT))
"""Every unit, the longest first, so that `人次` is found before `人`."""

# 三家, 两次, 十二个: only these may follow a number in Chinese numerals, which elsewhere are
# part of a word (一体化, 三农, 统一部署)
COUNTED: tuple[str, ...] = _words(
    "个百分点 工作日 个月 人次 场次 项次 家次 批次 小时 平方公里 公里 元 美元 亩 吨 倍 年 月 日 天",
    "岁 家 项 个 条 所 种 批 期 类 级 届 号 台 座 栋 间 辆 名 人 位 户 件 份 次 场",
    "起 笔 部 处 章 轮 成",
)
