"""What `fuhan verify` calls the parts of a row, and what is wrong with them, in Chinese, too.

`fuhan verify --json` gives them as the journal has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from schedules.words.language import COMMA, language, say
from schedules.words.system_faults import system_words

# by the names of the journal's contents and of the columns that follow from them
COLUMNS: Mapping[str, str] = {
    "backdated": "补报标记",
    "baseline": "首次收录标记",
    "capture": "快照原文",
    "capture_id": "快照编号",
    "change": "所述改动",
    "circumstances": "抓取情形",
    "content": "读出的内容",
    "copies": "副本",
    "copy": "副本",
    "cursor": "序号",
    "cut": "所删各处",
    "decided_at": "决定时间",
    "decision": "决定",
    "digest": "摘要",
    "event": "变化",
    "forget": "删去种类",
    "forgotten": "删去的痕迹",
    "forgotten_at": "删去时间",
    "from_url": "原地址",
    "identity": "副本依据",
    "joined_into": "并入",
    "kept": "留存的快照",
    "kind": "种类",
    "letter": "复函",
    "letter_id": "所属复函",
    "link": "链接",
    "note": "附注",
    "number": "序号",
    "observed_at": "观察时间",
    "place": "先后",
    "portal_id": "门户",
    "published_at": "首次公布时间",
    "read_at": "读出时间",
    "reader": "读法",
    "reading": "读出内容",
    "reading_after": "之后的读法",
    "reading_before": "之前的读法",
    "reason": "原因",
    "recorded_at": "记录时间",
    "replayed": "重放标记",
    "run": "运行",
    "run_id": "运行",
    "scope": "范围",
    "significance": "轻重",
    "size": "大小",
    "split_from": "拆自",
    "status": "状态",
    "url": "网址",
    "version": "版本",
    "words": "所删的词",
}
_DETAILS: Mapping[str, str] = {
    "does not follow the entry before it": "与前一条接不上",
    "altered after it was written": "写入之后被改动",
    "digest": "摘要不符",
    "size": "大小不符",
}
# entries 5–9 missing
_MISSING = re.compile(r"entries (\d+–\d+) missing")
# Could not decode to UTF-8 column 'body'
_NO_TEXT = re.compile(r"Could not decode to UTF-8 column '(\w+)'")
# database disk image is malformed (and 12 more)
_MORE = re.compile(r"(?P<first>.+) \(and (?P<count>\d+) more\)", re.DOTALL)


def column_names(columns: Iterable[str]) -> str:
    """The parts of a row that are not as recorded."""
    if language() == "zh":
        return "、".join(COLUMNS.get(name, name) for name in columns)
    return say(COMMA).join(columns)


def fault_detail(detail: str) -> str:
    """What is wrong, closer; SQLite's own words where nothing else tells."""
    if language() != "zh":
        return detail
    if missing := _MISSING.fullmatch(detail):
        return f"缺第 {missing[1]} 条"
    if no_text := _NO_TEXT.fullmatch(detail):
        return f"{no_text[1]} 一栏不是 UTF-8 文字"
    if more := _MORE.fullmatch(detail):
        return f"{system_words(more['first'])}；另有 {more['count']} 处"
    return _DETAILS.get(detail) or system_words(detail)
