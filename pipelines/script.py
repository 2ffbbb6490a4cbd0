"""Owns the simplified copy of text in traditional characters, for the patterns of letters."""

from __future__ import annotations

import re

# The characters of what a letter's patterns look for: 委員 會議 提案 辦理 答覆 復函 聯繫電話 …
_TRADITIONAL = (
    "員會議號屆復覆辦務該們經與達設縣區處醫衛關於對將擬計劃爭預諾確開啟動實現標準資補貼項網點"
    "臺體發電話聯繫類別簽審單協權環財農業廳國稅總長導領報組織創強並進繼續後間時從過見門據統積"
    "極參來華眾團書記決談調護條規範檢測監責質產數個萬億戶畝層級無為難暫須應當請謝況結論題問徵"
    "詢驗養車輛橋場廠機構學師課藥險優綠園鄉鎮鐵運輸職稱獎勵償習訓練風災減壓縮擴張約訂選擇專營"
    "銷購買儲備轉兩歲幾種陸東滿離島灣階"
)
_SIMPLIFIED = (
    "员会议号届复复办务该们经与达设县区处医卫关于对将拟计划争预诺确开启动实现标准资补贴项网点"
    "台体发电话联系类别签审单协权环财农业厅国税总长导领报组织创强并进继续后间时从过见门据统积"
    "极参来华众团书记决谈调护条规范检测监责质产数个万亿户亩层级无为难暂须应当请谢况结论题问征"
    "询验养车辆桥场厂机构学师课药险优绿园乡镇铁运输职称奖励偿习训练风灾减压缩扩张约订选择专营"
    "销购买储备转两岁几种陆东满离岛湾阶"
)
_TABLE = str.maketrans(_TRADITIONAL, _SIMPLIFIED)
_HAS_TRADITIONAL = re.compile(f"[{_TRADITIONAL}]")


def is_traditional(text: str) -> bool:
    """Whether a text that speaks of a submission does so in traditional characters."""
    return "議" in text or "員" in text or "號" in text


def simplified(folded: str) -> str:
    """A copy of the same length with the characters letters are told by in simplified form."""
    return folded.translate(_TABLE) if _HAS_TRADITIONAL.search(folded) else folded
