"""What reports say, in Chinese and English: observations, never claims."""

from __future__ import annotations

from collections.abc import Mapping

from schedules.reports.select import GroupName
from schedules.words.language import Words
from schedules.words.language import said as said
from storage.records import PortalState, Significance

TITLE_ALONE = Words("复函变化报告", "Reply letters, what changed")
TITLE = Words("复函变化报告：{name}", "Reply letters, what changed: {name}")
PERIOD = Words("期间：{since} 至 {until}（北京时间）", "Period: {since} to {until} (UTC+8)")
BEGINNING = Words("建档", "the archive's beginning")
PRESENT = Words("现在", "now")
JOURNAL = Words("记录簿：第 {sequence} 条，{digest}", "Journal: entry {sequence}, {digest}")
COUNTS = Words("共 {count} 项变化：{groups}", "{count} in all: {groups}")
NOTHING = Words("此期间没有变化。", "Nothing changed in this period.")
BASELINE = Words(
    "首次完整收录的门户另有 {count} 件，不逐一列出。",
    "{count:more letter|more letters} from portals read for the first time, not listed one by one.",
)
LEFT_OUT: Mapping[Significance, Words] = {
    Significance.TYPOGRAPHY: Words(
        "另有 {count} 项只改了全半角或空白，未列出。",
        "{count:more change is|more changes are} in typography only and not shown.",
    ),
    Significance.METADATA: Words(
        "另有 {count} 项只改了页面信息，未列出。",
        "{count:more change is|more changes are} in the page's metadata only and not shown.",
    ),
    Significance.SUBSTANCE: Words(
        "另有 {count} 项内容改动未列出。",
        "{count:more change of substance is|more changes of substance are} not shown.",
    ),
}

FIRST_READING_ONLY = Words(
    "首次完整收录 {count} 件；此外没有变化。",
    "{count:letter was|letters were} read for the first time; nothing else happened.",
)
FIRST_READING = Words("首次收录 {count}", "first reading {count}")
UNLISTED = Words("另有 {count} 项未列出。", "{count:more is|more are} not listed.")
UNLISTED_ALARMS = Words("另有 {count} 个门户", "{count:more portal|more portals}")
TOO_LONG = Words(
    "内容太长，{count} 项未列出；全部：{command}",
    "too long: {count:is|are} not listed; all of it: {command}",
)

ALARMS = Words("警报", "Alarms")
ALARMS_NOTE = Words(
    "以下门户未能正常读取；读不到不等于有变化。",
    "These portals could not be read as usual; what was not read is no change.",
)
STATES: Mapping[PortalState, Words] = {
    PortalState.BLOCKED: Words("被拒绝访问", "blocked"),
    PortalState.FAILING: Words("无法访问", "failing"),
    PortalState.SUSPECT: Words("存疑", "suspect"),
}
LAST_HEALTHY = Words("上次正常：{time}", "last healthy {time}")
NEVER_HEALTHY = Words("从未正常", "never healthy")
HELD = Words("暂扣 {count} 项变化", "{count:change|changes} held back")
CHECK_PORTAL = Words("查看：fuhan portals check {name}", "to look: fuhan portals check {name}")
LOOK_HELD = Words(
    "暂扣的变化：fuhan changes --held --portal {name}",
    "what is held: fuhan changes --held --portal {name}",
)
ACCEPT_HELD = Words(
    "变化属实则：fuhan portals accept {name}", "if it did change: fuhan portals accept {name}"
)
NEXT_ATTEMPT = Words("{time} 之后再试", "not asked again before {time}")

GROUPS: Mapping[GroupName, Words] = {
    GroupName.WITHDRAWN: Words("撤下", "Withdrawn"),
    GroupName.MOVED: Words("移址", "Moved"),
    GroupName.SUBSTANCE: Words("内容有改动", "Changed in substance"),
    GroupName.RESTORED: Words("恢复", "Restored"),
    GroupName.NEW: Words("新发布", "New"),
    GroupName.COPY_FOUND: Words("另见一处", "Found at another address"),
    GroupName.DELISTED: Words("移出列表", "Delisted"),
    GroupName.METADATA: Words("页面信息有改动", "Changed in metadata"),
    GroupName.TYPOGRAPHY: Words("仅全半角或空白有改动", "Changed in typography"),
}
HEADING = Words("{group}（{count}）", "{group} ({count})")
GROUP_COUNT = Words("{group} {count}", "{group} {count}")
BETWEEN = Words("，", ", ")
COLON = Words("：", ": ")

UNTITLED = Words("（无标题）", "(untitled)")
AGENCY = Words("门户", "portal")
INDEX_NUMBER = Words("索引号", "index number")
OBSERVED = Words("时间", "observed")
OBSERVATION = Words("观察", "observation")
FIGURES = Words("数字", "figures")
BEFORE = Words("原", "was")
AFTER = Words("今", "now")
LINK = Words("链接", "link")
FORMER_LINK = Words("原址", "former address")
PRINCIPAL_LINK = Words("主要地址", "principal address")
IN_ARCHIVE = Words("档案", "in the archive")
COMMAND = Words("{command}（{what}）", "{command} ({what})")
SIDE_BY_SIDE = Words("两版对照", "both versions")
BOTH_FILES = Words("附件前后两份", "both files")
FILES_OUT = Words("取出两份附件", "writes both files")
CAPTURE_BEFORE = Words("原页面快照", "the page as it was")
CAPTURE_AFTER = Words("今页面快照", "the page as it is")
CAPTURE_ANSWER = Words("打不开时的应答", "what it answered when it was gone")
WHOLE_LETTER = Words("复函全貌", "the letter")
ABSENT = Words("（无）", "(none)")
MORE_PLACES = Words("正文另有 {count} 处改动", "{count:more place|more places} in the body")
MORE_ITEMS = Words("另 {count} 项", "{count} more")
MORE_FIGURES = Words("另 {count} 个数字", "{count:more figure|more figures}")
CUT = Words("…（共 {count} 字）", "… ({count:character|characters})")
CONTACTS = Words("联系方式有改动（不显示）", "contact lines changed (not shown)")
BACKDATED = Words(
    "所印发布日期早于上次完整读取该栏目的时间",
    "its printed date lies before the last full reading of its column",
)
CAME_BACK = Words("{time} 又可以打开，见“恢复”", "it answered again at {time}: see Restored")
ONE_COPY = Words(
    "只是一处地址；同一复函仍见于别处",
    "one address only; the letter still stands at another",
)

VERSION = Words("第 {number} 版，{time}，{url}", "version {number}, {time}, {url}")
VERSIONS = Words("版本", "Versions")
ECHO = Words("内容与已知的相同，不计入版数", "says what was known, and is not in the count")
COPIES = Words("地址", "Addresses")
EVENTS = Words("变化记录", "Events")
BODY = Words("正文", "Body")
ANNEX = Words("页内附件", "Annex")
NO_DIFFERENCE = Words("两版没有差别。", "The two versions do not differ.")
PARAGRAPHS_LEFT_OUT = Words("…… 略去 {count} 段 ……", "…… {count:paragraph|paragraphs} left out ……")
STATUS: Mapping[str, Words] = {
    "present": Words("在网", "present"),
    "withdrawn": Words("已撤下", "withdrawn"),
}
LETTER = Words(
    "复函 {id} · {status} · {versions} 版", "letter {id} · {status} · {versions:version|versions}"
)
SEEN = Words("初见 {first}，最近 {last}", "first seen {first}, last seen {last}")
