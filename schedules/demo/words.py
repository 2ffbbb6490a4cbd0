"""What `fuhan demo` says, in Chinese and English."""

from __future__ import annotations

from schedules.words.language import Words

DEMO_BEGINS = Words(
    "演示：本机上的两个小型政府网站（{portals}），{days} 天的故事。\n档案与报告放在 {directory}",
    "A demo: two small government portals on this machine ({portals}), a story of {days} days.\n"
    "Archive and reports go to {directory}",
)
DEMO_DAY = Words("第 {number} 天（{date}）：{title}", "Day {number} ({date}): {title}")
DEMO_NO_EVENT = Words("没有变化可报", "nothing changed that is worth telling")
DEMO_STATE = Words("{portal}：{state} — {reason}", "{portal}: {state} — {reason}")
DEMO_MISSING = Words("未找到：{what}", "not found: {what}")
DEMO_UNEXPECTED = Words("不应有：{what}", "not expected: {what}")
DEMO_RIGHT = Words(
    "核对：{expected} 项变化全部找到，没有误报。",
    "Checked: all {expected} events were found, and none besides.",
)
DEMO_WRONG = Words(
    "核对：{missing} 项未找到，{unexpected} 项误报。",
    "Checked: {missing} events not found, {unexpected} not expected.",
)
DEMO_FILES = Words("档案 {archive}，报告 {reports}", "archive {archive}, reports {reports}")
DEMO_TRY = Words("接着可以试试：", "Try next:")
DEMO_NOT_OURS = Words(
    "{path} 不是空目录，也不是演示目录；请换一个：fuhan demo --directory DIR",
    "{path} is neither empty nor a demo's; name another: fuhan demo --directory DIR",
)
DEMO_CRAWL_FAILED = Words(
    "第 {number} 天的抓取失败（退出码 {code}）",
    "the crawl of day {number} failed (exit code {code})",
)
